"""The columns of the self-audit: answering, the review, the support report.

Days are counted
- before the school was asked: from the first day of the year;
- while it answers: from when it was asked, which the history alone knows, or from when it came back to the school;
  where nobody wrote down that it was asked, from when the school was confirmed in the year, else from the year's first
  day, and the cell says so;
- once that is overdue: from the day by which it was wanted;
- once submitted, and while it waits for a review: from the submission; once reviewed, from the review;
- of the report: from when it was ordered; once it is made, from then.

The baseline stands for the year: it is asked for once, in whichever year.
"""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import CharField, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from audits.enums import OPEN_STATUSES, AuditStatus, Round, Standing
from audits.models import Audit, Report
from audits.models.audit import is_past
from core.models import HistoryEntry
from core.prepared import Prepared
from core.words import LONDON
from pins.dashboard.column import BySchool, Column, Part, Reader, Stand, State
from pins.dashboard.enums import Waits
from pins.navigation import address
from schools.models import Participation, ProgrammeYear

TO_ASK = {
    (offer, status)
    for offer in (Participation.Offer.FULL, Participation.Offer.EMBEDDING)
    for status in (Participation.Status.CONFIRMED, Participation.Status.ACTIVE)
}
"""As `audits.whom_to_ask` has it."""

ASKED, CONFIRMED = "audit.asked", "participation.confirmed"
"""Lines of the history."""

SUBMITTED = State("submitted", "Submitted", "green", is_done=True)
STOPPED = State("stopped", "Not wanted", is_wanted=False)
OVERDUE = State("overdue", "Overdue", "red", Waits.SCHOOL, is_overdue=True)
BACK = {
    standing.value: State(standing.value, str(standing.label), "amber", Waits.SCHOOL)
    for standing in (Standing.SENT_BACK, Standing.OPEN_AGAIN)
}
OPEN = {
    Standing.NOT_STARTED.value: State("not_started", "Not started", "grey", Waits.SCHOOL),
    Standing.IN_PROGRESS.value: State("in_progress", "In progress", "amber", Waits.SCHOOL),
}
WITH_SCHOOL = State(Standing.WITH_SCHOOL.value, str(Standing.WITH_SCHOOL.label), "amber", Waits.SCHOOL)
"""What is said of an audit that is open to whoever reads submitted answers alone."""
EARLIER = State("earlier", "In an earlier year", is_wanted=False)
TO_BE_ASKED = State("to_ask", "Not asked yet", "amber", Waits.FORUM)
NONE = State("none", "Not needed", is_wanted=False)

TO_REVIEW = State("to_review", "To review", "amber", Waits.FORUM)
REVIEWED = State("reviewed", "Reviewed", "green", is_done=True)
NOT_YET = State("not_yet", "Not yet")

MADE = State("ready", "Made", "green", is_done=True)
FAILED = State("failed", "Could not be made", "red", Waits.FORUM)
BUILDING = State("building", "Being made", "amber", ends_by_itself=True)
REPORTS = {Report.Status.READY.value: MADE, Report.Status.FAILED.value: FAILED}


class ReportFacts(NamedTuple):
    """What the columns read of a report."""

    pk: int
    status: str
    since: datetime


class AuditFacts(NamedTuple):
    """What the columns read of an audit."""

    pk: int
    status: str
    returned: str
    wanted_by: date | None
    submitted_at: datetime | None
    reviewed_at: datetime | None
    returned_at: datetime | None
    is_of_year: bool
    """Or of one before it."""
    asked_at: datetime | None
    report: ReportFacts | None
    confirmed_at: datetime | None = None
    """When its school was last confirmed in the year."""

    def open_since(self, reader: Reader) -> tuple[datetime | None, str]:
        """Since when the school has it, by the best record there is, and which one that is where it is not that."""
        if known := self.returned_at or self.asked_at:
            return known, ""
        if self.confirmed_at:
            return self.confirmed_at, "since it was confirmed"
        began = reader.year.starts_on
        return (_day(began), "since the year began") if began <= reader.today else (None, "")


def baselines(year: ProgrammeYear) -> BySchool:
    """The baseline of each school, with its report: of this year, else of one before it. Three queries."""
    asked, confirmed = _since(year)
    reports = _reports_of(year)
    found: dict[int, AuditFacts] = {}
    for school, of_year, pk, *rest in _AUDITS(year.pk):
        if of_year == year.pk or school not in found or not found[school].is_of_year:
            known = (of_year == year.pk, asked.get(pk), reports.get(pk), confirmed.get(school))
            found[school] = AuditFacts._make((pk, *rest, *known))
    return found


