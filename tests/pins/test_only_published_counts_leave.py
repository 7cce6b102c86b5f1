"""Whatever anybody outside the forum can get is made of published counts: another exact count changes no byte.

Nor does anything that happens to a count or to the threshold once it was shared. Every address that somebody outside
the forum may open is asked again and again, with exact counts that have the same published values as shared, and then
with others, after sharing: pages, files, sheets, feeds.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.models import ProgrammeSettings
from core.small_numbers import publish
from schools.models import Participation, ProgrammeYear
from tests.factories import (
    ActionFactory,
    AttendanceFactory,
    FamiliesEditionFactory,
    FamiliesLineFactory,
    ParticipationFactory,
    SchoolFactory,
    ThemeFactory,
    ThemeGroupFactory,
    VisitFactory,
    VisitNotesFactory,
    VisitSummaryFactory,
)
from tests.people import People
from tests.urlconf import ADMIN, addresses
from visits.enums import LinkPurpose, Outcome, VisitStatus
from visits.links import make_link
from visits.models import Attendance, Theme, Visit, VisitSummary
from visits.snapshot import take_snapshot

pytestmark = pytest.mark.django_db

OF_THE_FORUM = {"admin", "liaison"}
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
SCHOOLS, THEMES_EACH = 4, 2
NOT_ASKED = {ADMIN, "account_logout"}
OPENED_BY_THE_LINK = {"visits:summary_by_link", "visits:reply_by_link"}
CHANCE = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": "|nonce-|nonce=")[A-Za-z0-9+/=_-]+')
"""What is another at every request by its nature."""

LATER = 3
"""How often counts and the threshold are changed after sharing."""

TELL = {"visits", "workspaces", "summaries", "themes", "themes.csv"}
"""Where counts are shown in their published form; were they not among the places, the test would prove nothing."""

Counts = tuple[list[int], list[int]]
"""How many parent carers came to each visit, and how many raised each theme."""


def a_programme(people: People) -> dict[str, object]:
    """Four schools with a shared visit each, whose themes were gathered; values for the arguments of addresses."""
    schools = [people.school, people.other_school]
    schools += [SchoolFactory(name=f"Further School {n}") for n in range(SCHOOLS - len(schools))]
    for school in schools[2:]:
        ParticipationFactory(school=school)
    Participation.objects.update(offer=Participation.Offer.FULL)
    group = ThemeGroupFactory()
    for school in schools:
        visit = VisitFactory(school=school, status=VisitStatus.SHARED)
        AttendanceFactory(visit=visit)
        VisitNotesFactory(visit=visit)
        for n in range(THEMES_EACH):
            ThemeFactory(visit=visit, group=group, text=f"The dining hall is loud, {n}.")
        VisitSummaryFactory(visit=visit)
    return {**_pages_of(people), "group_pk": group.pk}


def _pages_of(people: People) -> dict[str, object]:
    """What the head's own school has besides: an action, a page for families, a link."""
    school, year = people.school, ProgrammeYear.objects.get()
    visit = Visit.objects.get(school=school)
    theme = visit.themes.order_by("pk")[0]
    action = ActionFactory(school=school)
    Theme.objects.filter(pk=theme.pk).update(outcome=Outcome.ACTION, action=action)
    line = FamiliesLineFactory(page__school=school, page__programme_year=year, theme=theme)
    edition = FamiliesEditionFactory(school=school, page=line.page)
    _, token = make_link(
        visit=visit,
        purpose=LinkPurpose.READ_THE_SUMMARY,
        email=people.head.email,
        expires_at=NOW + timedelta(days=60),
    )
    return {
        "school_pk": school.pk,
        "slug": school.slug,
        "year_pk": year.pk,
        "visit_pk": visit.pk,
        "theme_pk": theme.pk,
        "action_pk": action.pk,
        "line_pk": line.pk,
        "edition_pk": edition.pk,
        "token": token,
    }


def paths(known: dict[str, object]) -> Iterator[str]:
    """Every address whose arguments are known."""
    for address in addresses():
        if address.name in NOT_ASKED or not set(address.example) <= set(known):
            continue
        if "token" not in address.example or address.name in OPENED_BY_THE_LINK:
            yield address.path(**{name: known[name] for name in address.example})


