"""What the page of a visit is made of: one part a noun, each computed where its rows are asked for.

A part is computed for whoever looks: what it holds may be shown to them.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Verb
from core import history
from core.models import HistoryEntry
from schools.access import may_change
from schools.queries.people import Number, numbers_of
from visits.enums import BEFORE_IT, MOVES, VisitMove, VisitStatus
from visits.models import Visit
from visits.queries.outcomes import VisitOutcomes, outcomes_of
from visits.queries.owed import can_be_planned_again, has_withdrawn, in_place_of, is_left_over
from visits.queries.planner import KNOWN_TO_THE_SCHOOL
from visits.queries.record import RecordPart, record_part
from visits.queries.sharing import Sharing, reply_of, sharing_of
from visits.queries.times import TimesPart, times_part
from visits.who_words import who_words

_S = VisitStatus
LINES = 20
"""How much of its history the page of a visit shows."""

ADDRESSES: dict[tuple[VisitStatus, VisitStatus], str] = {
    (_S.TO_SCHEDULE, _S.PROPOSED): "visits:propose",
    (_S.TO_SCHEDULE, _S.CONFIRMED): "visits:confirm",
    (_S.TO_SCHEDULE, _S.HELD): "visits:log",
    (_S.TO_SCHEDULE, _S.CANCELLED): "visits:cancel",
    (_S.PROPOSED, _S.PROPOSED): "visits:propose",
    (_S.PROPOSED, _S.CONFIRMED): "visits:confirm",
    (_S.PROPOSED, _S.TO_SCHEDULE): "visits:take_times_back",
    (_S.PROPOSED, _S.HELD): "visits:log",
    (_S.PROPOSED, _S.CANCELLED): "visits:cancel",
    (_S.CONFIRMED, _S.CONFIRMED): "visits:move",
    (_S.CONFIRMED, _S.TO_SCHEDULE): "visits:take_date_back",
    (_S.CONFIRMED, _S.HELD): "visits:log",
    (_S.CONFIRMED, _S.CANCELLED): "visits:cancel",
    (_S.HELD, _S.CONFIRMED): "visits:not_held",
    (_S.HELD, _S.TO_SCHEDULE): "visits:not_held",
}
"""Where each move is made that has a button among the others; the rest have theirs in the part that they are about."""


class Button(NamedTuple):
    """A move that can be made now, and where."""

    label: str
    url: str


@dataclass(frozen=True)
class VisitPage:
    """Everything that the page shows."""

    visit: Visit
    plans: bool
    """Whether this person plans and records visits."""
    answers: bool
    """Whether they answer for the school."""
    buttons: list[Button]
    lines: QuerySet[HistoryEntry] | None
    """The visit's history; None for whoever does not plan visits."""
    times: TimesPart
    numbers: list[Number] = field(default_factory=list)
    """By which number the school is reached, for whoever plans the visit."""
    record: RecordPart | None = None
    sharing: Sharing | None = None
    """How far the notes have come; None before the visit was held, and for the school until it has them."""
    outcomes: VisitOutcomes | None = None
    withdrew: bool = False
    """Whether people were told of it and it is to be cancelled, since its school withdrew."""
    instead: Visit | None = None
    """What stands in the place of a cancelled one."""
    can_plan_another: bool = False
    is_left_over: bool = False
    """Whether it is on no list, since the school left the full offer before anybody dated it."""
    undo: Button | None = None

    @property
    def who(self) -> str:
        """What the people who are there for the forum are called."""
        return who_words(of_the_forum=self.plans)

    """Back from having been held: a way out of a slip, and never the next step."""

    @property
    def can_send_again(self) -> bool:
        """Whether the school can be e-mailed the link to pick one of the times once more."""
        can_be_picked = any(one.can_be_picked for one in self.times.offered)
        is_open = not self.visit.programme_year.is_archive and not self.withdrew
        return self.plans and is_open and can_be_picked

    @property
    def not_sent_words(self) -> str:
        """Whom the e-mail with the times did not reach, and what to do; empty where it reached everybody."""
        if not self.times.not_sent:
            return ""
        to = ", ".join(link.email for link in self.times.not_sent)
        way = "Check the address, then send the link again" if self.can_send_again else "Propose other times"
        return f"The e-mail to {to} could not be sent. {way}, or ask by telephone."

    @property
    def send_label(self) -> str:
        """What the button says: again only while the school has one that works."""
        return "Send the link again" if self.times.links or self.times.not_sent else "Send a new link"

    @property
    def status(self) -> str:
        """Where it stands in words: notes that are being written are the forum's own affair until they are shared."""
        return self._where_it_stands(self.visit)

    @property
    def status_instead(self) -> str:
        """The same of what stands in its place."""
        return self._where_it_stands(self.instead) if self.instead else ""

    def _where_it_stands(self, visit: Visit) -> str:
        is_inside = visit.status == _S.NOTES_WRITTEN and not self.plans
        return str(_S.HELD.label if is_inside else visit.get_status_display())


