"""A visit as a row of the planner: when and where it is, who goes, what it waits for, and the likely next step."""

from typing import NamedTuple

from core.telephone import dialled
from core.words import date_words
from schools.queries.terms import SchoolCalendar
from visits.addresses import page_of
from visits.enums import STATUS_COLOURS, TO_CANCEL, VisitStatus
from visits.planner_words import of_words, when_words
from visits.queries.planner import Clock, Listed, Pile
from visits.queries.planner_beside import Beside, PutForward
from visits.times import answer_by, to_come

_BUTTONS: dict[Pile, tuple[str, str]] = {
    Pile.OVERDUE: ("visits:log", "Log the visit"),
    Pile.WITHDREW: ("visits:cancel", "Cancel the visit"),
    Pile.THIS_WEEK: ("visits:visit", "Open the visit"),
    Pile.SUGGESTED: ("visits:visit", "Answer the school"),
    Pile.WAITING: ("visits:confirm", "Confirm a date"),
    Pile.NO_DATE: ("visits:confirm", "Confirm a date"),
    Pile.NOTES: ("visits:record", "Write the notes"),
    Pile.SHARE: ("visits:share", "Share the notes"),
    Pile.NOTHING: ("visits:visit", "Open the visit"),
}
"""The likely next step of each pile: the page and what its button says. Most dates are agreed by telephone."""
_OTHERWISE: dict[Pile, tuple[str, str]] = {Pile.NO_DATE: ("visits:propose", "Propose times")}
"""The other way where a pile has two."""
_WAIT_FOR_US = {
    Pile.OVERDUE: "You: was it held?",
    Pile.WITHDREW: TO_CANCEL,
    Pile.SUGGESTED: "You: the school suggested another time",
    Pile.NOTES: "You: write the notes",
    Pile.SHARE: "You: share the notes",
    Pile.NO_DATE: "You: find a date",
}
_TO_AGREE = frozenset({Pile.WITHDREW, Pile.SUGGESTED, Pile.WAITING, Pile.NO_DATE})
"""Where a telephone call is what helps."""


class Shown(NamedTuple):
    """What templates/visits/parts/planner_rows.jinja prints, in its order, ready to be printed."""

    url: str
    school: str
    visit: str
    when: str
    where: str
    telephone: str
    dialled: str
    who: str
    colour: str
    status: str
    waits_for: str
    next_url: str
    button: str
    of: str
    """What the button is about, for those who hear it alone."""
    otherwise: tuple[str, str] | None
    """What else can be done at once, and where; None in most piles."""


class PlannedRow(NamedTuple):
    """One visit as the planner has it."""

    visit: Listed
    pile: Pile
    clock: Clock
    beside: Beside
    calendar: SchoolCalendar

    def shown(self) -> Shown:
        """As the page has it."""
        visit, pile = self.visit, self.pile
        page, button = _BUTTONS[pile]
        telephone = visit.telephone if pile in _TO_AGREE else ""
        return Shown(
            url=page_of("visits:visit", visit.pk),
            school=visit.school,
            visit=f"Visit {visit.number}: {visit.name}",
            when=self.when,
            where=self.where,
            telephone=telephone,
            dialled=dialled(telephone) if telephone else "",
            who=self.who,
            colour="red" if pile in (Pile.OVERDUE, Pile.WITHDREW) else STATUS_COLOURS[self.stands],
            status="Overdue" if pile is Pile.OVERDUE else str(self.stands.label),
            waits_for=self.waits_for,
            next_url=page_of(page, visit.pk),
            button=button,
            of=f"{visit.school}, visit {visit.number}",
            otherwise=self._otherwise,
        )

    @property
    def _otherwise(self) -> tuple[str, str] | None:
        if self.pile not in _OTHERWISE:
            return None
        page, words = _OTHERWISE[self.pile]
        return words, page_of(page, self.visit.pk)

    @property
    def stands(self) -> VisitStatus:
        """Its status."""
        return VisitStatus(self.visit.status)

    @property
    def when(self) -> str:
        """Day and time in words, or those that were put forward."""
        words = when_words(self.visit.starts_at, self.visit.ends_at)
        if words or self.visit.status != VisitStatus.PROPOSED:
            return words or "No date"
        return f"{of_words(len(self._proposed), 'time')} proposed"

    @property
    def where(self) -> str:
        """The place, or the town of the school."""
        return "Online" if self.visit.is_online else self.visit.place or self.visit.town

    @property
    def who(self) -> str:
        """Whoever goes, by name."""
        return ", ".join(sorted(self.beside.who.get(self.visit.pk, ()))) or "Nobody yet"

    @property
    def _proposed(self) -> list[PutForward]:
        return [one for one in self.beside.times.get(self.visit.pk, ()) if not one.by_the_school]

    @property
    def waits_for(self) -> str:
        """Who has to do what next, in a few words."""
        if self.pile in _WAIT_FOR_US:
            return _WAIT_FOR_US[self.pile]
        if self.pile is Pile.WAITING:
            return self._answer()
        if self.visit.status != VisitStatus.CONFIRMED:
            return "Nobody"
        return "Its day" if self.beside.who.get(self.visit.pk) else "You: say who goes"

    def _answer(self) -> str:
        open_ones = to_come(self._proposed, self.clock.now)
        if not open_ones:
            return "You: the proposed times have passed"
        first = open_ones[0]
        wanted_by = answer_by(first.starts_at, self.calendar, self.clock.today, asked=first.proposed_at)
        return f"The school: pick a time by {date_words(wanted_by)}"
