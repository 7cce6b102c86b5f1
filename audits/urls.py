"""Addresses of the self-audit and its report."""

from django.urls import URLPattern, URLResolver, include, path

from audits.views import asking, checking, giving, reports, reviewing, sections, tasks

app_name = "audits"

_section = [
    path("statements/<slug:statement_key>/", sections.save_statement, name="save_statement"),
    path("", sections.section, name="section"),
    path("notes/", sections.save_notes, name="save_notes"),
    path("give/", giving.give, name="give"),
    path("take-back/", giving.take_back, name="take_back"),
]
_audit: list[URLPattern | URLResolver] = [
    path("sections/<slug:area_key>/", include(_section)),
    path("", tasks.task_list, name="tasks"),
    path("check/", checking.check, name="check"),
    path("submit/", checking.submit, name="submit"),
    path("review/", reviewing.review, name="review"),
    path("send-back/", reviewing.send_back, name="send_back"),
    path("reopen/", reviewing.reopen, name="reopen"),
]
_report = [
    path("", reports.report, name="report"),
    path("download/", reports.download, name="report_download"),
    path("answers.csv", reports.answers_csv, name="report_answers_csv"),
    path("answers.xlsx", reports.answers_excel, name="report_answers_excel"),
    path("retry/", reports.retry, name="report_retry"),
]
urlpatterns = [
    path("audits/<int:audit_pk>/", include(_audit)),
    path("audits/", tasks.audit_list, name="list"),
    path("audits.csv", tasks.audit_list_csv, name="list_csv"),
    path("audits.xlsx", tasks.audit_list_excel, name="list_excel"),
    path("audits/ask/", asking.ask, name="ask"),
    path("reports/<int:report_pk>/", include(_report)),
]
