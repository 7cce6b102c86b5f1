"""What becomes of what parent carers said: actions in every status, and pages for families at every step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from accounts.models import User
from core.models import OutgoingEmail
from pins.demo.people import lead_for
from pins.demo.records import write_who_came
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL, DemoProgramme
from pins.demo.visits import school_day
from schools.enums import Need, OwnerRole
from schools.models import Action, Area, ProgrammeYear, School
from schools.queries.terms import SchoolCalendar
from schools.services.actions import move_action
from visits.enums import TO_THE_SCHOOL, Kind, Scope, Slot, VisitStatus
from visits.families_emails import KIND
from visits.models import FamiliesPage, Theme, Visit, VisitStep
from visits.queries.families import words_of
from visits.services import families, outcomes
from visits.times import usual

PUBLISHED = ("Caer Ridge Primary School", "Teme Weir Primary School")
"""Schools that embed what changed, and asked for a visit more."""
HELD = dict(zip((*PUBLISHED, HEADS_SCHOOL, OTHER_HEADS_SCHOOL), (-28, -26, -24, -22), strict=True))
"""How many school days from today, where none was held that the school reads."""

_S = Action.Status
INTRO = "Thank you to everybody who came and told us what school is like for your family."


@dataclass(frozen=True)
class DemoAction:
    """One action, with how many days from today it is due."""

    what: str
    area: str
    need: Need
    owner: OwnerRole
    due_in: int
    status: str = _S.OPEN
    said: str = ""
    """What changed, or why it is not going ahead."""
    is_adjustment: bool = False


@dataclass(frozen=True)
class DemoTheme:
    """One thing that was said, how many said it, and what becomes of it."""

    text: str
    area: str
    raised_by: int
    action: DemoAction | None = None
    reason: str = ""
    scope: Scope = Scope.SCHOOL
    kind: Kind = Kind.COULD_BE_BETTER
    for_families: str = ""
    """The answer as families read it, where it is not the words of the action."""
    is_decided: bool = True


LIBRARY = DemoAction(
    "Open the library as a quiet room at lunch.", "environment", Need.SENSORY, OwnerRole.SENCO, -1
)
PICTURES = DemoAction(
    *("Show every class its day in pictures.", "communication", Need.COMMUNICATION),
    *(OwnerRole.CLASS_STAFF, 9, _S.IN_PROGRESS),
)
SIDE_DOOR = DemoAction(
    *("Let children come in five minutes before the bell.", "readiness", Need.SENSORY),
    *(OwnerRole.HEAD_TEACHER, -2, _S.DONE),
    *("The side door opens at 8:40am. Anybody may use it; nobody has to ask.", True),
)
GARDEN = DemoAction(
    *("Build a garden room.", "environment", Need.SOCIAL, OwnerRole.GOVERNORS, 40, _S.NOT_GOING_AHEAD),
    "The ground belongs to the parish, which needs it for parking.",
)
AT_THE_GATE = DemoAction(
    *("Ask the SENCo to be at the gate on Mondays.", "parent-carers", Need.OTHER),
    *(OwnerRole.SENCO, 30),
)
QUIET_LUNCH = "The library opens as a quiet room at lunch. We are finding out who can look after it."
IN_HAND = (
    DemoTheme("The SENCo answers e-mails within two days.", "parent-carers", 4, kind=Kind.WORKING_WELL),
    DemoTheme("The bell and the rush at the door are hard to bear.", "readiness", 5, SIDE_DOOR),
    DemoTheme("The dining hall is loud.", "environment", 7, LIBRARY, for_families=QUIET_LUNCH),
    DemoTheme(
        *("Changes of the day come as a surprise.", "communication", 6, PICTURES),
        for_families="Every class will see its day in pictures, and what is different today.",
    ),
    DemoTheme("We would like a garden room for quiet play.", "environment", 2, GARDEN),
    DemoTheme(
        *("We meet the SENCo only when something is wrong.", "parent-carers", 3, AT_THE_GATE),
        for_families="The SENCo will be at the gate on Mondays, for a word with anybody.",
    ),
    DemoTheme("The wait for an assessment is too long.", "mental-health", 8, scope=Scope.WIDER),
    DemoTheme("Homework takes up the evening when instructions are long.", "teaching", 5, is_decided=False),
)
"""At a school that decides: something in every status, and something that waits for a decision."""
THEMES = (
    DemoTheme("Mornings at the gate are calm and friendly.", "leadership", 6, kind=Kind.WORKING_WELL),
    DemoTheme("The bell and the rush at the door are hard to bear.", "readiness", 4, SIDE_DOOR),
    DemoTheme(
        *("Lunch is too loud for some children.", "environment", 7),
        replace(LIBRARY, due_in=9, status=_S.IN_PROGRESS),
        for_families=QUIET_LUNCH,
    ),
    DemoTheme("We would like a garden room.", "environment", 2, reason="There is no ground for it."),
    DemoTheme("The wait for an assessment is too long.", "mental-health", 9, scope=Scope.WIDER),
    DemoTheme(*("Could letters home be shorter?", "communication", 3), kind=Kind.QUESTION, is_decided=False),
)
CAME = 12
"""How many parent carers came to the visit at which these were said."""


def seed_loop(programme: DemoProgramme, people: dict[str, User], *, today: date) -> None:
    """Make what is missing: nothing at a school that has an action or a page already."""
    areas = {area.key: area for area in Area.objects.all()}
    for name in (*PUBLISHED, HEADS_SCHOOL, OTHER_HEADS_SCHOOL):
        school = programme.schools[name]
        if (
            Action.objects.filter(school=school).exists()
            or FamiliesPage.objects.filter(school=school).exists()
        ):
            continue
        with transaction.atomic():
            maker = _Maker(school, programme.second_year, people["liaison"], areas, today)
            if name in PUBLISHED:
                maker.published()
            else:
                maker.in_hand(waits_for="school" if name == HEADS_SCHOOL else "forum")


class _Maker:
    """Makes what one school has."""

    def __init__(
        self, school: School, year: ProgrammeYear, liaison: User, areas: dict[str, Area], today: date
    ) -> None:
        self.school, self.year, self.liaison = school, year, liaison
        self.areas, self.today, self.lead = areas, today, lead_for(school)

    def published(self) -> None:
        """What becomes of each thing that was said, and a page that families read."""
        page = self._drafted(THEMES)
        self._approve(page, "school", "forum")
        families.publish(page=page, by=self.liaison)
        # It is approved and published, so that an e-mail which asks for that would ask for nothing.
        OutgoingEmail.objects.filter(kind=KIND, body__contains=page.get_absolute_url()).delete()

    def in_hand(self, *, waits_for: str) -> None:
        """The same on its way: actions in every status, and words that one side has still to approve."""
        self._approve(self._drafted(IN_HAND), "forum" if waits_for == "school" else "school")

    def _drafted(self, themes: Iterable[DemoTheme]) -> FamiliesPage:
        """What was said at a visit and what becomes of it, as lines for families in words for families."""
        visit = self._visit()
        write_who_came(visit, came=CAME, by=self.liaison)
        for one in themes:
            self._theme(visit, one)
        families.draft(school=self.school, year=self.year, by=self.liaison)
        page = FamiliesPage.objects.get(school=self.school, programme_year=self.year)
        FamiliesPage.objects.filter(pk=page.pk).update(intro=INTRO)
        for one in themes:
            if one.for_families:
                page.lines.filter(theme__text=one.text).update(answer=one.for_families)
        return page

    def _approve(self, page: FamiliesPage, *sides: str) -> None:
        who = {"school": self.lead, "forum": self.liaison}
        for side in sides:
            stored = FamiliesPage.objects.get(pk=page.pk)
            families.approve(page=stored, side=side, seen=words_of(stored).digest, by=who[side])

    def _action(self, one: DemoAction) -> Action:
        action = Action.objects.create(
            school=self.school,
            programme_year=self.year,
            what=one.what,
            need=one.need,
            is_reasonable_adjustment=one.is_adjustment,
            area=self.areas[one.area],
            owner_role=one.owner,
            due_on=self.today + timedelta(days=one.due_in),
            added_by=self.lead,
        )
        if one.status != _S.OPEN:
            move_action(action=action, to=one.status, by=self.lead, reason=one.said, what_changed=one.said)
        return action

    def _theme(self, visit: Visit, one: DemoTheme) -> None:
        theme = Theme.objects.create(
            visit=visit,
            area=self.areas[one.area],
            scope=one.scope,
            kind=one.kind,
            text=one.text,
            raised_by=one.raised_by,
            saved_by=self.liaison,
            saved_at=visit.ends_at or visit.changed_at,
        )
        if one.kind == Kind.WORKING_WELL or not one.is_decided:
            return
        if one.action:
            outcomes.join_action(theme=theme, action=self._action(one.action), by=self.lead)
        elif one.reason:
            outcomes.not_going_ahead(theme=theme, reason=one.reason, by=self.lead)
        else:
            outcomes.needs_wider_system(theme=theme, by=self.liaison)

    def _visit(self) -> Visit:
        """One that the school reads already, or a new one that was held some weeks ago."""
        visits = Visit.objects.live().filter(school=self.school, programme_year=self.year)
        shared = visits.filter(status__in=TO_THE_SCHOOL).first()
        if shared is not None:
            return shared
        taken = set(visits.values_list("step_id", flat=True))
        step = next(one for one in VisitStep.objects.all() if one.number not in taken)
        day = school_day(SchoolCalendar.load(), self.today, HELD[self.school.name])
        at = usual(day, Slot.AFTER_DROP_OFF, minutes=step.minutes)
        begins = at.starts_at
        visit = Visit.objects.create(
            school=self.school,
            programme_year=self.year,
            step=step,
            status=VisitStatus.SHARED,
            starts_at=begins,
            ends_at=at.ends_at,
            slot=at.slot,
            place="The library",
            held_noted_at=begins + timedelta(hours=2),
            held_noted_by=self.liaison,
            shared_at=begins + timedelta(days=7),
            shared_by=self.liaison,
        )
        visit.workers.set([self.liaison])
        return visit