def visit_page(visit: Visit, user: User) -> VisitPage:
    """The page for this person, who may look at the visit."""
    plans = may_change(user, Verb.RECORD_VISITS, visit.school)
    answers = not plans and may_change(user, Verb.TAKE_PART_IN_VISITS, visit.school)
    buttons = _buttons(visit) if plans and not visit.programme_year.is_archive else []
    is_held = visit.status == _S.HELD
    withdrew = plans and visit.status in KNOWN_TO_THE_SCHOOL and has_withdrawn(visit)
    instead = in_place_of(visit)
    today = timezone.localdate()
    return VisitPage(
        visit=visit,
        plans=plans,
        answers=answers,
        buttons=[] if is_held else _to_end_it(buttons) if withdrew else buttons,
        undo=buttons[0] if is_held and buttons else None,
        lines=_lines(visit) if plans else None,
        times=times_part(visit, plans=plans),
        numbers=numbers_of(visit.school) if plans and visit.status in BEFORE_IT else [],
        record=record_part(visit) if plans else None,
        withdrew=withdrew,
        instead=instead,
        is_left_over=plans and is_left_over(visit),
        can_plan_another=plans and instead is None and can_be_planned_again(visit, today=today),
        sharing=_sharing(visit, user, plans=plans),
        outcomes=outcomes_of(visit, user),
    )


def _lines(visit: Visit) -> QuerySet[HistoryEntry]:
    """What was done with the visit, and what the school said of its notes."""
    reply = reply_of(visit) if visit.is_with_the_school else None
    lines = history.of_target(visit)
    return (lines if reply is None else lines | history.of_target(reply))[:LINES]


def _sharing(visit: Visit, user: User, *, plans: bool) -> Sharing | None:
    is_shown = visit.is_with_the_school or (plans and visit.was_held)
    return sharing_of(visit, user, today=timezone.localdate()) if is_shown else None


def _buttons(visit: Visit) -> list[Button]:
    """The moves in the order of the table; once its time is past, that it was held comes first."""
    from_here = [move for move in MOVES if move.before == visit.status and _address(move)]
    if visit.is_over:
        from_here.sort(key=lambda move: move.after != _S.HELD)
    buttons = [Button(move.label, reverse(_address(move), args=[visit.pk])) for move in from_here]
    return list(dict.fromkeys(buttons))


def _to_end_it(buttons: list[Button]) -> list[Button]:
    """Cancelling first, and nothing that would plan a visit at a school that withdrew."""
    ends = [one for one in buttons if one.url.endswith(("/cancel/", "/log/"))]
    return sorted(ends, key=lambda one: not one.url.endswith("/cancel/"))


def _address(move: VisitMove) -> str:
    return ADDRESSES.get((move.before, move.after), "")
