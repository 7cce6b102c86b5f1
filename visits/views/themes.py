"""What parent carers say over all schools: every theme for the forum, areas and groups for programme leads."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from schools.access import may
from schools.decorators import requires
from visits.areas_shown import area_links, in_areas
from visits.bars import Bars, Heard, bars_of
from visits.forms.themes import PublishedFilterForm, ThemeFilterForm
from visits.models import Theme
from visits.queries.themes import (
    HeardOfArea,
    PublishedRow,
    PublishedThemes,
    heard_by_area,
    published_themes,
    raw_themes,
    themes_heard,
)
from visits.theme_tables import areas_table, groups_table, raw_table

PAGE = 50
PICTURE = "At how many schools parent carers spoke of each area"


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def themes(request: SignedInRequest) -> HttpResponse:
    """The themes that were asked for, with a picture, as far as the reader may know them."""
    filters = _filters(request)
    context = {
        "filters": filters,
        "query": request.GET.urlencode(),
        "breadcrumbs": [Crumb("Themes")],
        **(_raw(request, filters) if _reads_notes(request) else _published(request, filters)),
    }
    template = "visits/themes.html" if _reads_notes(request) else "visits/themes_published.html"
    return render(request, template, context, status=422 if filters.errors else 200)


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def themes_csv(request: SignedInRequest) -> HttpResponse:
    """The same as CSV."""
    return csv_response(_table(request), "themes")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def themes_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request), "themes")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def groups_csv(request: SignedInRequest) -> HttpResponse:
    """Groups of themes over schools, in published counts for everybody, as CSV."""
    return csv_response(_groups_table(request), "groups-of-themes")


@require_safe
@requires(Verb.SEE_DASHBOARDS)
def groups_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_groups_table(request), "groups-of-themes")


def _reads_notes(request: SignedInRequest) -> bool:
    return may(request.user, Verb.RECORD_VISITS)


def _filters(request: SignedInRequest) -> PublishedFilterForm:
    return ThemeFilterForm(request.GET) if _reads_notes(request) else PublishedFilterForm(request.GET)


def _raw(request: SignedInRequest, filters: PublishedFilterForm) -> dict[str, Any]:
    found = _heard(request, filters)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    chosen = filters.asked.get("area")
    rows = list(raw_themes(cast(QuerySet[Theme], page.object_list), today=timezone.localdate()))
    heard = heard_by_area(themes_heard(request.user, {**filters.asked, "area": None}))
    return {
        "page": page,
        "links": area_links(request.GET, heard),
        "areas": in_areas(rows, heard),
        "bars": _bars([one for one in heard if not chosen or one.key == chosen.key]),
    }


def _bars(heard: list[HeardOfArea]) -> Bars | None:
    words = ((one, f"{one.schools} school{'' if one.schools == 1 else 's'}") for one in heard)
    return bars_of([Heard(one.name, one.kind, one.schools, said) for one, said in words], title=PICTURE)


def _heard(request: SignedInRequest, filters: PublishedFilterForm) -> QuerySet[Theme]:
    """None where the filter is faulty: everything would be an answer to what nobody asked."""
    found = themes_heard(request.user, filters.asked)
    return found if filters.is_valid() else found.none()


def _told(request: SignedInRequest, filters: PublishedFilterForm) -> PublishedThemes:
    return published_themes(request.user, filters.asked) if filters.is_valid() else PublishedThemes([], [], 0)


def _published(request: SignedInRequest, filters: PublishedFilterForm) -> dict[str, Any]:
    told = _told(request, filters)
    return {"told": told, "bars": _published_bars(told.areas)}


def _published_bars(rows: list[PublishedRow]) -> Bars | None:
    heard = [Heard(row.area, row.kind, row.told.schools, row.told.schools_words) for row in rows]
    return bars_of(heard, title=PICTURE)


def _table(request: SignedInRequest) -> Table:
    filters = _filters(request)
    if _reads_notes(request):
        return raw_table(raw_themes(_heard(request, filters), today=timezone.localdate()))
    return areas_table(_told(request, filters))


def _groups_table(request: SignedInRequest) -> Table:
    return groups_table(_told(request, _filters(request)))
