"""Made-up programmes of any size, each in a database file of its own."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from audits.enums import AnswerState, AuditStatus, Round
from audits.framework_format import read_framework
from audits.framework_import import import_framework
from audits.models import Answer, Audit, FrameworkVersion, Section, Statement
from audits.services.submission import submit
from bench.environment import ROOT
from core.unchanged import Unchanged
from schools.models import Cohort, Membership, Participation, ProgrammeYear, School, SchoolUrn
from schools.outlines.loading import load_outline
from visits.due import make_due_visits

FRAMEWORK = ROOT / "audits" / "frameworks" / "pins-hub-1.yaml"
OUTLINE = ROOT / "schools" / "outlines" / "shropshire_and_neighbours.geojson"
REGISTER = 25_000
"""Schools of the register, beside a programme that is no mere trial of the bench."""
TOWNS = ("Shrewsbury", "Oswestry", "Ludlow", "Bridgnorth", "Market Drayton", "Church Stretton", "Clun")


@dataclass(frozen=True)
class Programme:
    """Where it is stored, and what is looked at in it: one school in the middle of the list, and who looks."""

    file: Path
    head: User
    liaison: User
    """Somebody of the forum, who sees every school."""
    audit: Audit
    twelve: Audit
    """The same school's audit whose one section has twelve statements."""
    finished: Audit
    """Another school's audit, submitted, with its report queued."""

    def use(self) -> None:
        """From now on Django's connection is to this programme."""
        if Path(connection.settings_dict["NAME"]) != self.file:
            connection.close()
            connection.settings_dict["NAME"] = str(self.file)
            Unchanged.forget_all()  # a process has one database, but here


@cache
def programme_of(schools: int) -> Programme:
    """A programme of so many schools, all in it and named, each with an audit that is nearly answered."""
    migrated = Path(connection.settings_dict["NAME"])
    connection.close()
    file = migrated.with_name(f"{schools}-schools.sqlite3")
    shutil.copyfile(migrated.with_name("pins.sqlite3"), file)
    connection.settings_dict["NAME"] = str(file)
    with transaction.atomic():
        return _fill(file, schools)


def empty_database() -> None:
    """From now on Django's connection is to a database with nothing in it but what migrations write."""
    file = Path(connection.settings_dict["NAME"]).with_name("empty.sqlite3")
    connection.close()
    for leftover in (file, file.with_name("empty.sqlite3-wal"), file.with_name("empty.sqlite3-shm")):
        leftover.unlink(missing_ok=True)
    shutil.copyfile(file.with_name("pins.sqlite3"), file)
    connection.settings_dict["NAME"] = str(file)


def _fill(file: Path, schools: int) -> Programme:
    import_framework(read_framework(FRAMEWORK))
    version = FrameworkVersion.objects.get()
    year = ProgrammeYear.objects.create(
        name="2026 to 2027", starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31)
    )
    made = _schools(schools, year)
    _surroundings(schools)
    heads = _heads(made)
    audits = Audit.objects.bulk_create(
        Audit(school=school, programme_year=year, version=version, status=AuditStatus.IN_PROGRESS)
        for school in made
    )
    _answer(audits, list(Statement.objects.filter(section__version=version)), heads)
    middle = schools // 2
    twelve = Audit.objects.create(
        school=made[middle],
        programme_year=year,
        round=Round.FOLLOW_UP,
        version=_version_of_twelve(version),
        status=AuditStatus.IN_PROGRESS,
    )
    _answer([twelve], list(Statement.objects.filter(section__version=twelve.version)), [heads[middle]])
    submit(audit=audits[0], by=heads[0])
    liaison = User.objects.create_user("liaison@school.example", name="Alex Liaison", is_liaison=True)
    return Programme(file, heads[middle], liaison, audits[middle], twelve, audits[0])


