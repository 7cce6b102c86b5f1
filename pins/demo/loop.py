"""What becomes of what parent carers said: actions in every status, and pages for families at every step."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from pins.demo.people import lead_for
from pins.demo.schools import HEADS_SCHOOL, OTHER_HEADS_SCHOOL, DemoProgramme
from schools.enums import Need, OwnerRole
from schools.models import Action, Area, ProgrammeYear, School
from schools.services.actions import move_action
from visits.enums import TO_THE_SCHOOL, Kind, Scope, Slot, VisitStatus
from visits.models import FamiliesLine, FamiliesPage, Theme, Visit, VisitStep
from visits.queries.families import words_of
from visits.services import families, outcomes

PUBLISHED = ("Caer Ridge Primary School", "Teme Weir Primary School")
"""Schools that embed what changed, and asked for a visit more."""

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


ACTIONS = (
    DemoAction(
        "Open the library as a quiet room at lunch.", "environment", Need.SENSORY, OwnerRole.SENCO, -6
    ),
    DemoAction(
        *("Show every class its day in pictures.", "communication", Need.COMMUNICATION),
        *(OwnerRole.CLASS_STAFF, 9, _S.IN_PROGRESS),
    ),
    DemoAction(
        *("Let children come in five minutes before the bell.", "readiness", Need.SENSORY),
        *(OwnerRole.HEAD_TEACHER, -20, _S.DONE),
        *("The side door opens at 8:40am. Anybody may use it; nobody has to ask.", True),
    ),
    DemoAction(
        *("Build a garden room.", "environment", Need.SOCIAL, OwnerRole.GOVERNORS, 40, _S.NOT_GOING_AHEAD),
        "The ground belongs to the parish, which needs it for parking.",
    ),
    DemoAction(
        *("Ask the SENCo to be at the gate on Mondays.", "parent-carers", Need.OTHER),
        *(OwnerRole.SENCO, 30),
    ),
)


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


LIBRARY = replace(ACTIONS[0], due_in=9, status=_S.IN_PROGRESS)
THEMES = (
    DemoTheme("Mornings at the gate are calm and friendly.", "leadership", 6, kind=Kind.WORKING_WELL),
    DemoTheme("The bell and the rush at the door are hard to bear.", "readiness", 4, ACTIONS[2]),
    DemoTheme("Lunch is too loud for some children.", "environment", 7, LIBRARY),
    DemoTheme("We would like a garden room.", "environment", 2, reason="There is no ground for it."),
    DemoTheme("The wait for an assessment is too long.", "mental-health", 9, scope=Scope.WIDER),
    DemoTheme("Could letters home be shorter?", "communication", 3, kind=Kind.QUESTION),
)
UNDECIDED = THEMES[-1]
LINES = (
    ("environment", "The dining hall is loud.", "doing", "The library opens as a quiet room at lunch."),
    ("readiness", "The rush at the door is hard.", "done", "A side door opens five minutes before the bell."),
)


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
        """A visit that was shared, with what becomes of each thing, and a page that families read."""
        visit = self._visit()
        for one in THEMES:
            self._theme(visit, one)
        families.draft(school=self.school, year=self.year, by=self.liaison)
        page = FamiliesPage.objects.get(school=self.school, programme_year=self.year)
        FamiliesPage.objects.filter(pk=page.pk).update(intro=INTRO)
        self._approve("school", "forum")
        families.publish(page=page, by=self.liaison)

    def in_hand(self, *, waits_for: str) -> None:
        """Actions in every status, and words that one side has still to approve."""
        for one in ACTIONS:
            self._action(one)
        page = FamiliesPage.objects.create(school=self.school, programme_year=self.year, intro=INTRO)
        for area, said, becomes, answer in LINES:
            FamiliesLine.objects.create(
                page=page, area=self.areas[area], you_said=said, becomes=becomes, answer=answer
            )
        self._approve("forum" if waits_for == "school" else "school")

    def _approve(self, *sides: str) -> None:
        page = FamiliesPage.objects.get(school=self.school, programme_year=self.year)
        who = {"school": self.lead, "forum": self.liaison}
        for side in sides:
            families.approve(page=page, side=side, seen=words_of(page).digest, by=who[side])

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
        )
        if one.kind == Kind.WORKING_WELL or one == UNDECIDED:
            return
        if one.action:
            outcomes.join_action(theme=theme, action=self._action(one.action), by=self.lead)
        elif one.reason:
            outcomes.not_going_ahead(theme=theme, reason=one.reason, by=self.lead)
        else:
            outcomes.needs_wider_system(theme=theme, by=self.liaison)

    def _visit(self) -> Visit:
        """One that the school reads already, or a new one that was held six weeks ago."""
        visits = Visit.objects.live().filter(school=self.school, programme_year=self.year)
        shared = visits.filter(status__in=TO_THE_SCHOOL).first()
        if shared is not None:
            return shared
        taken = set(visits.values_list("step_id", flat=True))
        step = next(one for one in VisitStep.objects.all() if one.number not in taken)
        begins = timezone.make_aware(datetime.combine(self.today - timedelta(days=42), time(9)))
        visit = Visit.objects.create(
            school=self.school,
            programme_year=self.year,
            step=step,
            status=VisitStatus.SHARED,
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
            slot=Slot.AFTER_DROP_OFF,
            held_noted_at=begins + timedelta(hours=2),
            held_noted_by=self.liaison,
            shared_at=begins + timedelta(days=7),
            shared_by=self.liaison,
        )
        visit.workers.set([self.liaison])
        return visit