def outsiders(people: People, sign_in) -> dict[str, Client]:
    return {name: sign_in(user) for name, user in people.named().items() if name not in OF_THE_FORUM}


def open_to(clients: dict[str, Client], known: dict[str, object]) -> list[tuple[str, str]]:
    """Who outside the forum may open what."""
    asked = [(name, path) for path in paths(known) for name in clients]
    return [(name, path) for name, path in asked if clients[name].get(path).status_code == 200]


def change(counts: Counts, threshold: int) -> None:
    """These exact counts and this threshold from now on; what was shared stays as it was."""
    came, raised = counts
    ProgrammeSettings.objects.update(small_number_threshold=threshold)
    for attendance, count in zip(Attendance.objects.order_by("pk"), came, strict=True):
        Attendance.objects.filter(pk=attendance.pk).update(parent_carers=count)
    for theme, count in zip(Theme.objects.order_by("pk"), raised, strict=True):
        Theme.objects.filter(pk=theme.pk).update(raised_by=count)
    cache.clear()


def store(counts: Counts, threshold: int) -> None:
    """These exact counts, and the summaries as they would have been shared with them."""
    change(counts, threshold)
    for summary in VisitSummary.objects.select_related(
        "visit__school", "visit__step", "visit__programme_year"
    ):
        VisitSummary.objects.filter(pk=summary.pk).update(snapshot=take_snapshot(summary.visit))
    cache.clear()


def everything(clients: dict[str, Client], places: list[tuple[str, str]]) -> dict[tuple[str, str], bytes]:
    """What they get there, without what chance makes."""
    got = {}
    for name, path in places:
        response = clients[name].get(path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        got[name, path] = CHANCE.sub(b"", unpacked(content))
    return got


def unpacked(content: bytes) -> bytes:
    """What an Excel file holds; its wrapping has the second at which it was packed."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()))


@st.composite
def same_to_the_public(draw) -> tuple[Counts, Counts, int]:
    """Two sets of exact counts with the same published values, and the threshold."""
    threshold = draw(st.integers(5, 20))

    def pair() -> tuple[int, int]:
        one = draw(st.integers(0, 60))
        alike = [n for n in range(70) if publish(n, threshold=threshold) == publish(one, threshold=threshold)]
        return one, draw(st.sampled_from(alike))

    came = [pair() for _ in range(SCHOOLS)]
    raised = [pair() for _ in range(SCHOOLS * THEMES_EACH)]
    first, second = (([one[i] for one in came], [one[i] for one in raised]) for i in (0, 1))
    return first, second, threshold


@st.composite
def changes(draw) -> list[tuple[Counts, int]]:
    """What becomes of the counts and of the threshold after sharing, one after the other."""
    count = st.integers(0, 60)
    came = st.lists(count, min_size=SCHOOLS, max_size=SCHOOLS)
    raised = st.lists(count, min_size=SCHOOLS * THEMES_EACH, max_size=SCHOOLS * THEMES_EACH)
    move = st.tuples(st.tuples(came, raised), st.integers(5, 30))
    return draw(st.lists(move, min_size=1, max_size=LATER))


def same(came: int, raised: int) -> Counts:
    return [came] * SCHOOLS, [raised] * SCHOOLS * THEMES_EACH


@pytest.fixture
def telling(people, sign_in):
    """The clients of whoever is outside, and each place whose bytes depend on the counts at all."""
    with time_machine.travel(NOW, tick=False):
        places = open_to(clients := outsiders(people, sign_in), a_programme(people))
        store(same(7, 7), 5)
        before = everything(clients, places)
        store(same(17, 17), 5)
        after = everything(clients, places)
        yield clients, [place for place in places if before[place] != after[place]]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=same_to_the_public(), later=changes())
def test_another_exact_count_changes_no_byte(telling, case, later):
    clients, places = telling
    assert {path.strip("/").partition("/")[0] for _, path in places} >= TELL
    first, second, threshold = case
    with transaction.atomic():
        store(first, threshold)
        before = everything(clients, places)
        store(second, threshold)
        states = [everything(clients, places)]
        for counts, other_threshold in later:
            change(counts, other_threshold)
            states.append(everything(clients, places))
        transaction.set_rollback(True)
    for after in states:
        assert [place for place in places if before[place] != after[place]] == []
