"""Addresses of visits and of what becomes of them."""

from django.urls import URLPattern, URLResolver, path

from visits.views import blank, record, support

app_name = "visits"

_record: list[URLPattern | URLResolver] = [
    path("visits/blank-record/", blank.blank, name="blank_record"),
    path("visits/<int:visit_pk>/blank-record/", blank.of_visit, name="blank_record_of"),
    path("visits/<int:visit_pk>/record/", record.record, name="record"),
    path("visits/<int:visit_pk>/record/here/", record.here, name="here"),
    path("visits/<int:visit_pk>/record/signposting/", record.save_support, name="save_signposting"),
    path("visits/<int:visit_pk>/record/themes/<uuid:key>/", record.save_theme, name="save_theme"),
    path("visits/<int:visit_pk>/record/themes/<uuid:key>/remove/", record.remove, name="remove_theme"),
    path("visits/<int:visit_pk>/record/<slug:part>/", record.save_part, name="save_record_part"),
]
_support: list[URLPattern | URLResolver] = [
    path("support/", support.public, name="public_support"),
    path("programme/support/", support.support, name="support"),
    path("programme/support.csv", support.support_csv, name="support_csv"),
    path("programme/support.xlsx", support.support_excel, name="support_excel"),
    path("programme/support/add/", support.add, name="add_support"),
    path("programme/support/<int:support_pk>/change/", support.change, name="change_support"),
]

urlpatterns: list[URLPattern | URLResolver] = [*_record, *_support]