def _schools(count: int, year: ProgrammeYear) -> list[School]:
    cohort = Cohort.objects.create(name="Year 1", slug="year-1", joined_in=year)
    made = School.objects.bulk_create(
        School(
            name=f"{TOWNS[number % len(TOWNS)]} Brook Primary School {number:04}",
            slug=f"school-{number}",
            phase="Primary",
            town=TOWNS[number % len(TOWNS)],
            website=f"https://school-{number}.example",
            postcode=f"SY{number % 90 + 1} {number % 7 + 1}AB",
            easting=335_000 + number * 7_919 % 40_000,
            northing=280_000 + number * 6_007 % 50_000,
            public_consent=True,
        )
        for number in range(count)
    )
    SchoolUrn.objects.bulk_create(SchoolUrn(school=school, urn=900_000 + school.pk) for school in made)
    Participation.objects.bulk_create(
        Participation(school=school, programme_year=year, cohort=cohort, status=Participation.Status.ACTIVE)
        for school in made
    )
    make_due_visits()
    return made


def _surroundings(schools: int) -> None:
    """The county's outline, and the schools of the register that the programme has nothing to do with."""
    load_outline(OUTLINE, name="Shropshire")
    count = REGISTER - schools if schools >= 35 else 0
    School.objects.bulk_create(
        (
            School(
                name=f"{TOWNS[number % len(TOWNS)]} Hill Primary School {number:05}",
                slug=f"register-{number}",
                phase="Primary",
                town=TOWNS[number % len(TOWNS)],
                postcode=f"SY{number % 90 + 1} {number % 7 + 1}CD",
                easting=300_000 + number * 7_919 % 200_000,
                northing=200_000 + number * 6_007 % 200_000,
            )
            for number in range(count)
        ),
        batch_size=2000,
    )


def _heads(schools: list[School]) -> list[User]:
    heads = User.objects.bulk_create(
        User(email=f"head-{school.pk}@school.example", name="Alex Head", password=make_password(None))
        for school in schools
    )
    Membership.objects.bulk_create(
        Membership(user=head, school=school, role=Role.SCHOOL_LEAD)
        for head, school in zip(heads, schools, strict=True)
    )
    return heads


def _answer(audits: list[Audit], statements: list[Statement], heads: list[User]) -> None:
    now = timezone.now()

    def answers() -> Iterator[Answer]:
        for (audit, head), (number, statement) in product(
            zip(audits, heads, strict=True), enumerate(statements)
        ):
            yield Answer(
                audit=audit,
                statement=statement,
                answered_at=now,
                answered_by=head,
                come_back=number % 11 == 10,
                **_values(number),
            )

    Answer.objects.bulk_create(answers(), batch_size=2000)


def _values(number: int) -> dict[str, object]:
    """Like a real school's: mostly rated, a note on every third, here and there something else."""
    if number % 12 == 7:
        return {
            "state": AnswerState.NOT_APPLICABLE,
            "reason": "We have no nursery, so nobody joins before Reception.",
        }
    if number % 12 == 9:
        return {"state": AnswerState.DONT_KNOW}
    note = (
        "Seen in two classes on Monday; the lunch hall still differs from day to day."
        if number % 3 == 0
        else ""
    )
    return {"state": AnswerState.RATED, "rating": number % 4 + 1, "evidence_note": note}


def _version_of_twelve(version: FrameworkVersion) -> FrameworkVersion:
    """The first twelve statements of the real framework, in one section."""
    one = FrameworkVersion.objects.create(
        framework=version.framework,
        version="0.12",
        note=version.note,
        status=FrameworkVersion.Status.PUBLISHED,
        published_at=version.published_at,
    )
    first = version.sections.select_related("area").order_by("position")[0]
    section = Section.objects.create(
        version=one, area=first.area, position=1, introduction=first.introduction
    )
    statements = Statement.objects.filter(section__version=version).order_by("section__position", "position")
    for position, statement in enumerate(statements[:12], start=1):
        statement.pk, statement.section, statement.position = None, section, position
        statement.save(force_insert=True)
    return one
