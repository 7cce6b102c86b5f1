"""Who can do what: the permission table in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import TABLE, Role
from accounts.requests import SignedInRequest
from core.spreadsheets import Table, csv_response, excel_response
from schools.access import own_roles

NO = "no"
FILE_NAME = "who-can-do-what"


def _rows() -> list[tuple[str, list[str]]]:
    """Each verb's sentence, and for each role how far its right goes."""
    return [
        (rule.words, [str(rule.reach[role].label) if role in rule.reach else NO for role in Role])
        for rule in TABLE.values()
    ]


def _table() -> Table:
    header = ["What", *(str(role.label) for role in Role)]
    return Table("Who can do what", header, [[sentence, *reaches] for sentence, reaches in _rows()])


@require_safe
def who_can_do_what(request: SignedInRequest) -> HttpResponse:
    """One's own roles, and the table of everybody's."""
    return render(
        request,
        "pins/who_can_do_what.html",
        {"roles": list(Role), "rows": _rows(), "own_roles": own_roles(request.user)},
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The table as CSV."""
    return csv_response(_table(), FILE_NAME)


@require_safe
def as_excel(request: HttpRequest) -> HttpResponse:
    """The table for Excel."""
    return excel_response(_table(), FILE_NAME)
