"""What each person should do next: gathered from every app, in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, F, Min
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Verb
from audits.enums import OPEN_STATUSES, AuditStatus
from audits.models import Audit, Report
from audits.models.audit import AuditQuerySet
from audits.queries import (
    SectionProgress,
    is_ready_to_submit,
    minutes_to_submit,
    progress_of_each,
    sections_given_to,
    sections_left_to,
)
from core import history
from core.models import OutgoingEmail
from core.prepared import Prepared
from core.words import date_words
from pins.home_actions import action_steps
from pins.home_notes import notes_to_read
from pins.home_people import people_steps
from pins.home_visits import visit_steps, visits_waiting_for_school
from pins.next_step import NextStep
from schools.access import may, own_schools
from schools.models import ProgrammeYear, RegisterRun, School, SuccessionToReview, sees_every_school

MINUTES_TO_CHECK, MINUTES_TO_READ, MINUTES_TO_REVIEW = 5, 10, 20
"""What the short jobs take, by our own trying; sections of the audit are counted exactly."""

_MADE_OR_BEING_MADE = (Report.Status.READY, Report.Status.QUEUED, Report.Status.BUILDING)

LOOK_AHEAD = timedelta(days=30)
"""How long before a programme year ends the next one should be there."""

MOST_STEPS = 25
"""More than this is no list of what to do next; the page says how many more there are."""


@dataclass(frozen=True)
class KeptReport:
    """A school's support report, to be found again once it is no longer something to do."""

    url: str
    school: str
    made: str
    """The day in words, or that it is being made."""


@dataclass(frozen=True)
class Home:
    """What a home page says: what to do next, and below it the reports that were read."""

    steps: list[NextStep]
    reports: list[KeptReport]


def home_of(user: User, *, today: date, at: School | None = None) -> Home:
    """What this person should do next: what is overdue and due first, then what has waited longest.

    What waits for others comes last. The newest report of each own school is either a step or, once it was opened,
    among the reports. Narrowed to one school, nothing of the programme as a whole is among it.
    """
    reports = _own_reports(user, at)
    to_read = [report for report in reports if _is_to_read(report)]
    opened = history.already("report.opened", by=user, among=to_read)
    steps = [
        *_audits_to_answer(user, today, at),
        *(_to_read(report) for report in to_read if str(report.pk) not in opened),
        *_audits_to_review(user, at),
        *_failed_reports(user, at),
        *action_steps(user, today, at),
        *people_steps(user, today, at),
        *visit_steps(user, today, at),
        *notes_to_read(user, at),
        *(_of_the_programme(user, today) if at is None else ()),
    ]
    kept = [
        report
        for report in _newest_of_each_school(reports)
        if report not in to_read or str(report.pk) in opened
    ]
    return Home(sorted(steps, key=_in_order), [_kept(report) for report in kept])


def _in_order(step: NextStep) -> tuple[bool, date]:
    return bool(step.who), step.by or date.max


def school_steps(user: User, school: School, *, today: date) -> list[NextStep]:
    """What the school itself has to do, for somebody of the programme who looks at it, with the whole minutes."""
    audits = _open_audits(user).filter(school=school)
    sections = progress_of_each(audits)
    of_audits = [
        replace(_for_lead(audit, sections[audit.pk], sections[audit.pk], today), url=audit.get_absolute_url())
        for audit in audits
    ]
    return [*of_audits, *visits_waiting_for_school(user, school, today)]


def _only(schools: frozenset[int], at: School | None) -> frozenset[int]:
    return schools if at is None else schools & {at.pk}


def _open_audits(user: User) -> AuditQuerySet:
    audits = Audit.objects.visible_to(user).to_answer()
    return audits.with_names().order_by("wanted_by", "school__name", "pk")


def _audits_to_answer(user: User, today: date, at: School | None) -> Iterator[NextStep]:
    leads = own_schools(user, Verb.LEAD_AUDIT)
    answers = _only(own_schools(user, Verb.ANSWER_AUDIT), at)
    if not answers:
        return
    audits = list(_open_audits(user).filter(school_id__in=answers))
    sections = progress_of_each(audits)
    for audit in audits:
        if audit.school_id in leads:
            left = sections_left_to(user, sections[audit.pk])
            yield _for_lead(audit, sections[audit.pk], left, today)
        else:
            given = sections_given_to(user, sections[audit.pk])
            yield from (_for_colleague(audit, section, today) for section in given if not section.is_done)


