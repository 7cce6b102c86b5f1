"""The dashboard as its tests ask for it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from django.test import Client

from core.unchanged import Unchanged
from pins.dashboard.board import ShownRow
from schools.models import Participation
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeYearFactory, SchoolFactory

CARDS, BOARD = "/dashboard/", "/dashboard/schools/"
EARLIER = {"name": "Before", "starts_on": date(2025, 4, 1), "ends_on": date(2026, 3, 31)}


def taking_part(name: str, *, cohort: str = "Year 1", **values: object) -> Participation:
    """A school of this name, active in the running year unless told otherwise."""
    return ParticipationFactory(school=SchoolFactory(name=name), cohort=CohortFactory(name=cohort), **values)


def earlier_year():
    """The year before the running one."""
    return ProgrammeYearFactory(**EARLIER)


def rows(client: Client, address: str = BOARD, **query: object) -> list[ShownRow]:
    """The rows of the board at this address, all pages of it."""
    Unchanged.forget_all()  # a test changes rows without a line of history
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    answer = client.get(BOARD, {**asked, **query})
    assert answer.status_code == 200
    assert answer.context["page"].paginator.num_pages == 1
    return answer.context["rows"]


def names(client: Client, address: str = BOARD, **query: object) -> list[str]:
    """Their schools."""
    return [row.part.school for row in rows(client, address, **query)]


def cell(client: Client, school: str, column: str):
    """How one school stands in the column with this head."""
    row = next(row for row in rows(client) if row.part.school == school)
    return next(cell for cell in row.cells if cell.head == column)


def words(client: Client, school: str, column: str) -> tuple[str, str, str]:
    """The tag of that cell, what stands under it, and for whom it waits."""
    found = cell(client, school, column)
    return found.state.word, found.words, found.waits_for
