"""For any programme whatever, each figure is the number of the rows behind its link, and figures add up."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from pins.dashboard.audits import AuditFacts, ReportFacts
from pins.dashboard.board import Row, narrowed, row_of
from pins.dashboard.cards import cards_of, figures_of
from pins.dashboard.column import Part, Reader
from pins.dashboard.columns import COLUMNS
from pins.dashboard.visits import VisitFacts
from schools.models import Participation, ProgrammeYear
from tests.factories.visits import at
from visits.enums import VisitStatus

TODAY = date(2026, 11, 26)
NOW = at(TODAY)
COHORTS = [(1, "Year 1", "year-1"), (2, "Year 2", "year-2")]

moments = st.integers(-400, 400).map(lambda days: NOW + timedelta(days=days))
maybe = st.none() | moments


def _year(*, is_closed: bool) -> ProgrammeYear:
    closed = datetime.now(tz=NOW.tzinfo) if is_closed else None
    return ProgrammeYear(
        pk=7, name="Y", starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31), closed_at=closed
    )


reports = st.builds(
    ReportFacts,
    pk=st.just(1),
    status=st.sampled_from(["queued", "building", "ready", "failed"]),
    since=moments,
)
audits = st.builds(
    AuditFacts,
    pk=st.just(1),
    status=st.sampled_from(["not_started", "in_progress", "submitted", "reviewed", "priorities_agreed"]),
    returned=st.sampled_from(["", "", "sent_back", "reopened"]),
    wanted_by=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    submitted_at=maybe,
    reviewed_at=maybe,
    returned_at=maybe,
    is_of_year=st.booleans(),
    asked_at=maybe,
    report=st.none() | reports,
    confirmed_at=maybe,
)


@st.composite
def visits(draw) -> VisitFacts:
    status = draw(st.sampled_from([one for one in VisitStatus if one is not VisitStatus.CANCELLED]))
    has_time = status not in (VisitStatus.TO_SCHEDULE, VisitStatus.PROPOSED)
    starts = draw(moments) if has_time else None
    ends = starts + timedelta(hours=1) if starts else None
    return VisitFacts(1, status.value, starts, ends, draw(moments), *(draw(maybe) for _ in range(5)))


@st.composite
def programmes(draw) -> tuple[list[Row], Reader]:
    reader = Reader(
        year=_year(is_closed=draw(st.booleans())),
        now=NOW,
        today=TODAY,
        reads_open_audits=draw(st.booleans()),
        opens_visits=True,
    )
    rows = []
    for number in range(draw(st.integers(0, 8))):
        pk, cohort, _ = draw(st.sampled_from(COHORTS))
        status = draw(st.sampled_from(Participation.Status.values))
        offer = draw(st.sampled_from(Participation.Offer.values))
        part = Part(number, number, f"School {number}", "", pk, cohort, status, offer)
        audit = draw(st.none() | audits)
        held = draw(st.none() | st.dictionaries(st.integers(1, 3), visits(), min_size=1))
        known = [held if column.key.startswith("visit") else audit for column in COLUMNS]
        stands = (column.stands(part, one, reader) for column, one in zip(COLUMNS, known, strict=True))
        rows.append(row_of(part, tuple(stands), reader))
    return rows, reader


def behind(url: str, rows: list[Row]) -> list[Row]:
    """What the board would list at this address."""
    asked = dict(parse_qsl(urlsplit(url).query))
    assert asked.pop("year") == "7"
    slugs = {slug: SimpleNamespace(pk=pk) for pk, _, slug in COHORTS}
    return narrowed(rows, {**asked, "cohort": slugs[asked["cohort"]]}, user=None)


@settings(max_examples=150, deadline=None)
@given(programmes())
def test_a_figure_is_the_number_of_rows_behind_it(programme):
    rows, reader = programme
    for card in cards_of(rows, COHORTS, reader.year):
        for what, figure in figures_of(card):
            assert (what, figure.word, len(behind(figure.url, rows))) == (what, figure.word, figure.number)


@settings(max_examples=100, deadline=None)
@given(programmes())
def test_each_line_of_a_card_has_every_school_of_the_cohort_once(programme):
    rows, reader = programme
    cards = cards_of(rows, COHORTS, reader.year)
    assert sum(card.schools.number for card in cards) == len(rows)
    for card in cards:
        for line in card.lines:
            assert sum(figure.number for figure in line.figures) == card.schools.number


@settings(max_examples=100, deadline=None)
@given(programmes())
def test_every_state_is_one_that_its_column_names(programme):
    rows, reader = programme
    for row in rows:
        for column, stand in zip(COLUMNS, row.stands, strict=True):
            assert stand.state.key in {state.key for state in column.states}
        if reader.year.is_archive or row.part.status == Participation.Status.WITHDRAWN:
            assert not row.is_overdue


@settings(max_examples=100, deadline=None)
@given(programmes())
def test_who_reads_submitted_answers_alone_sees_the_same_whatever_is_open(programme):
    rows, reader = programme
    if not reader.reads_open_audits:
        words = {row.stands[0].state.key for row in rows}
        assert not words & {"not_started", "in_progress", "sent_back", "reopened"}


def test_the_keys_of_the_columns_and_of_their_states_are_each_there_once():
    keys = [column.key for column in COLUMNS]
    assert len(keys) == len(set(keys))
    for column in COLUMNS:
        states = [state.key for state in column.states]
        assert len(states) == len(set(states))
        assert "done" not in states