def _since(year: ProgrammeYear) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When each audit was asked for, and when each school was confirmed, as far as the history knows."""
    asked: dict[int, datetime] = {}
    confirmed: dict[int, datetime] = {}
    for kind, target, school, at in _ASKED(year.pk):
        if kind == ASKED:
            asked[int(target)] = at
        else:
            confirmed[int(school)] = at
    return asked, confirmed


def _audits(year: int) -> QuerySet[Audit, Any]:
    begins = ProgrammeYear.objects.filter(pk=year).values("starts_on")
    audits = Audit.objects.filter(round=Round.BASELINE, programme_year__starts_on__lte=Subquery(begins))
    return audits.order_by("programme_year__starts_on", "programme_year_id").values_list(
        *("school_id", "programme_year_id", "pk", "status", "returned", "wanted_by"),
        *("submitted_at", "reviewed_at", "returned_at"),
    )


_AUDITS = Prepared(_audits, int)


def _asked(year: int) -> QuerySet[HistoryEntry, Any]:
    audits = Audit.objects.filter(round=Round.BASELINE, programme_year=year).order_by()
    parts = Participation.objects.filter(programme_year=year).order_by()
    lines = HistoryEntry.objects.filter(_lines_of(ASKED, audits) | _lines_of(CONFIRMED, parts))
    return lines.order_by("at").values_list("kind", "target_id", "school_id", "at")


def _lines_of(kind: str, rows: QuerySet[Any]) -> Q:
    pks = rows.values_list(Cast("pk", CharField()))
    return Q(kind=kind, target_type=rows.model._meta.label_lower, target_id__in=pks)


_ASKED = Prepared(_asked, int)


def _answers(part: Part, audit: AuditFacts | None, reader: Reader) -> Stand:
    if audit is None or not audit.is_of_year:
        return _without(part, audit, reader)
    if audit.status not in OPEN_STATUSES:
        return Stand(SUBMITTED, audit.submitted_at, audit.pk)
    if part.withdrew:
        return Stand(STOPPED, None, audit.pk)
    past = is_past(wanted_by=audit.wanted_by, submitted_at=audit.submitted_at, today=reader.today)
    if past and audit.wanted_by is not None:
        return Stand(OVERDUE, _day(audit.wanted_by), audit.pk, _day(audit.wanted_by), is_wanted_by=True)
    state = (BACK.get(audit.returned) or OPEN[audit.status]) if reader.reads_open_audits else WITH_SCHOOL
    wanted_by = _day(audit.wanted_by) if audit.wanted_by and not audit.submitted_at else None
    since, counted_from = audit.open_since(reader)
    return Stand(state, since, audit.pk, wanted_by, is_wanted_by=True, counted_from=counted_from)


def _without(part: Part, audit: AuditFacts | None, reader: Reader) -> Stand:
    if audit is not None:
        return Stand(EARLIER, None, audit.pk)
    if (part.offer, part.status) not in TO_ASK:
        return Stand(NONE)
    return Stand(TO_BE_ASKED, _day(reader.year.starts_on) if reader.year.starts_on <= reader.today else None)


def _day(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _review(part: Part, audit: AuditFacts | None, reader: Reader) -> Stand:
    if audit is None or not audit.is_of_year:
        return Stand(NOT_YET if _without(part, audit, reader).state is TO_BE_ASKED else NONE)
    if audit.status in (AuditStatus.REVIEWED, AuditStatus.PRIORITIES_AGREED):
        return Stand(REVIEWED, audit.reviewed_at, audit.pk)
    if part.withdrew:
        return Stand(STOPPED, None, audit.pk)
    if audit.status == AuditStatus.SUBMITTED:
        return Stand(TO_REVIEW, audit.submitted_at, audit.pk)
    return Stand(NOT_YET)


def _reports_of(year: ProgrammeYear) -> dict[int, ReportFacts]:
    """By the audit: the report that no later one has superseded."""
    return {audit: ReportFacts._make(rest) for audit, *rest in _REPORTS(year.pk)}


def _current_reports(year: int) -> QuerySet[Report, Any]:
    reports = Report.objects.current().filter(audit__round=Round.BASELINE, audit__programme_year=year)
    made = Coalesce("built_at", "requested_at")
    return reports.order_by("edition").values_list("audit_id", "pk", "status", made)


_REPORTS = Prepared(_current_reports, int)


def _report(part: Part, audit: AuditFacts | None, reader: Reader) -> Stand:
    if audit is None or not audit.is_of_year:
        return Stand(NOT_YET if _without(part, audit, reader).state is TO_BE_ASKED else NONE)
    if audit.report is None:
        return Stand(STOPPED if part.withdrew else NOT_YET)
    state = REPORTS.get(audit.report.status, BUILDING)
    return Stand(state, audit.report.since, audit.report.pk)


def _audit(pk: int) -> str:
    return address("audits:tasks", args=(0,)).replace("/0/", f"/{pk}/")


def _report_page(pk: int) -> str:
    return address("audits:report", args=(0,)).replace("/0/", f"/{pk}/")


ANSWERING = Column(
    key="audit",
    head="Self-audit",
    states=(
        *(OVERDUE, TO_BE_ASKED, *OPEN.values(), WITH_SCHOOL, *BACK.values(), SUBMITTED),
        *(EARLIER, STOPPED, NONE),
    ),
    source=baselines,
    stands=_answers,
    link=_audit,
)
REVIEW = Column(
    key="review",
    head="Review",
    states=(TO_REVIEW, REVIEWED, NOT_YET, STOPPED, NONE),
    source=baselines,
    stands=_review,
    link=_audit,
)
REPORT = Column(
    key="report",
    head="Support report",
    states=(FAILED, BUILDING, MADE, NOT_YET, STOPPED, NONE),
    source=baselines,
    stands=_report,
    link=_report_page,
)
