"""An audit to answer, and ways to answer it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audits.enums import OPEN_STATUSES, AuditStatus
from audits.models import Answer, Audit, Section, Statement
from audits.services.answering import AnswerValues, Given, Outcome, save_answers
from audits.services.sharing import give_section
from tests.factories import AuditFactory
from tests.people import People


@pytest.fixture
def audit(people: People) -> Audit:
    """An audit of the cast's school: two sections of three statements, nothing answered."""
    return AuditFactory(school=people.school, wanted_by=date(2027, 3, 3))


@pytest.fixture
def section(audit: Audit) -> Section:
    """Its first section."""
    return audit.version.sections.get(position=1)


@pytest.fixture
def statement(section: Section) -> Statement:
    """The first statement of that section."""
    return section.statements.get(position=1)


@pytest.fixture
def given(audit: Audit, section: Section, people: People) -> Section:
    """The first section, given to the colleague."""
    give_section(audit=audit, section=section, to=people.colleague, by=people.head)
    return section


@pytest.fixture
def answer(audit: Audit, people: People) -> Callable[..., Outcome]:
    """Answers one statement through the service, over what is stored: `answer(statement, rating=3)`."""

    def say(statement: Statement, *, by=people.head, **values: object) -> Outcome:
        stored = Answer.objects.filter(audit=audit, statement=statement).first()
        if "rating" in values:
            values["state"] = "rated"
        one = Given(statement, AnswerValues(**values), stored.revision if stored else 0)  # type: ignore[arg-type]
        return save_answers(audit=audit, given=[one], known={statement.pk: stored} if stored else {}, by=by)

    return say


@pytest.fixture
def answered(audit: Audit, answer: Callable[..., Outcome]) -> Audit:
    """The audit with every statement rated 2."""
    for one in Statement.objects.filter(section__version=audit.version):
        answer(one, rating=2)
    audit.refresh_from_db()
    return audit


@pytest.fixture
def standing_at(answered: Audit, people: People) -> Callable[[AuditStatus], Audit]:
    """The answered audit, put where a test wants it."""

    def put(status: AuditStatus) -> Audit:
        now = timezone.now()
        later = status not in OPEN_STATUSES
        reviewed = status in (AuditStatus.REVIEWED, AuditStatus.PRIORITIES_AGREED)
        Audit.objects.filter(pk=answered.pk).update(
            status=status,
            submitted_at=now if later else None,
            submitted_by=people.head if later else None,
            reviewed_at=now if reviewed else None,
            reviewed_by=people.liaison if reviewed else None,
        )
        return Audit.objects.get(pk=answered.pk)

    return put


@pytest.fixture
def url(audit: Audit, section: Section) -> str:
    """The page of the first section."""
    return reverse("audits:section", args=[audit.pk, section.area.key])


@pytest.fixture
def statement_url(url: str, statement: Statement) -> str:
    """Where htmx saves its first statement."""
    return f"{url}statements/{statement.key}/"


@pytest.fixture
def head(people: People, sign_in: Callable[..., Client]) -> Client:
    """The head's browser."""
    return sign_in(people.head)


@pytest.fixture
def colleague(people: People, sign_in: Callable[..., Client]) -> Client:
    """The colleague's browser."""
    return sign_in(people.colleague)


@pytest.fixture
def tasks(audit: Audit) -> str:
    """The task list's address."""
    return reverse("audits:tasks", args=[audit.pk])