def _is_overdue(audit: Audit, today: date) -> bool:
    return audit.wanted_by is not None and audit.wanted_by < today


def _for_lead(
    audit: Audit, sections: list[SectionProgress], left: list[SectionProgress], today: date
) -> NextStep:
    minutes, in_all = minutes_to_submit(audit, left), minutes_to_submit(audit, sections)
    name = f"{audit.get_round_display().lower()} self-audit"
    page = "audits:tasks"
    if audit.status == AuditStatus.NOT_STARTED:
        verb = f"Begin the {name}"
    elif audit.returned and audit.submitted_at and audit.returned_at:
        verb = f"Look again at the {name}: {_how_it_came_back(audit)}"
    elif is_ready_to_submit(sections):
        verb, page, minutes = f"Check and submit the {name}", "audits:check", max(minutes, MINUTES_TO_CHECK)
    else:
        verb = f"Continue the {name}"
    return NextStep(
        verb=verb,
        url=reverse(page, args=[audit.pk]),
        school=audit.school.name,
        minutes=minutes,
        minutes_in_all=in_all if minutes and in_all > minutes else None,
        by=audit.wanted_by,
        overdue=_is_overdue(audit, today),
        school_pk=audit.school_id,
    )


def _how_it_came_back(audit: Audit) -> str:
    if audit.returned == Audit.Returned.SENT_BACK:
        return "it was sent back with a note"
    return "it was reopened"


def _for_colleague(audit: Audit, section: SectionProgress, today: date) -> NextStep:
    return NextStep(
        verb=f"Answer the section “{section.section.area}”",
        url=reverse("audits:section", args=[audit.pk, section.key]),
        school=audit.school.name,
        minutes=section.minutes_left,
        by=audit.wanted_by,
        overdue=_is_overdue(audit, today),
        school_pk=audit.school_id,
    )


def _own_reports(user: User, at: School | None) -> list[Report]:
    """Reports of one's own schools that no newer edition stands for, as they were made; the unmade come last."""
    schools = _only(own_schools(user, Verb.READ_REPORT), at)
    if not schools:
        return []
    reports = (
        Report.objects.visible_to(user)
        .current()
        .filter(audit__school_id__in=schools, status__in=_MADE_OR_BEING_MADE)
        .select_related("audit__school")
        .defer("snapshot")
        .order_by(F("built_at").asc(nulls_last=True), "pk")
    )
    return list(reports)


def _is_to_read(report: Report) -> bool:
    """While an audit is open again, answering it comes before reading what it said."""
    return report.status == Report.Status.READY and report.audit.status not in OPEN_STATUSES


def _to_read(report: Report) -> NextStep:
    return NextStep(
        verb="Read the support report",
        url=reverse("audits:report", args=[report.pk]),
        school=report.audit.school.name,
        minutes=MINUTES_TO_READ,
        since=f"ready since {_made(report)}",
        school_pk=report.audit.school_id,
    )


def _made(report: Report) -> str:
    return date_words(report.built_at) if report.built_at else "being made now"


def _newest_of_each_school(reports: Iterable[Report]) -> list[Report]:
    newest = {report.audit.school_id: report for report in reports}
    return sorted(newest.values(), key=lambda report: report.audit.school.name)


def _kept(report: Report) -> KeptReport:
    return KeptReport(
        url=reverse("audits:report", args=[report.pk]),
        school=report.audit.school.name,
        made=_made(report),
    )


def _audits_to_review(user: User, at: School | None) -> Iterator[NextStep]:
    if not may(user, Verb.REVIEW_AUDIT):
        return
    if at is None and sees_every_school(user):
        submitted = _ALL_TO_REVIEW()
    else:
        audits = Audit.objects.visible_to(user)
        submitted = list(_to_review(audits if at is None else audits.filter(school=at)))
    for audit in submitted:
        if audit.submitted_at:
            yield NextStep(
                verb=f"Review the {audit.get_round_display().lower()} self-audit",
                url=reverse("audits:tasks", args=[audit.pk]),
                school=audit.school.name,
                minutes=MINUTES_TO_REVIEW,
                since=f"submitted {date_words(audit.submitted_at)}",
                school_pk=audit.school_id,
            )


