"""Self-audits in every status, made by the same services that people use, then dated to when they would have been."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audits.enums import AuditStatus, Round
from audits.framework_format import read_framework
from audits.framework_import import import_framework
from audits.models import Answer, Audit, FrameworkVersion, Report, Section, SectionNote, Statement
from audits.services.reviewing import reopen, review, send_back
from audits.services.sharing import give_section
from audits.services.submission import submit
from core import history
from pins.demo.answers import Profile, answers_for, note_for
from pins.demo.people import lead_for
from pins.demo.schools import HEADS_SCHOOL, WITHDREW, YEAR_1, DemoProgramme
from pins.demo.words import REOPENED, SENT_BACK
from schools.models import ProgrammeYear, School

FRAMEWORK = Path(settings.BASE_DIR) / "audits" / "frameworks" / "pins-hub-1.yaml"


class Ends(Enum):
    """How far an audit of the demonstration has come."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    SENT_BACK = "sent back"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    AGREED = "priorities agreed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class DemoAudit:
    """One audit: how far it has come, when it is wanted, and when its last step was."""

    school: str
    ends: Ends
    wanted_by: date
    last_step: date
    round: Round = Round.BASELINE
    sections: int = 8
    give: str = ""
    in_first_year: bool = False


_PLAN = (
    # school, how far, days until it is wanted, days since the last step, sections answered, what was given
    (HEADS_SCHOOL, Ends.IN_PROGRESS, 11, 1, 3, "environment"),
    ("Clun Hill Primary School", Ends.SUBMITTED, 11, 5),
    ("Skylark Rise Primary School", Ends.NOT_STARTED, 25, 3),
    ("Bramble Hollow Primary School", Ends.IN_PROGRESS, 11, 2, 6),
    ("St Oswin's Catholic Primary School", Ends.SUBMITTED, 11, 2),
    ("Willowmoor Primary School", Ends.SENT_BACK, 11, 3),
    ("Dovecote Lane Primary School", Ends.REVIEWED, -10, 12),
    ("Corve Bridge Primary School", Ends.AGREED, -24, 30),
    ("Hazel Bank Primary School", Ends.IN_PROGRESS, -3, 8, 5),
    ("Meres End Primary School", Ends.NOT_STARTED, 11, 20),
    ("Foldgate Primary School and Nursery", Ends.REOPENED, 11, 4),
    ("Titterstone View Primary School", Ends.NOT_STARTED, 25, 3),
    ("Heron's Reach Primary School", Ends.REVIEWED, -10, 9),
    ("Roundhill CofE Primary School", Ends.AGREED, -24, 27),
)
_FOLLOW_UPS = (
    ("Caer Ridge Primary School", Ends.SUBMITTED, 11, 6),
    ("Tern Meadows Primary School", Ends.REVIEWED, 11, 15),
    ("Teme Weir Primary School", Ends.IN_PROGRESS, 11, 4, 5),
)


def the_plan(today: date) -> Iterator[DemoAudit]:
    """All audits; those of this year are dated from `today`, so that the demonstration never grows stale."""
    yield from _first_years()
    for rows, turn in ((_PLAN, Round.BASELINE), (_FOLLOW_UPS, Round.FOLLOW_UP)):
        for school, ends, wanted_in, ago, *more in rows:
            wanted_by, last_step = today + timedelta(days=wanted_in), today - timedelta(days=ago)
            yield DemoAudit(school, ends, wanted_by, last_step, turn, *more)


def _first_years() -> Iterator[DemoAudit]:
    """The baselines of the first year: nearly all agreed, two only reviewed, one left when its school did."""
    for place, school in enumerate(YEAR_1):
        day, wanted_by = date(2025, 10, 6) + timedelta(days=2 * place), date(2025, 11, 28)
        if school.name == WITHDREW:
            yield DemoAudit(school.name, Ends.IN_PROGRESS, wanted_by, day, sections=3, in_first_year=True)
        else:
            ends = Ends.REVIEWED if place in (7, 16) else Ends.AGREED
            yield DemoAudit(school.name, ends, wanted_by, day, in_first_year=True)


def seed_framework() -> FrameworkVersion:
    """The framework that the product brings, published."""
    definition = read_framework(FRAMEWORK)
    import_framework(definition)
    return FrameworkVersion.objects.get(framework__slug=definition.key, version=definition.version)


def seed_audits(
    programme: DemoProgramme, people: dict[str, User], *, today: date, say: Callable[[str], None]
) -> None:
    """Make the audits that are missing; each wholly or not at all."""
    version = seed_framework()
    sections = list(version.sections.select_related("area").order_by("position"))
    statements: dict[int, list[Statement]] = {section.pk: [] for section in sections}
    for statement in Statement.objects.filter(section__version=version).select_related("section__area"):
        statements[statement.section_id].append(statement)
    plan = list(the_plan(today))
    for number, one in enumerate(plan, start=1):
        school = programme.schools[one.school]
        year = programme.first_year if one.in_first_year else programme.second_year
        if not Audit.objects.filter(school=school, programme_year=year, round=one.round).exists():
            with transaction.atomic():
                _Maker(one, school, year, people, version).make(sections, statements)
        if number % 10 == 0 or number == len(plan):
            say(f"  {number} of {len(plan)} self-audits")


