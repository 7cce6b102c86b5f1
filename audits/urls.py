"""Addresses of the self-audit and its report."""

from django.urls import path

from audits.views import asking, checking, giving, reports, reviewing, sections, tasks

app_name = "audits"
urlpatterns = [
    path("audits/", tasks.audit_list, name="list"),
    path("audits.csv", tasks.audit_list_csv, name="list_csv"),
    path("audits.xlsx", tasks.audit_list_excel, name="list_excel"),
    path("audits/ask/", asking.ask, name="ask"),
    path("audits/<int:audit_pk>/", tasks.task_list, name="tasks"),
    path("audits/<int:audit_pk>/check/", checking.check, name="check"),
    path("audits/<int:audit_pk>/submit/", checking.submit, name="submit"),
    path("audits/<int:audit_pk>/review/", reviewing.review, name="review"),
    path("audits/<int:audit_pk>/send-back/", reviewing.send_back, name="send_back"),
    path("audits/<int:audit_pk>/reopen/", reviewing.reopen, name="reopen"),
    path("audits/<int:audit_pk>/sections/<slug:area_key>/", sections.section, name="section"),
    path("audits/<int:audit_pk>/sections/<slug:area_key>/notes/", sections.save_notes, name="save_notes"),
    path("audits/<int:audit_pk>/sections/<slug:area_key>/give/", giving.give, name="give"),
    path("audits/<int:audit_pk>/sections/<slug:area_key>/take-back/", giving.take_back, name="take_back"),
    path(
        "audits/<int:audit_pk>/sections/<slug:area_key>/statements/<slug:statement_key>/",
        sections.save_statement,
        name="save_statement",
    ),
    path("reports/<int:report_pk>/", reports.report, name="report"),
    path("reports/<int:report_pk>/download/", reports.download, name="report_download"),
    path("reports/<int:report_pk>/answers.csv", reports.answers_csv, name="report_answers_csv"),
    path("reports/<int:report_pk>/answers.xlsx", reports.answers_excel, name="report_answers_excel"),
    path("reports/<int:report_pk>/retry/", reports.retry, name="report_retry"),
]