def _to_review(audits: AuditQuerySet) -> AuditQuerySet:
    return audits.filter(status=AuditStatus.SUBMITTED).with_names().order_by("submitted_at", "pk")


_ALL_TO_REVIEW = Prepared(lambda: _to_review(Audit.objects.all()))


def _failed_reports(user: User, at: School | None) -> Iterator[NextStep]:
    if not may(user, Verb.MANAGE_PROGRAMME):
        return
    reports = Report.objects.visible_to(user).current().filter(status=Report.Status.FAILED)
    if at is not None:
        reports = reports.filter(audit__school=at)
    for report in reports.select_related("audit__school").defer("snapshot").order_by("requested_at", "pk"):
        yield NextStep(
            verb="See why the support report could not be made, and try again",
            url=reverse("audits:report", args=[report.pk]),
            school=report.audit.school.name,
            minutes=5,
            since=f"asked for {date_words(report.requested_at)}",
            school_pk=report.audit.school_id,
        )


def _of_the_programme(user: User, today: date) -> Iterator[NextStep]:
    """What belongs to no school: mail that failed, register files, programme years."""
    if not may(user, Verb.MANAGE_PROGRAMME):
        return
    yield from _failed_mail()
    yield from _register_to_review()
    yield from _successions_to_decide()
    yield from _years_to_care_for(today)


def _failed_mail() -> Iterator[NextStep]:
    mail = OutgoingEmail.objects.filter(status=OutgoingEmail.Status.FAILED)
    failed, oldest = mail.aggregate(count=Count("pk"), oldest=Min("queued_at")).values()
    if failed:
        what = "an e-mail" if failed == 1 else f"{failed} e-mails"
        yield NextStep(
            verb=f"See why {what} could not be sent",
            url=f"{reverse('mail')}?status={OutgoingEmail.Status.FAILED.value}",
            minutes=5,
            since=f"since {date_words(timezone.localtime(oldest))}",
        )


def _register_to_review() -> Iterator[NextStep]:
    """A register file that was checked; decisions about successions wait on its pages."""
    for run in RegisterRun.objects.to_do().order_by("begun_at", "pk"):
        yield NextStep(
            verb=f"Read what the register file {run.file_name} would change, and apply it",
            url=run.get_absolute_url(),
            minutes=MINUTES_TO_READ,
            since=f"sent {date_words(timezone.localtime(run.begun_at))}",
        )


def _successions_to_decide() -> Iterator[NextStep]:
    """Of schools of the programme alone: the register's others can wait."""
    undecided = SuccessionToReview.objects.undecided().of_programme()
    waiting, oldest = undecided.aggregate(count=Count("pk"), oldest=Min("found_at")).values()
    if waiting:
        what = "about a school" if waiting == 1 else f"{waiting} cases of schools"
        yield NextStep(
            verb=f"Decide {what} of the programme that merged, split or moved",
            url=reverse("schools:successions"),
            minutes=5 * waiting,
            since=f"found {date_words(timezone.localtime(oldest))}",
        )


def _years_to_care_for(today: date) -> Iterator[NextStep]:
    """Years that are over and not closed, and the next one when the running one has no successor yet."""
    years = list(ProgrammeYear.objects.filter(closed_at=None).order_by("starts_on", "pk"))
    for year in years:
        if year.ends_on < today:
            yield NextStep(
                verb=f"Close the programme year {year}",
                url=reverse("schools:close_year", args=[year.pk]),
                minutes=MINUTES_TO_READ,
                since=f"over since {date_words(year.ends_on)}",
            )
    if years and years[-1].starts_on <= today <= years[-1].ends_on <= today + LOOK_AHEAD:
        yield NextStep(
            verb="Add the next programme year",
            url=reverse("schools:add_year"),
            minutes=5,
            by=years[-1].ends_on,
        )
