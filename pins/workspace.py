"""A school's workspace: what is asked of every app for the one page that says how the school stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Verb
from audits.access import standing_for
from audits.models import Audit
from audits.queries import progress
from core import history
from core.models import HistoryEntry
from core.spreadsheets import Cell, Table
from core.status_bars import LONGEST, STEP, InItsRow
from core.words import date_words
from pins.home import home_of, school_steps
from pins.next_step import NextStep
from pins.standing import audit_words, part_words
from pins.workspace_visits import VisitsSection, visits_section
from schools.access import may, schools_of
from schools.models import Membership, Participation, ProgrammeYear, School, SchoolContact, SchoolQuerySet
from schools.models import sees_every_school as sees_every
from schools.queries.actions import ActionCounts, counts_of
from schools.queries.links import schools_of_trust
from schools.queries.people import contacts_of

NEWEST_LINES = 5
MOST_NEIGHBOURS = 20
"""Schools of one trust or group that are named on the page."""


@dataclass(frozen=True)
class Neighbour:
    """Another school, with its workspace where the reader may open it."""

    name: str
    url: str


@dataclass(frozen=True)
class Tie:
    """A trust, federation or cluster that the school belongs to, and the other schools of it."""

    kind: str
    name: str
    together: str
    others: list[Neighbour]
    more: int


@dataclass(frozen=True)
class YearOfSchool(InItsRow):
    """One programme year of the school, also one between others in which it took no part."""

    name: str
    part: Participation | None
    place: int

    @property
    def words(self) -> str:
        """Offer and status in words."""
        if self.part is None:
            return "took no part"
        return f"{self.part.get_offer_display()}, {self.part.get_status_display().lower()}"

    @property
    def kind(self) -> str:
        """How its bar looks: by the offer, or as none of it came."""
        if self.part is None or self.part.status == Participation.Status.WITHDRAWN:
            return "none"
        return str(self.part.offer)

    @property
    def width(self) -> int:
        """How long its bar is, in the picture's own units."""
        return {"full": LONGEST, "embedding": 150, "training_only": 60}.get(self.kind, LONGEST)


@dataclass(frozen=True)
class Workspace:
    """What the page of a school says to one reader."""

    school: School
    stands: str
    part: Participation | None
    years: list[YearOfSchool]
    steps: list[NextStep]
    of_school: list[NextStep]
    actions: ActionCounts
    contacts: list[SchoolContact]
    people: list[Membership]
    ties: list[Tie]
    urns: str
    lines: list[HistoryEntry]
    is_listed: bool
    add_to: ProgrammeYear | None
    """The year to which an administrator can add the school, where it is not in the running one."""
    visits: VisitsSection

    @property
    def leads(self) -> list[Membership]:
        """The school leads who sign in, for those who may read people."""
        return [member for member in self.people if member.is_lead and member.user.is_active]

    @property
    def picture_height(self) -> int:
        """Of the picture of its years."""
        return STEP * len(self.years)


def workspace_of(school: School, user: User, *, today: date) -> Workspace:
    """The page of a school that the reader may open, in a fixed number of queries for the same standing."""
    parts = _parts_of(school)
    all_years = list(ProgrammeYear.objects.order_by("starts_on", "pk"))
    part = part_to_speak_of(parts, today)
    looks_after = may(user, Verb.MANAGE_PEOPLE, school)
    return Workspace(
        school=school,
        stands=where_it_stands(school, user, part, today=today),
        part=part,
        years=_years(all_years, parts, today),
        steps=_of_one(home_of(user, today=today, at=school).steps),
        of_school=_of_one(school_steps(user, school, today=today)) if sees_every(user) else [],
        actions=counts_of(school, today=today),
        contacts=list(contacts_of(school)),
        people=_people(school) if looks_after else [],
        ties=[*_trust(school, user), *_groups(school, user)],
        urns=_urns(school),
        lines=list(history.of_school(school)[:NEWEST_LINES]) if looks_after else [],
        is_listed=School.objects.on_public_list().filter(pk=school.pk).exists(),
        add_to=_year_to_add_to(school, user, all_years, parts, today),
        visits=visits_section(school, user, part),
    )


def _of_one(steps: list[NextStep]) -> list[NextStep]:
    """Without the school's name on each: the page has it above."""
    return [replace(step, school="") for step in steps]


