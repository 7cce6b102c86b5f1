"""Addresses of schools and of the programme."""

from django.urls import URLPattern, URLResolver, include, path

from schools.views import (
    accepting,
    adding,
    carrying_on,
    contacts,
    links,
    lists,
    memberships,
    parts,
    people,
    programme,
    public,
    public_school,
    school,
    tables,
    years,
)
from schools.views.register import report, runs, successions

app_name = "schools"

_year = [
    path("", years.one, name="year"),
    path("change/", programme.change_year, name="change_year"),
    path("close/", years.close, name="close_year"),
    path("open-again/", years.open_again, name="open_year_again"),
    path("schools.csv", years.schools_csv, name="year_schools_csv"),
    path("schools.xlsx", years.schools_excel, name="year_schools_excel"),
    path("cohorts.csv", tables.standing_csv, name="standing_csv"),
    path("cohorts.xlsx", tables.standing_excel, name="standing_excel"),
    path("carry-on/", carrying_on.choose, name="carry_on"),
    path("carry-on/apply/", carrying_on.apply, name="apply_carry_on"),
    path("schools/list/", lists.send, name="add_list"),
    path("schools/list/apply/", lists.apply, name="apply_list"),
    path("schools/list/added/", lists.added, name="list_added"),
    path("schools/list/left-out.csv", lists.left_out_csv, name="list_left_out_csv"),
    path("schools/list/left-out.xlsx", lists.left_out_excel, name="list_left_out_excel"),
    path("schools/find/", adding.find, name="find_school"),
    path("schools/find.csv", adding.found_csv, name="found_csv"),
    path("schools/find.xlsx", adding.found_excel, name="found_excel"),
    path("schools/by-hand/", adding.by_hand, name="add_by_hand"),
    path("schools/<int:school_pk>/add/", adding.add, name="add_part"),
]
_part = [
    path("", parts.one, name="part"),
    path("change/", parts.change, name="change_part"),
    path("move/<slug:status>/", parts.move, name="move_part"),
]
_programme: list[URLPattern | URLResolver] = [
    path("", programme.overview, name="programme"),
    path("<slug:table>.csv", tables.programme_csv, name="programme_csv"),
    path("<slug:table>.xlsx", tables.programme_excel, name="programme_excel"),
    path("settings/", programme.change_settings, name="change_settings"),
    path("years/add/", programme.add_year, name="add_year"),
    path("years/<int:year_pk>/", include(_year)),
    path("parts/<int:part_pk>/", include(_part)),
    path("cohorts/add/", programme.add_cohort, name="add_cohort"),
    path("cohorts/<slug:cohort_slug>/change/", programme.change_cohort, name="change_cohort"),
    path("groups/add/", links.add_group, name="add_group"),
    path("groups/<int:group_pk>/change/", links.change_group, name="change_group"),
    path("groups/<int:group_pk>/remove/", links.remove_group, name="remove_group"),
    path("other-programmes/add/", links.add_other_programme, name="add_other_programme"),
    path(
        "other-programmes/<int:programme_pk>/change/",
        links.change_other_programme,
        name="change_other_programme",
    ),
    path("areas/add/", programme.add_area, name="add_area"),
    path("areas/<slug:area_key>/change/", programme.change_area, name="change_area"),
    path("areas/<slug:area_key>/up/", programme.area_up, name="area_up"),
    path("organisations/add/", programme.add_body, name="add_body"),
    path("organisations/<int:body_pk>/change/", programme.change_body, name="change_body"),
]
_people = [
    path("", people.people, name="people"),
    path("people.csv", people.people_csv, name="people_csv"),
    path("people.xlsx", people.people_excel, name="people_excel"),
    path("invite/", people.invite, name="invite"),
    path("invitations/<int:invitation_pk>/again/", people.resend_invitation, name="resend_invitation"),
    path("invitations/<int:invitation_pk>/take-back/", people.revoke_invitation, name="revoke_invitation"),
    path("<int:membership_pk>/role/", memberships.change_role, name="change_role"),
    path("<int:membership_pk>/end/", memberships.end_membership, name="end_membership"),
    path("<int:membership_pk>/hand-over/", memberships.hand_over, name="hand_over"),
]
_contacts = [
    path("", contacts.contacts, name="contacts"),
    path("contacts.csv", contacts.contacts_csv, name="contacts_csv"),
    path("contacts.xlsx", contacts.contacts_excel, name="contacts_excel"),
    path("add/", contacts.add_contact, name="add_contact"),
    path("<int:contact_pk>/change/", contacts.change_contact, name="change_contact"),
    path("<int:contact_pk>/remove/", contacts.remove, name="remove_contact"),
]
urlpatterns = [
    path("schools/", public.public_list, name="public_list"),
    path("schools.csv", public.public_csv, name="public_csv"),
    path("schools.xlsx", public.public_excel, name="public_excel"),
    path("schools.json", public.public_json, name="public_json"),
    path("programme/", include(_programme)),
    # A school's own pages; what combines apps there stands in pins
    path("workspaces/<int:school_pk>/change/", school.change_school, name="change_school"),
    path("workspaces/<int:school_pk>/public/", school.consent, name="consent"),
    path("workspaces/<int:school_pk>/people/", include(_people)),
    path("workspaces/<int:school_pk>/contacts/", include(_contacts)),
    path("invitations/<str:token>/", accepting.invitation, name="invitation"),
    # The national register
    path("register/", runs.index, name="register"),
    path("register/runs.csv", tables.runs_csv, name="register_runs_csv"),
    path("register/runs.xlsx", tables.runs_excel, name="register_runs_excel"),
    path("register/successions.csv", tables.successions_csv, name="successions_csv"),
    path("register/successions.xlsx", tables.successions_excel, name="successions_excel"),
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
