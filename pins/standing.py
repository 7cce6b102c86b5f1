"""How a school and its self-audit stand, in one short sentence each."""

from collections.abc import Sequence
from datetime import date

from audits.enums import AuditStatus, Standing
from audits.models import Audit
from audits.queries import SectionProgress
from core.words import date_words
from schools.models import Participation, School

_OFFERS = {
    Participation.Offer.FULL: "on the full offer",
    Participation.Offer.EMBEDDING: "on the embedding offer",
    Participation.Offer.TRAINING_ONLY: "with training only",
}


def part_words(school: School, part: Participation | None, *, today: date) -> str:
    """Whether and how the school takes part: in the running year, or when it last did."""
    closed = _closed_words(school)
    if part is None:
        return f"{closed}Not in the programme so far."
    year = part.programme_year
    if year.ends_on < today:
        return f"{closed}Not in the programme now. {_past(part)}"
    return f"{closed}{_now(part)}"


def _closed_words(school: School) -> str:
    if school.status != School.Status.CLOSED:
        return ""
    return (
        f"The school closed on {date_words(school.closed_on)}. "
        if school.closed_on
        else "The school closed. "
    )


def _now(part: Participation) -> str:
    year, offer = part.programme_year, _OFFERS[Participation.Offer(part.offer)]
    match part.status:
        case Participation.Status.INVITED:
            return f"Invited to take part in {year} {offer}, not confirmed yet."
        case Participation.Status.CONFIRMED:
            return f"Confirmed for {year} {offer}. It has not begun yet."
        case Participation.Status.COMPLETED:
            return f"Completed {year} {offer}."
        case Participation.Status.WITHDRAWN:
            return f"Withdrew from {year}{_on(part.withdrawn_on)}."
    return f"Active in {year} {offer}."


def _past(part: Participation) -> str:
    year, offer = part.programme_year, _OFFERS[Participation.Offer(part.offer)]
    match part.status:
        case Participation.Status.WITHDRAWN:
            return f"It withdrew from {year}{_on(part.withdrawn_on)}."
        case Participation.Status.INVITED | Participation.Status.CONFIRMED:
            return f"It was asked to take part in {year} and did not begin."
    return f"It last took part in {year}, {offer}."


def _on(day: date | None) -> str:
    return f" on {date_words(day)}" if day else ""


def audit_words(audit: Audit, standing: Standing, sections: Sequence[SectionProgress], *, today: date) -> str:
    """How its self-audit stands, as the reader is told; the sections matter while it is open."""
    name = f"The {audit.get_round_display().lower()} self-audit"
    if standing is Standing.WITH_SCHOOL:
        return f"{name} is with the school{_wanted(audit, today)}."
    if audit.is_open:
        return f"{name} {_open(audit, sections)}{_wanted(audit, today)}."
    match audit.status:
        case AuditStatus.SUBMITTED:
            return f"{name} was submitted{_on(audit.submitted_at)} and waits to be reviewed."
        case AuditStatus.REVIEWED:
            return f"{name} was reviewed{_on(audit.reviewed_at)}."
    return f"{name} is done and priorities are agreed."


def _open(audit: Audit, sections: Sequence[SectionProgress]) -> str:
    done = f"{sum(section.is_done for section in sections)} of {len(sections)} sections"
    if audit.returned == Audit.Returned.SENT_BACK:
        return f"was sent back with a note: {done}"
    if audit.returned:
        return f"is open again: {done}"
    if audit.status == AuditStatus.NOT_STARTED:
        return "is not started"
    return f"is under way: {done}"


def _wanted(audit: Audit, today: date) -> str:
    if audit.wanted_by is None:
        return ""
    return f", {'was wanted' if audit.wanted_by < today else 'wanted'} by {date_words(audit.wanted_by)}"
