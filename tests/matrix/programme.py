"""The programme: its years, cohorts, areas, organisations, and the schools in it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from schools.models import Area, Cohort, PartnerBody, ProgrammeYear, School
from tests.factories import ProgrammeYearFactory
from tests.matrix.rows import Row
from tests.people import People


def a_year(people: People, school: School) -> dict[str, Any]:
    """The programme year that both schools take part in."""
    return {"year_pk": ProgrammeYear.objects.get().pk}


def a_part(people: People, school: School) -> dict[str, Any]:
    """The school's part in the year."""
    return {"part_pk": school.participations.get().pk}


def a_year_to_begin(people: People, school: School) -> dict[str, Any]:
    """The year, in which the school is confirmed and has not begun."""
    school.participations.update(status="confirmed")
    return a_year(people, school)


def a_part_to_take_back(people: People, school: School) -> dict[str, Any]:
    """The school's part in a year that has not begun, to which it was only invited."""
    first = timezone.localdate() + timedelta(days=9)
    ProgrammeYear.objects.update(starts_on=first, ends_on=first + timedelta(days=300))
    school.participations.update(status="invited")
    return a_part(people, school)


def a_move(people: People, school: School) -> dict[str, Any]:
    """Its withdrawal, which owes a reason."""
    return {**a_part(people, school), "status": "withdrawn"}


def a_school_to_add(people: People, school: School) -> dict[str, Any]:
    """The school beside a year in which it does not take part."""
    return {"year_pk": ProgrammeYearFactory(name="Another").pk, "school_pk": school.pk}


def a_cohort(people: People, school: School) -> dict[str, Any]:
    """The cohort that both schools joined in."""
    return {"cohort_slug": Cohort.objects.get().slug}


def an_area(people: People, school: School) -> dict[str, Any]:
    """The last area of practice."""
    return {"area_key": Area.objects.last().key}


def a_body(people: People, school: School) -> dict[str, Any]:
    """An organisation behind the programme."""
    return {"body_pk": PartnerBody.objects.create(name="Shropshire Council", part="Leads it here").pk}


def a_table(people: People, school: School) -> dict[str, Any]:
    """One of the small tables of the programme."""
    return {"table": "years"}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET schools:programme": Row("   in  200   403   403   403   403   403   403   403"),
    "GET schools:change_settings": Row("  in  200 403 403 403 403 403 403 403"),
    "POST schools:change_settings": Row(" in  422 403 403 403 403 403 403 403"),
    "GET schools:add_year": Row("    in  200   403   403   403   403   403   403   403"),
    "POST schools:add_year": Row("   in  422   403   403   403   403   403   403   403"),
    "GET schools:year": Row("        in  200   403   403   403   403   403   403   403", a_year),
    "GET schools:change_year": Row(" in  200   403   403   403   403   403   403   403", a_year),
    "POST schools:change_year": Row("in  422   403   403   403   403   403   403   403", a_year),
    "GET schools:close_year": Row("  in  200   403   403   403   403   403   403   403", a_year),
    "POST schools:close_year": Row(" in  go    403   403   403   403   403   403   403", a_year),
    "GET schools:open_year_again": Row("  in  200 403 403 403 403 403 403 403", a_year),
    "POST schools:open_year_again": Row(" in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:year_schools_csv": Row("   in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:year_schools_excel": Row(" in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:find_school": Row("        in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:add_list": Row("           in  200 403 403 403 403 403 403 403", a_year),
    "POST schools:add_list": Row("          in  422 403 403 403 403 403 403 403", a_year),
    "POST schools:apply_list": Row("        in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:list_added": Row("         in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:list_left_out_csv": Row("  in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:list_left_out_excel": Row("in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:found_csv": Row("          in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:found_excel": Row("        in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:add_by_hand": Row("        in  200 403 403 403 403 403 403 403", a_year),
    "POST schools:add_by_hand": Row("       in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:standing_csv": Row("       in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:standing_excel": Row("     in  200 403 403 403 403 403 403 403", a_year),
    "GET schools:programme_csv": Row("      in  200 403 403 403 403 403 403 403", a_table),
    "GET schools:programme_excel": Row("    in  200 403 403 403 403 403 403 403", a_table),
    "POST schools:apply_carry_on": Row("    in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:carry_on": Row("           in  200 403 403 403 403 403 403 403", a_year),
    "POST schools:carry_on": Row("          in  422 403 403 403 403 403 403 403", a_year),
    "GET schools:begin_parts": Row("        in  200 403 403 403 403 403 403 403", a_year_to_begin),
    "POST schools:begin_parts": Row("       in  422 403 403 403 403 403 403 403", a_year_to_begin),
    "GET schools:add_part": Row("           in  200 403 403 403 403 403 403 403", a_school_to_add),
    "POST schools:add_part": Row("          in  422 403 403 403 403 403 403 403", a_school_to_add),
    "GET schools:part": Row("               in  200 403 403 403 403 403 403 403", a_part),
    "GET schools:change_part": Row("        in  200 403 403 403 403 403 403 403", a_part),
    "POST schools:change_part": Row("       in  422 403 403 403 403 403 403 403", a_part),
    "GET schools:move_part": Row("          in  200 403 403 403 403 403 403 403", a_move),
    "POST schools:move_part": Row("         in  422 403 403 403 403 403 403 403", a_move),
    "GET schools:take_back_part": Row("     in  200 403 403 403 403 403 403 403", a_part_to_take_back),
    "POST schools:take_back_part": Row("    in  go  403 403 403 403 403 403 403", a_part_to_take_back),
    "GET schools:add_cohort": Row("       in  200 403 403 403 403 403 403 403"),
    "POST schools:add_cohort": Row("      in  422 403 403 403 403 403 403 403"),
    "GET schools:change_cohort": Row("    in  200 403 403 403 403 403 403 403", a_cohort),
    "POST schools:change_cohort": Row("   in  422 403 403 403 403 403 403 403", a_cohort),
    "GET schools:add_area": Row("         in  200 403 403 403 403 403 403 403"),
    "POST schools:add_area": Row("        in  422 403 403 403 403 403 403 403"),
    "GET schools:change_area": Row("      in  200 403 403 403 403 403 403 403", an_area),
    "POST schools:change_area": Row("     in  422 403 403 403 403 403 403 403", an_area),
    "POST schools:area_up": Row("         in  go  403 403 403 403 403 403 403", an_area),
    "GET schools:add_body": Row("         in  200 403 403 403 403 403 403 403"),
    "POST schools:add_body": Row("        in  422 403 403 403 403 403 403 403"),
    "GET schools:change_body": Row("      in  200 403 403 403 403 403 403 403", a_body),
    "POST schools:change_body": Row("     in  422 403 403 403 403 403 403 403", a_body),
}