class _Maker:
    """Makes one audit of the plan."""

    def __init__(
        self,
        one: DemoAudit,
        school: School,
        year: ProgrammeYear,
        people: dict[str, User],
        version: FrameworkVersion,
    ) -> None:
        self.one, self.people = one, people
        self.lead = lead_for(school)
        self.when = timezone.make_aware(datetime.combine(one.last_step, time(15, 40)))
        self.audit = Audit.objects.create(
            school=school, programme_year=year, round=one.round, version=version, wanted_by=one.wanted_by
        )
        self._ask(people["admin"])

    def make(self, sections: list[Section], statements: dict[int, list[Statement]]) -> None:
        """Answer, then take it as far as the plan says."""
        if self.one.ends is Ends.NOT_STARTED:
            return
        self._answer(sections, statements)
        if self.one.ends is not Ends.IN_PROGRESS:
            submit(audit=self.audit, by=self.lead)
            self._follow()
            self._date()

    def _ask(self, by: User) -> None:
        """The line that says since when the school has it; nobody is written to."""
        one = self.one
        day = one.last_step
        if one.ends is not Ends.NOT_STARTED:
            # Before the first answer: a section was answered each day.
            day = min(one.wanted_by - timedelta(days=28), one.last_step - timedelta(days=9))
        day = min(max(day, self.audit.programme_year.starts_on), one.last_step)
        told = f"{by} asked for the self-audit."
        line = history.record("audit.asked", told, by=by, target=self.audit, school=self.audit.school)
        asked_at = timezone.make_aware(datetime.combine(day, time(9, 10)))
        history.of_target(self.audit).filter(pk=line.pk).update(at=asked_at)

    def _answer(self, sections: list[Section], statements: dict[int, list[Statement]]) -> None:
        moved = 1.0 if self.one.round == Round.FOLLOW_UP else 0.0
        profile = Profile.of(self.one.school, moved=moved)
        answers: list[Answer] = []
        notes: list[SectionNote] = []
        for place, section in enumerate(sections[: self.one.sections]):
            when = self.when - timedelta(days=self.one.sections - place - 1)
            answers += answers_for(self.audit, statements[section.pk], profile, by=self.lead, when=when)
            notes.append(note_for(self.audit, section, profile, by=self.lead, when=when))
        if self.one.ends is Ends.IN_PROGRESS and self.one.sections < len(sections):
            begun = statements[sections[self.one.sections].pk][:2]
            answers += answers_for(self.audit, begun, profile, by=self.lead, when=self.when)
            answers[-1].come_back = True
        Answer.objects.bulk_create(answers)
        SectionNote.objects.bulk_create(notes)
        Audit.objects.filter(pk=self.audit.pk).update(status=AuditStatus.IN_PROGRESS)
        self.audit.refresh_from_db()
        if self.one.give:
            section = next(section for section in sections if section.area.key == self.one.give)
            give_section(audit=self.audit, section=section, to=self.people["colleague"], by=self.lead)

    def _follow(self) -> None:
        reviewer = self.people["liaison"]
        match self.one.ends:
            case Ends.SENT_BACK:
                send_back(audit=self.audit, by=reviewer, note=SENT_BACK)
            case Ends.REVIEWED | Ends.AGREED | Ends.REOPENED:
                review(audit=self.audit, by=reviewer)
        if self.one.ends is Ends.REOPENED:
            reopen(audit=self.audit, by=self.people["admin"], reason=REOPENED)
        if self.one.ends is Ends.AGREED:
            Audit.objects.filter(pk=self.audit.pk).update(status=AuditStatus.PRIORITIES_AGREED)

    def _date(self) -> None:
        """Date what the services dated today to when it would have been."""
        audit = Audit.objects.get(pk=self.audit.pk)
        later = self.when + timedelta(days=1, hours=2)
        audit.submitted_at = self.when
        audit.reviewed_at = audit.reviewed_at and later
        audit.returned_at = audit.returned_at and later
        audit.save(update_fields=["submitted_at", "reviewed_at", "returned_at"])
        for report in Report.objects.filter(audit=audit):
            report.requested_at = self.when
            report.snapshot["submitted_on"] = self.one.last_step.isoformat()
            report.save(update_fields=["requested_at", "snapshot"])
        lines = history.of_target(audit)
        lines.filter(kind="audit.submitted").update(at=self.when)
        lines.exclude(kind__in=["audit.asked", "audit.submitted"]).update(at=later)
