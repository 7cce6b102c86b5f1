"""The schools of the programme, a school's workspace, and its history."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.history import of_school
from core.look import Crumb
from core.spreadsheets import Table, csv_response, excel_response
from pins.school_list import asked_of, meant_by, own_places, parts_listed, table_of, with_audits
from pins.workspace import workspace_of, years_table
from schools.access import may, may_change, own_schools, schools_of
from schools.models import sees_every_school
from schools.views.crumbs import school_crumbs
from schools.views.fetching import school_to_read

PAGE = 50


@require_safe
def workspaces(request: SignedInRequest) -> HttpResponse:
    """All schools of the programme, or one's own; who belongs to one school goes straight there."""
    if not sees_every_school(request.user):
        return _own(request)
    filters = asked_of(request.GET, today=timezone.localdate())
    page = Paginator(parts_listed(request.user, filters), PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "rows": with_audits(page.object_list, request.user),
        "meant": [] if page.object_list else meant_by(request.user, filters),
        "query": request.GET.urlencode(),
        "may_add": may(request.user, Verb.MANAGE_PROGRAMME),
    }
    return render(request, "pins/workspaces.html", context, status=422 if filters.errors else 200)


def _own(request: SignedInRequest) -> HttpResponse:
    own = schools_of(request.user)
    if len(own) == 1:
        return redirect("workspace", own[0].pk)
    places = own_places(request.user, today=timezone.localdate()) if own else []
    return render(request, "pins/own_schools.html", {"places": places})


@require_safe
def as_csv(request: SignedInRequest) -> HttpResponse:
    """The list, narrowed like the page, as CSV."""
    return csv_response(_table(request), "schools-of-the-programme")


@require_safe
def as_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request), "schools-of-the-programme")


def _table(request: SignedInRequest) -> Table:
    return table_of(request.user, asked_of(request.GET, today=timezone.localdate()))


@require_safe
def workspace(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """How one school stands, what is next, its people, its years and its newest history."""
    school = school_to_read(request, school_pk)
    user = request.user
    context = {
        "school": school,
        "shown": workspace_of(school, user, today=timezone.localdate()),
        "is_programmes": sees_every_school(user),
        "manages": may(user, Verb.MANAGE_PROGRAMME, school),
        "reads_people": may(user, Verb.MANAGE_PEOPLE, school),
        "changes_people": may_change(user, Verb.MANAGE_PEOPLE, school),
        "reads_numbers": may(user, Verb.RECORD_VISITS) or school.pk in own_schools(user, Verb.VIEW_SCHOOL),
        "reads_visits": may(user, Verb.TAKE_PART_IN_VISITS, school),
        "names_publicly": may(user, Verb.NAME_PUBLICLY, school),
        "breadcrumbs": school_crumbs(request, school),
    }
    return render(request, "pins/workspace.html", context)


@require_safe
def years_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The programme years of a school as CSV."""
    return csv_response(_years_table(request, school_pk), "years-of-a-school")


@require_safe
def years_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_years_table(request, school_pk), "years-of-a-school")


def _years_table(request: SignedInRequest, school_pk: int) -> Table:
    return years_table(school_to_read(request, school_pk), today=timezone.localdate())


@require_safe
def history(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """Everything that was written down about a school, the newest first."""
    school = school_to_read(request, school_pk, Verb.MANAGE_PEOPLE)
    context = {
        "school": school,
        "page": Paginator(of_school(school), PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": school_crumbs(request, school, Crumb("History")),
    }
    return render(request, "pins/workspace_history.html", context)


@require_safe
def history_csv(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The history of a school as CSV."""
    return csv_response(_history_table(request, school_pk), "history-of-a-school")


@require_safe
def history_excel(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_history_table(request, school_pk), "history-of-a-school")


def _history_table(request: SignedInRequest, school_pk: int) -> Table:
    school = school_to_read(request, school_pk, Verb.MANAGE_PEOPLE)
    lines = of_school(school)
    rows = ([line.at, line.summary, line.actor_label, line.details.get("reason", "")] for line in lines)
    return Table(f"History of {school}", ["When", "What", "Who", "Reason"], rows)