def part_to_speak_of(parts: list[Participation], today: date) -> Participation | None:
    """The part in the year that runs; else in the next that comes; else in the last that was."""
    running = [part for part in parts if _runs(part.programme_year, today)]
    coming = [part for part in parts if part.programme_year.starts_on > today]
    return next(iter([*running, *coming, *reversed(parts)]), None)


def where_it_stands(school: School, user: User, part: Participation | None, *, today: date) -> str:
    """One line, in words that a head teacher understands in three seconds."""
    words = part_words(school, part, today=today)
    if part is None or part.status == Participation.Status.WITHDRAWN:
        return words
    audits = Audit.objects.visible_to(user).filter(school=school, programme_year=part.programme_year)
    audit = audits.with_names().order_by("-round").first()  # a follow-up comes after its baseline
    if audit is None:
        return words
    sections = progress(audit) if audit.is_open else []
    return f"{words} {audit_words(audit, standing_for(user, audit), sections, today=today)}"


def _runs(year: ProgrammeYear, today: date) -> bool:
    return year.starts_on <= today <= year.ends_on


def _parts_of(school: School) -> list[Participation]:
    parts = Participation.objects.filter(school=school).select_related("programme_year", "cohort")
    return list(parts.order_by("programme_year__starts_on", "pk"))


def _years(years: list[ProgrammeYear], parts: list[Participation], today: date) -> list[YearOfSchool]:
    """From the first year of the school to its last, or the running one, those between too."""
    if not parts:
        return []
    by_year = {part.programme_year_id: part for part in parts}
    first, last = parts[0].programme_year.starts_on, parts[-1].programme_year.starts_on
    shown = [year for year in years if first <= year.starts_on and (year.starts_on <= max(last, today))]
    return [YearOfSchool(year.name, by_year.get(year.pk), place) for place, year in enumerate(shown)]


def years_table(school: School, *, today: date) -> Table:
    """The same as a file."""
    all_years = list(ProgrammeYear.objects.order_by("starts_on", "pk"))
    header = ["Year", "Status", "Offer", "Joined with", "Hours of support"]
    years = _years(all_years, _parts_of(school), today)
    return Table(f"Programme years of {school}", header, [_cells(year) for year in years])


def _cells(year: YearOfSchool) -> list[Cell]:
    part = year.part
    if part is None:
        return [year.name, "Took no part", "", "", None]
    facts = (part.get_status_display(), part.get_offer_display(), part.cohort.name)
    return [year.name, *facts, part.support_hours]


def _year_to_add_to(
    school: School, user: User, years: list[ProgrammeYear], parts: list[Participation], today: date
) -> ProgrammeYear | None:
    if not may(user, Verb.MANAGE_PROGRAMME) or school.status == School.Status.CLOSED:
        return None
    there = {part.programme_year_id for part in parts}
    running = next((year for year in years if _runs(year, today) and not year.is_archive), None)
    return running if running and running.pk not in there else None


def _people(school: School) -> list[Membership]:
    people = Membership.objects.current().filter(school=school).select_related("user")
    return list(people.order_by("user__name", "user__email"))


def _urns(school: School) -> str:
    """ "URN 145678 since 1 September 2024, before that 123456"."""
    urns = list(school.urns.all())
    if not urns:
        return "No URN"
    *former, now = urns
    since = f" since {date_words(now.valid_from)}" if now.valid_from else ""
    before = f", before that {', '.join(str(urn) for urn in reversed(former))}" if former else ""
    return f"URN {now}{since}{before}"


def _trust(school: School, user: User) -> list[Tie]:
    if not school.trust:
        return []
    return [_tie("Trust", school.trust, "", school, schools_of_trust(school, user), user)]


def _groups(school: School, user: User) -> list[Tie]:
    """Schools of one group know each other, so each reads the names of the others."""
    by_name: SchoolQuerySet = School.objects.order_by("name", "pk")
    groups = school.groups.order_by("name").prefetch_related(Prefetch("schools", queryset=by_name))
    return [
        _tie(group.get_kind_display(), group.name, group.together, school, group.schools.all(), user)
        for group in groups
    ]


def _tie(kind: str, name: str, together: str, school: School, members: Iterable[School], user: User) -> Tie:
    opens_all = sees_every(user)
    own = {one.pk for one in schools_of(user)}
    others = [
        Neighbour(other.name, reverse("workspace", args=[other.pk]) if opens_all or other.pk in own else "")
        for other in members
        if other.pk != school.pk
    ]
    return Tie(kind, name, together, others[:MOST_NEIGHBOURS], max(0, len(others) - MOST_NEIGHBOURS))
