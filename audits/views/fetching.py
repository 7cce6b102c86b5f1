"""Fetching what a page is about, through the person who asks: 404 for another's school, 403 for not yours to do."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.requests import SignedInRequest
from audits.access import may_answer, may_lead, may_read_again, may_read_answers, may_review
from audits.models import Answer, Audit, Section, Statement
from audits.queries import stored_answer
from core.prepared import Prepared
from schools.access import VisibleRow

_WITH_NAMES = VisibleRow(lambda user: Audit.objects.visible_to(user).with_names())
_WITH_PEOPLE = VisibleRow(lambda user: Audit.objects.visible_to(user).with_names().with_people())
_LOCKED = VisibleRow(
    lambda user: (
        Audit.objects.visible_to(user)
        .with_withdrawal()
        .select_related("school")
        .select_for_update(of=("self",))
    )
)
_SECTION = Prepared(
    lambda version, key: Section.objects.filter(version=version, area__key=key).select_related("area"),
    int,
    str,
)
_STATEMENT = Prepared(
    lambda version, area, key: Statement.objects.filter(
        section__version=version, section__area__key=area, key=key
    ).select_related("section__area"),
    int,
    str,
    str,
)

Row = TypeVar("Row")


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


def audit_or_404(request: SignedInRequest, audit_pk: int) -> Audit:
    """An audit whose school this person may see."""
    return _found(_WITH_NAMES.find(request.user, audit_pk))


def audit_with_people_or_404(request: SignedInRequest, audit_pk: int) -> Audit:
    """The same, with who submitted, reviewed and returned it."""
    return _found(_WITH_PEOPLE.find(request.user, audit_pk))


def audit_to_read(request: SignedInRequest, audit_pk: int) -> Audit:
    """An audit whose answers this person may read as they stand now."""
    audit = audit_or_404(request, audit_pk)
    if may_read_again(request.user, audit):
        raise PermissionDenied(
            "The school is changing its answers. You can read them once it has submitted again."
        )
    if not may_read_answers(request.user, audit):
        raise PermissionDenied
    return audit


def audit_to_lead(request: SignedInRequest, audit_pk: int) -> Audit:
    """An audit that this person may submit and share out."""
    audit = audit_or_404(request, audit_pk)
    if not may_lead(request.user, audit):
        raise PermissionDenied
    return audit


def audit_to_review(request: SignedInRequest, audit_pk: int) -> Audit:
    """An audit that this person may review, send back and reopen."""
    audit = audit_or_404(request, audit_pk)
    if not may_review(request.user, audit):
        raise PermissionDenied
    return audit


def section_or_404(audit: Audit, area_key: str) -> Section:
    """A section of the version that the audit answers."""
    return _found(_SECTION.first(audit.version_id, area_key))


def section_to_answer(request: SignedInRequest, audit_pk: int, area_key: str) -> tuple[Audit, Section]:
    """An audit and the section of it that this person may answer."""
    audit = audit_or_404(request, audit_pk)
    section = section_or_404(audit, area_key)
    if not may_answer(request.user, audit, section):
        raise PermissionDenied
    return audit, section


def statement_to_save(
    request: SignedInRequest, audit_pk: int, area_key: str, statement_key: str
) -> tuple[Audit, Statement, Answer | None]:
    """An audit, locked until the transaction ends; the statement of it that this person may answer; what is stored."""
    audit = _found(_LOCKED.find(request.user, audit_pk))
    stored = stored_answer(audit, area_key, statement_key)
    statement = stored.statement if stored else _statement_or_404(audit, area_key, statement_key)
    if not may_answer(request.user, audit, statement.section):
        raise PermissionDenied
    return audit, statement, stored


def _statement_or_404(audit: Audit, area_key: str, statement_key: str) -> Statement:
    return _found(_STATEMENT.first(audit.version_id, area_key, statement_key))
