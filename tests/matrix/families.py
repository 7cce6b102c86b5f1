"""What becomes of what parent carers said, and what families read of it."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from schools.models import ProgrammeYear, School
from tests.factories import FamiliesEditionFactory, FamiliesLineFactory, ThemeFactory, VisitFactory
from tests.matrix.rows import Row
from tests.matrix.workspaces import a_school
from tests.people import People
from visits.enums import VisitStatus
from visits.models import FamiliesPage


def a_theme(people: People, school: School) -> dict[str, Any]:
    """Something that was said at a visit whose notes the school reads."""
    year = ProgrammeYear.objects.get()
    visit = VisitFactory(school=school, programme_year=year, status=VisitStatus.SHARED)
    return {"visit_pk": visit.pk, "theme_pk": ThemeFactory(visit=visit).pk}


def a_line(people: People, school: School) -> dict[str, Any]:
    """A line of a page that nobody approved yet."""
    line = FamiliesLineFactory(page__school=school, page__programme_year=ProgrammeYear.objects.get())
    return {"school_pk": school.pk, "year_pk": line.page.programme_year_id, "line_pk": line.pk}


def a_page(people: People, school: School) -> dict[str, Any]:
    """A page with a line that nobody approved yet."""
    arguments = a_line(people, school)
    del arguments["line_pk"]
    return arguments


def a_page_with_a_wish(people: People, school: School) -> dict[str, Any]:
    """A page of which the school asked for other words."""
    arguments = a_page(people, school)
    wish = {"change_asked_at": timezone.now(), "change_asked_by": people.head, "change_note": "A quiet room."}
    FamiliesPage.objects.filter(school=school).update(**wish)
    return arguments


def an_edition(people: People, school: School) -> dict[str, Any]:
    """What families read."""
    edition = FamiliesEditionFactory(school=school, page__programme_year=ProgrammeYear.objects.get())
    return {"school_pk": school.pk, "edition_pk": edition.pk}


def a_published_page(people: People, school: School) -> dict[str, Any]:
    """A listed school whose families read something."""
    an_edition(people, school)
    return {"slug": school.slug}


def a_published_sheet(people: People, school: School) -> dict[str, Any]:
    """The same with the sheet that a worker made."""
    edition = FamiliesEditionFactory(school=school, page__programme_year=ProgrammeYear.objects.get())
    edition.file.save("sheet.pdf", ContentFile(b"%PDF"), save=False)
    edition.status, edition.pages, edition.sha256 = "ready", 1, "0" * 64
    edition.built_at = timezone.now()
    edition.save()
    return {"slug": school.slug}


ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET visits:theme_outcome": Row("     in  200 200 403 404 200 403 403 404", a_theme),
    "POST visits:theme_outcome": Row("    in  422 422 403 404 422 403 403 404", a_theme),
    "GET visits:theme_action": Row("      in  200 200 403 404 200 403 403 404", a_theme),
    "POST visits:theme_action": Row("     in  422 422 403 404 422 403 403 404", a_theme),
    "GET visits:theme_take_back": Row("   in  200 200 403 404 200 403 403 404", a_theme),
    "POST visits:theme_take_back": Row("  in  go  go  403 404 go  403 403 404", a_theme),
    "GET visits:loop": Row("              in  200 200 403 404 200 403 200 404", a_school),
    "GET visits:loop_csv": Row("          in  200 200 403 404 200 403 200 404", a_school),
    "GET visits:loop_excel": Row("        in  200 200 403 404 200 403 200 404", a_school),
    "GET visits:families": Row("          in  200 200 403 404 200 403 200 404", a_school),
    "GET visits:families_page": Row("     in  200 200 403 404 200 403 200 404", a_page),
    "POST visits:draft_families": Row("   in  go  go  403 404 403 403 403 404", a_page),
    "GET visits:families_intro": Row("    in  200 200 403 404 403 403 403 404", a_page),
    "POST visits:families_intro": Row("   in  go  go  403 404 403 403 403 404", a_page),
    "GET visits:add_families_line": Row(" in  200 200 403 404 403 403 403 404", a_page),
    "POST visits:add_families_line": Row("in  422 422 403 404 403 403 403 404", a_page),
    "GET visits:change_families_line": Row(" in 200 200 403 404 403 403 403 404", a_line),
    "POST visits:change_families_line": Row("in 422 422 403 404 403 403 403 404", a_line),
    "GET visits:remove_families_line": Row(" in 200 200 403 404 403 403 403 404", a_line),
    "POST visits:remove_families_line": Row("in go  go  403 404 403 403 403 404", a_line),
    "POST visits:approve_families_school": Row("  in 403 403 403 404 422 403 403 404", a_page),
    "POST visits:approve_families_forum": Row("   in 422 422 403 404 403 403 403 404", a_page),
    "POST visits:unapprove_families_school": Row("in 403 403 403 404 go  403 403 404", a_page),
    "POST visits:unapprove_families_forum": Row(" in go  go  403 404 403 403 403 404", a_page),
    "GET visits:ask_families_change": Row("  in  403 403 403 404 200 403 403 404", a_page),
    "POST visits:ask_families_change": Row(" in  403 403 403 404 422 403 403 404", a_page),
    "GET visits:withdraw_families_change": Row(" in 403 403 403 404 200 403 403 404", a_page_with_a_wish),
    "POST visits:withdraw_families_change": Row("in 403 403 403 404 go  403 403 404", a_page_with_a_wish),
    "GET visits:answer_families_change": Row(" in 200 200 403 404 403 403 403 404", a_page_with_a_wish),
    "POST visits:answer_families_change": Row("in 422 422 403 404 403 403 403 404", a_page_with_a_wish),
    "GET visits:publish_families": Row("  in  200 200 403 404 403 403 403 404", a_page),
    "POST visits:publish_families": Row(" in  go  go  403 404 403 403 403 404", a_page),
    "GET visits:take_families_down": Row(" in 200 200 403 404 200 403 403 404", an_edition),
    "POST visits:take_families_down": Row("in 422 422 403 404 422 403 403 404", an_edition),
    "POST visits:families_sheet_again": Row("in go  go  403 404 go  403 403 404", an_edition),
    "GET visits:families_public": Row("   200 200 200 200 200 200 200 200 200", a_published_page),
    "GET visits:families_sheet": Row("    200 200 200 200 200 200 200 200 200", a_published_sheet),
}
