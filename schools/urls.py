"""Addresses of schools and of the programme."""

from django.urls import URLPattern, URLResolver, include, path

from schools.views import carrying_on, look, parts, programme, public, public_school, texts, years
from schools.views.register import report, runs, successions

app_name = "schools"

_year = [
    path("", years.one, name="year"),
    path("change/", programme.change_year, name="change_year"),
    path("close/", years.close, name="close_year"),
    path("open-again/", years.open_again, name="open_year_again"),
    path("schools.csv", years.schools_csv, name="year_schools_csv"),
    path("schools.xlsx", years.schools_excel, name="year_schools_excel"),
    path("carry-on/", carrying_on.carry_on, name="carry_on"),
    path("schools/find/", parts.find, name="find_school"),
    path("schools/<int:school_pk>/add/", parts.add, name="add_part"),
]
_part = [
    path("", parts.one, name="part"),
    path("change/", parts.change, name="change_part"),
    path("move/<slug:status>/", parts.move, name="move_part"),
]
_programme: list[URLPattern | URLResolver] = [
    path("", programme.overview, name="programme"),
    path("settings/", programme.change_settings, name="change_settings"),
    path("texts/", texts.index, name="texts"),
    path("texts/<slug:key>/", texts.change, name="change_text"),
    path("texts/<slug:key>/preview/", texts.preview, name="preview_text"),
    path("texts/<slug:key>/reset/", texts.reset, name="reset_text"),
    path("look/", look.change_look, name="change_look"),
    path("look/preview/", look.preview_look, name="preview_look"),
    path("logo/", look.change_logo, name="change_logo"),
    path("logo/remove/", look.take_logo_away, name="remove_logo"),
    path("years/add/", programme.add_year, name="add_year"),
    path("years/<int:year_pk>/", include(_year)),
    path("parts/<int:part_pk>/", include(_part)),
    path("cohorts/add/", programme.add_cohort, name="add_cohort"),
    path("cohorts/<slug:cohort_slug>/change/", programme.change_cohort, name="change_cohort"),
    path("areas/add/", programme.add_area, name="add_area"),
    path("areas/<slug:area_key>/change/", programme.change_area, name="change_area"),
    path("areas/<slug:area_key>/up/", programme.area_up, name="area_up"),
    path("organisations/add/", programme.add_body, name="add_body"),
    path("organisations/<int:body_pk>/change/", programme.change_body, name="change_body"),
]
urlpatterns = [
    path("schools/", public.public_list, name="public_list"),
    path("schools.csv", public.public_csv, name="public_csv"),
    path("schools.xlsx", public.public_excel, name="public_excel"),
    path("schools.json", public.public_json, name="public_json"),
    path("programme/", include(_programme)),
    # The national register
    path("register/", runs.index, name="register"),
    path("register/upload/", runs.upload, name="register_upload"),
    path("register/<int:run_pk>/", report.run, name="register_run"),
    path("register/<int:run_pk>/changes.csv", report.run_csv, name="register_run_csv"),
    path("register/<int:run_pk>/changes.xlsx", report.run_excel, name="register_run_excel"),
    path("register/<int:run_pk>/apply/", runs.apply, name="register_apply"),
    path("register/<int:run_pk>/check-again/", runs.check_again, name="register_check_again"),
    path("register/<int:run_pk>/discard/", runs.discard, name="register_discard"),
    path("register/successions/", successions.index, name="successions"),
    path("register/successions/<int:succession_pk>/", successions.one, name="succession"),
    # Last, since any word may be a school's.
    path("schools/<slug:slug>/", public_school.school, name="public_school"),
]
