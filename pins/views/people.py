"""The people who sign in, for administrators: who works for the programme, and what they may do everywhere."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import PeopleFilterForm, PersonForm
from accounts.models import User
from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core import history
from core.look import Crumb
from core.spreadsheets import Cell, Table, csv_response, excel_response
from schools.decorators import requires
from schools.models import Membership
from schools.services.people import save_person
from schools.views.editing import EDIT, edit, sent

PAGE = 50
FILE_NAME = "people"
HEADER = ("Name", "E-mail address", "Job title", "Roles at all schools", "Can sign in", "Last signed in")


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody who works for the programme; on request everybody who signs in."""
    filters = PeopleFilterForm(request.GET)
    context = {
        "filters": filters,
        "page": Paginator(filters.found(), PAGE).get_page(request.GET.get("page")),
        "query": request.GET.urlencode(),
        "breadcrumbs": [*_crumbs(), Crumb("People")],
    }
    return render(request, "pins/people.html", context, status=422 if filters.errors else 200)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def people_csv(request: SignedInRequest) -> HttpResponse:
    """The same, narrowed like the page, as CSV."""
    return csv_response(_table(request), FILE_NAME)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def people_excel(request: SignedInRequest) -> HttpResponse:
    """The same for Excel."""
    return excel_response(_table(request), FILE_NAME)


@require_safe
@requires(Verb.MANAGE_PROGRAMME)
def one(request: SignedInRequest, user_pk: int) -> HttpResponse:
    """One person: roles everywhere and at schools, and what was done about them."""
    person = get_object_or_404(User, pk=user_pk)
    memberships = Membership.objects.filter(user=person).select_related("school")
    context = {
        "person": person,
        "memberships": memberships.order_by("ended_at", "school__name"),
        "lines": history.of_target(person)[:20],
        "breadcrumbs": [*_crumbs(), _list(), Crumb(str(person))],
    }
    return render(request, "pins/person.html", context)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def add(request: SignedInRequest) -> HttpResponse:
    """Somebody new."""
    crumbs = [*_crumbs(), _list(), Crumb("Add a person")]
    return edit(request, PersonForm(sent(request)), save=save_person, back=reverse("people"), crumbs=crumbs)


@require_http_methods(EDIT)
@requires(Verb.MANAGE_PROGRAMME)
def change(request: SignedInRequest, user_pk: int) -> HttpResponse:
    """Name, address, roles, and whether they can sign in."""
    person = get_object_or_404(User, pk=user_pk)
    back = reverse("person", args=[person.pk])
    crumbs = [*_crumbs(), _list(), Crumb(str(person), back), Crumb(f"Change {person}")]
    form = PersonForm(sent(request), instance=person)
    return edit(request, form, save=save_person, back=back, crumbs=crumbs)


def _table(request: SignedInRequest) -> Table:
    return Table("People", HEADER, _rows(PeopleFilterForm(request.GET)))


def _rows(filters: PeopleFilterForm) -> Iterator[list[Cell]]:
    for person in filters.found().iterator(chunk_size=500):
        roles = ", ".join(str(role.label) for role in person.roles_given)
        can = "Yes" if person.is_active else "No"
        yield [person.name, person.email, person.job_title, roles, can, person.last_login]


def _crumbs() -> list[Crumb]:
    return [Crumb("Programme", reverse("schools:programme"))]


def _list() -> Crumb:
    return Crumb("People", reverse("people"))
