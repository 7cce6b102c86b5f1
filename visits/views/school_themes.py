"""What parent carers of one school said, over its visits."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from schools.access import may
from schools.models import School
from schools.views.crumbs import school_crumbs
from schools.views.fetching import school_to_read
from visits.bars import Bars, Heard, bars_of
from visits.queries.themes import SchoolTheme, themes_of_school_raw, themes_of_school_shared
from visits.theme_tables import school_table


@require_safe
def themes(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The school's themes: all of them for the forum, those that were shared for the school."""
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    rows = _rows(request, school)
    context = {
        "school": school,
        "rows": rows,
        "bars": _bars(rows),
        "reads_notes": _reads_notes(request, school),
        "breadcrumbs": school_crumbs(request, school, Crumb("Themes")),
    }
    return render(request, "visits/school_themes.html", context)


@require_safe
def themes_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same as CSV."""
    return csv_response(_table(request, school_pk), "themes-of-a-school")


@require_safe
def themes_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request, school_pk), "themes-of-a-school")


def _table(request: SignedInRequest, school_pk: int) -> Table:
    school = school_to_read(request, school_pk, Verb.TAKE_PART_IN_VISITS)
    return school_table(school.name, _rows(request, school))


def _reads_notes(request: SignedInRequest, school: School) -> bool:
    return may(request.user, Verb.RECORD_VISITS, school)


def _rows(request: SignedInRequest, school: School) -> list[SchoolTheme]:
    read = themes_of_school_raw if _reads_notes(request, school) else themes_of_school_shared
    return read(school, today=timezone.localdate())


def _bars(rows: list[SchoolTheme]) -> Bars | None:
    """Of themes, which are no people: their number is nobody's secret."""
    counted = Counter((row.area, row.kind) for row in rows)
    heard = [
        Heard(area, kind, number, f"{number} theme{'' if number == 1 else 's'}")
        for (area, kind), number in counted.items()
    ]
    return bars_of(heard, title="How many themes there are of each area")
