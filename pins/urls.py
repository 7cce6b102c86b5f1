"""Every address of the product."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from pins import health
from pins.views import content, dashboard, look_files, mail, people, permissions, search_engines, workspaces
from pins.views.front import front
from pins.views.home import home

urlpatterns = [
    path("", front, name="front"),
    path("about/", content.about, name="about"),
    path("about/forum/", content.forum, name="forum"),
    path("parent-carers/", content.parent_carers, name="parent_carers"),
    path("for-schools/", content.for_schools, name="for_schools"),
    path("accessibility/", content.accessibility, name="accessibility"),
    path("privacy/", content.privacy, name="privacy"),
    path("contact/", content.contact, name="contact"),
    path("look/<slug:digest>.css", look_files.stylesheet, name="look_css"),
    path("look/<slug:digest>.png", look_files.logo, name="look_logo"),
    path("home/", home, name="home"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard.csv", dashboard.cards_csv, name="dashboard_csv"),
    path("dashboard.xlsx", dashboard.cards_excel, name="dashboard_excel"),
    path("dashboard/schools/", dashboard.board, name="dashboard_board"),
    path("dashboard/schools.csv", dashboard.board_csv, name="dashboard_board_csv"),
    path("dashboard/schools.xlsx", dashboard.board_excel, name="dashboard_board_excel"),
    path("workspaces/", workspaces.workspaces, name="workspaces"),
    path("workspaces.csv", workspaces.as_csv, name="workspaces_csv"),
    path("workspaces.xlsx", workspaces.as_excel, name="workspaces_excel"),
    path("workspaces/<int:school_pk>/", workspaces.workspace, name="workspace"),
    path("workspaces/<int:school_pk>/years.csv", workspaces.years_csv, name="workspace_years_csv"),
    path("workspaces/<int:school_pk>/years.xlsx", workspaces.years_excel, name="workspace_years_excel"),
    path("workspaces/<int:school_pk>/history/", workspaces.history, name="workspace_history"),
    path("workspaces/<int:school_pk>/history.csv", workspaces.history_csv, name="workspace_history_csv"),
    path("workspaces/<int:school_pk>/history.xlsx", workspaces.history_excel, name="workspace_history_excel"),
    path("", include("audits.urls")),
    path("", include("visits.urls")),
    path("", include("schools.urls")),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("accounts.urls")),
    path("who-can-do-what/", permissions.who_can_do_what, name="who_can_do_what"),
    path("who-can-do-what.csv", permissions.as_csv, name="who_can_do_what_csv"),
    path("who-can-do-what.xlsx", permissions.as_excel, name="who_can_do_what_excel"),
    path("people/", people.people, name="people"),
    path("people.csv", people.people_csv, name="people_csv"),
    path("people.xlsx", people.people_excel, name="people_excel"),
    path("people/add/", people.add, name="add_person"),
    path("people/<int:user_pk>/", people.one, name="person"),
    path("people/<int:user_pk>/change/", people.change, name="change_person"),
    path("mail/", mail.outgoing, name="mail"),
    path("mail.csv", mail.outgoing_csv, name="mail_csv"),
    path("mail.xlsx", mail.outgoing_excel, name="mail_excel"),
    path("mail/test/", mail.send_test, name="mail_test"),
    path("mail/<int:pk>/", mail.one, name="mail_one"),
    path("mail/<int:pk>/retry/", mail.retry, name="mail_retry"),
    path("outbox/", mail.outbox, name="outbox"),
    path("django-admin/", admin.site.urls),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("dev/", include("core.dev_urls"))]

handler400 = "pins.errors.bad_request"
handler403 = "pins.errors.permission_denied"
handler404 = "pins.errors.page_not_found"
handler500 = "pins.errors.server_error"
handler429 = "accounts.views.too_many_requests"
