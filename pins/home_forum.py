"""What those who visit schools have to do about visits: their own first, then those of nobody and of others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.prepared import Prepared
from core.words import date_words, local
from pins.next_step import NO_DATE_YET, NextStep
from schools.models import School, sees_every_school
from visits.addresses import page_of
from visits.enums import MINUTES_TO_RECORD, LinkPurpose, VisitStatus
from visits.forms.planner import EVERY_YEAR
from visits.models import ProposedTime, Reply, Visit, VisitLink, VisitQuerySet
from visits.queries.planner import NOBODY, Clock, Pile, counted

_ONE = {
    Pile.OVERDUE: ("Log visit {number}: its day is past", "visits:log", 2),
    Pile.WITHDREW: ("Cancel visit {number}: the school withdrew", "visits:cancel", 1),
    Pile.SUGGESTED: ("Answer the other time that the school suggested for visit {number}", "visits:visit", 1),
    Pile.NOTES: ("Write the notes of visit {number}", "visits:record", MINUTES_TO_RECORD),
    Pile.SHARE: ("Share the notes of visit {number} with the school", "visits:share", 5),
}
_SEVERAL = {
    Pile.OVERDUE: "Log {count} visits whose day is past",
    Pile.WITHDREW: "Cancel {count} visits of schools that withdrew",
    Pile.SUGGESTED: "Answer {count} schools that suggested another time",
    Pile.NOTES: "Write the notes of {count} visits",
    Pile.SHARE: "Share the notes of {count} visits",
}
_MOST_BY_NAME = 2
"""More than this many of one kind are one line that leads to the planner."""
_NOT_SENT = {
    LinkPurpose.PICK_A_TIME: ("Send the link to pick a time for visit {number} again", "visits:visit"),
    LinkPurpose.READ_THE_SUMMARY: ("Send the link to the summary of visit {number} again", "visits:summary"),
}
MINUTES_TO_FIND_A_DATE, MINUTES_TO_READ_A_REPLY, MINUTES_TO_SEND_AGAIN = 2, 5, 2
ORDER = "starts_at", "pk"


@dataclass(frozen=True)
class Goer:
    """Whose some visits are: one worker's, or nobody's."""

    pk: int | None
    name: str
    is_reader: bool

    @property
    def words(self) -> str:
        """Said beside a visit that is not the reader's own."""
        if self.is_reader:
            return ""
        return f"with {self.name}" if self.pk else "nobody named yet"

    def group(self, pile: Pile) -> str:
        """Where the planner lists all of theirs."""
        return f"{reverse('visits:planner')}?group={pile.value}&worker={self.pk or NOBODY}&year={EVERY_YEAR}"


def forum_steps(user: User, at: School | None) -> Iterator[NextStep]:
    """What waits for those who visit, each with its date; at the end how many visits nobody has dated."""
    clock = Clock.read()
    visits = _that_wait(user, at, clock)
    goers = goers_of(visits, user)
    found: dict[tuple[Goer, Pile], list[Visit]] = defaultdict(list)
    for visit in visits:
        found[goers[visit.pk], clock.pile_of(visit)].append(visit)
    places = {goer: place for place, goer in enumerate(sorted({goer for goer, _ in found}, key=_before))}
    for goer, pile in sorted(found, key=lambda key: (places[key[0]], list(Pile).index(key[1]))):
        yield from _steps(found[goer, pile], pile, goer)
    yield from _not_sent(user, at)
    yield from _said_not_accurate(user, at)
    if at is None:
        yield from _without_a_date(user, clock.today)


def _not_sent(user: User, at: School | None) -> Iterator[NextStep]:
    """Visits of which an e-mail with a link failed for good, while its school can still answer and has not."""
    visits = Visit.objects.visible_to(user).of_schools_taking_part().filter(programme_year__closed_at=None)
    to_pick = Q(purpose=LinkPurpose.PICK_A_TIME, visit__status=VisitStatus.PROPOSED)
    to_read = Q(purpose=LinkPurpose.READ_THE_SUMMARY, visit__status=VisitStatus.SHARED, visit__reply=None)
    links = VisitLink.objects.not_sent().filter(
        to_pick & Q(expires_at__gt=timezone.now()) | to_read,
        visit__in=visits if at is None else visits.filter(school=at),
    )
    found = {link.visit_id: link for link in links.select_related("visit__school").order_by("-sent_at")}
    first_failed = list(reversed(found.values()))
    if len(first_failed) <= _MOST_BY_NAME:
        goers = goers_of([link.visit for link in first_failed], user) if first_failed else {}
        yield from (_send_again(link, goers[link.visit_id]) for link in first_failed)
        return
    yield NextStep(
        verb=f"Send the links of {len(first_failed)} visits again: the e-mails could not be sent",
        url=_send_again(first_failed[0]).url,
        minutes=MINUTES_TO_SEND_AGAIN * len(first_failed),
        since=f"the first of {date_words(first_failed[0].sent_at)}",
    )


def _send_again(link: VisitLink, goer: Goer | None = None) -> NextStep:
    verb, page = _NOT_SENT[LinkPurpose(link.purpose)]
    return NextStep(
        verb=f"{verb.format(number=link.visit.step_id)}: the e-mail could not be sent",
        url=page_of(page, link.visit_id),
        school=link.visit.school.name,
        school_pk=link.visit.school_id,
        minutes=MINUTES_TO_SEND_AGAIN,
        since=f"e-mail of {date_words(link.sent_at)}",
        who=goer.words if goer else "",
    )


def _said_not_accurate(user: User, at: School | None) -> Iterator[NextStep]:
    """Notes that a school calls not accurate, until the visit is closed: it holds nothing up, and is to be read."""
    visits = Visit.objects.visible_to(user).filter(
        status=VisitStatus.SHARED, reply__verdict=Reply.Verdict.NOT_ACCURATE, programme_year__closed_at=None
    )
    found = list(
        (visits if at is None else visits.filter(school=at)).select_related("school", "reply").order_by("pk")
    )
    goers = goers_of(found, user) if found else {}
    for visit in found:
        yield NextStep(
            verb=f"Read why the notes of visit {visit.step_id} are not accurate, and close the visit",
            url=page_of("visits:visit", visit.pk),
            school=visit.school.name,
            school_pk=visit.school_id,
            minutes=MINUTES_TO_READ_A_REPLY,
            since=f"replied {date_words(visit.reply.replied_at)}",
            who=goers[visit.pk].words,
        )


def _before(goer: Goer) -> tuple[bool, bool, str, int]:
    return (not goer.is_reader, goer.pk is not None, goer.name, goer.pk or 0)


def _that_wait(user: User, at: School | None, clock: Clock) -> list[Visit]:
    if at is None and sees_every_school(user):
        return _ALL_THAT_WAIT(clock.now, clock.week_ends)
    visits = Visit.objects.visible_to(user)
    return list(_waiting(visits if at is None else visits.filter(school=at), clock))


def _waiting(visits: VisitQuerySet, clock: Clock) -> QuerySet[Visit]:
    waiting = Q(pk__in=())
    for pile in _ONE:
        waiting |= clock.condition(pile)
    suggested = ProposedTime.objects.filter(visit=OuterRef("pk"), by_the_school=True).order_by("proposed_at")
    asked = counted(visits).filter(waiting).select_related("school")
    return asked.annotate(suggested_at=Subquery(suggested.values("proposed_at")[:1])).order_by(*ORDER)


_ALL_THAT_WAIT = Prepared(
    lambda now, week_ends: _waiting(Visit.objects.all(), Clock(now, week_ends)), datetime, datetime
)
"""By now and the end of the seven days; nearly every day begins with it."""


def goers_of(visits: Iterable[Visit], user: User) -> dict[int, Goer]:
    """Whose each visit is: the reader's where they go among others; one query where there are any."""
    pks = [visit.pk for visit in visits]
    found = dict.fromkeys(pks, Goer(None, "", is_reader=False))
    rows = Visit.workers.through.objects.filter(visit__in=pks).order_by("-user__name", "-user__email")
    for visit, pk, name, email in rows.values_list("visit_id", "user_id", "user__name", "user__email"):
        if not found[visit].is_reader:
            found[visit] = Goer(pk, name or email, is_reader=pk == user.pk)
    return found


def _steps(visits: list[Visit], pile: Pile, goer: Goer) -> Iterator[NextStep]:
    if len(visits) <= _MOST_BY_NAME:
        yield from (_one(visit, pile, goer) for visit in visits)
        return
    by, since = min(_dates(visit, pile) for visit in visits)
    yield NextStep(
        verb=_SEVERAL[pile].format(count=len(visits)),
        url=goer.group(pile),
        minutes=_ONE[pile][2] * len(visits),
        by=by if pile is Pile.OVERDUE else None,
        since=f"the first {since} {date_words(by)}",
        overdue=pile is Pile.OVERDUE,
        who=goer.words,
    )


def _one(visit: Visit, pile: Pile, goer: Goer) -> NextStep:
    verb, page, minutes = _ONE[pile]
    day, since = _dates(visit, pile)
    return NextStep(
        verb=verb.format(number=visit.step_id),
        url=page_of(page, visit.pk),
        school=visit.school.name,
        school_pk=visit.school_id,
        minutes=minutes,
        by=day if pile is Pile.OVERDUE else None,
        since=f"{since} {date_words(day)}",
        overdue=pile is Pile.OVERDUE,
        telephone=visit.school.telephone if pile is Pile.SUGGESTED else "",
        who=goer.words,
    )


def _dates(visit: Visit, pile: Pile) -> tuple[date, str]:
    """The day of which its line speaks, and what was or will be on it."""
    suggested_at: datetime | None = visit.suggested_at  # type: ignore[attr-defined]  # _waiting adds it
    if pile is Pile.SUGGESTED and suggested_at:
        return local(suggested_at).date(), "suggested"
    if visit.starts_at is None:
        return local(visit.changed_at).date(), "proposed"
    return local(visit.starts_at).date(), "planned for" if pile is Pile.WITHDREW else "held"


def _without_a_date(user: User, today: date) -> Iterator[NextStep]:
    """How many visits of the running year nobody has dated: as many as the planner lists."""
    undated = counted(Visit.objects.visible_to(user)).filter(status=VisitStatus.TO_SCHEDULE)
    runs = undated.filter(programme_year__starts_on__lte=today, programme_year__ends_on__gte=today)
    for year, count in runs.order_by().values_list("programme_year").annotate(Count("pk")):
        yield NextStep(
            verb="Find a date for a visit" if count == 1 else f"Find dates for {count} visits",
            url=f"{reverse('visits:planner')}?group={Pile.NO_DATE.value}&year={year}",
            minutes=MINUTES_TO_FIND_A_DATE * count,
            since=NO_DATE_YET,
        )
