"""The preview of many visits planned at once: which there are, the dates found, and what is beside each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import User
from core.words import local
from schools.queries.links import link_workers
from schools.queries.terms import SchoolCalendar
from visits.beside import Beside, beside
from visits.enums import Slot, VisitStatus
from visits.forms.batch import CONFIRM, ENDINGS, FIND, How, PlannedVisitForm
from visits.models import Visit
from visits.order import Dated
from visits.queries.daybook import Taken, taken_by
from visits.queries.order import dated_visits
from visits.queries.planner import Asked, visits_asked
from visits.spread import APART, Busy, Placed, Point, ToPlace, Wish, spread

MOST_LISTED = 200
"""More than this many at once are chosen in two goes."""

NONE_FOUND = (
    "No date was found with room, in the order of the school’s visits and two weeks from the others. Type one, or look "
    "at more days."
)


class ToPlan(NamedTuple):
    """Visits without a date, and how many more there are than can be chosen at once."""

    listed: list[Visit]
    left_out: int


def visits_to_plan(user: User, asked: Asked) -> ToPlan:
    """Visits without a date that were asked for, by step and school."""
    found = visits_asked(user, asked).filter(status=VisitStatus.TO_SCHEDULE, programme_year__closed_at=None)
    listed = list(found.with_names().order_by("step", "school__name", "pk")[:MOST_LISTED])
    return ToPlan(listed, found.count() - len(listed) if len(listed) == MOST_LISTED else 0)


def visits_of_preview(user: User, pks: Iterable[str]) -> list[Visit]:
    """The visits of a preview that was sent back, in its order, wherever they stand by now."""
    wanted = [int(pk) for pk in pks if pk.isascii() and pk.isdigit() and len(pk) <= 18][:MOST_LISTED]
    visits = Visit.objects.visible_to(user).live().with_names().prefetch_related("workers")
    found: Mapping[int, Visit] = visits.in_bulk(wanted)
    return [found[pk] for pk in dict.fromkeys(wanted) if pk in found]


def found_preview(chosen: Mapping[str, Any], visits: Sequence[Visit]) -> list[PlannedVisitForm]:
    """Dates for the chosen visits by time, each to be changed or left out; visits without one come last.

    They are school days of the stretch. None is sought where they are to be typed.
    """
    workers: list[User] = list(chosen["workers"])
    how = How(confirms=chosen["how"] == CONFIRM, offers=chosen["offers"])
    if chosen["dates"] != FIND:
        return _preview(visits, [], workers, how, ticked=True)
    taken = taken_by([one.pk for one in workers], chosen["first"], chosen["last"])
    placed = spread(_to_place(visits), map(_busy, taken), _wish(chosen, workers))
    rows = _preview(visits, placed, workers, how)
    for row in rows[len(placed) :]:
        row.why_none = NONE_FOUND
    by_pk = {visit.pk: visit for visit in visits}
    planned = [Taken(one.worker, at, by_pk[one.visit.pk]) for one in placed for at in one.times]
    return _say(rows, beside(planned, taken))


def _wish(chosen: Mapping[str, Any], workers: Sequence[User]) -> Wish:
    calendar = SchoolCalendar.load()
    length = (chosen["last"] - chosen["first"]).days + 1
    days = [chosen["first"] + timedelta(days=ahead) for ahead in range(length)]
    return Wish(
        days=[day for day in days if calendar.is_school_day(day)],
        workers=[worker.pk for worker in workers],
        slots=[slot for slot in Slot if slot in chosen["slots"]],
        most_a_day=chosen["most_a_day"],
        now=timezone.now(),
        times=chosen["offers"],
    )


def _to_place(visits: Sequence[Visit]) -> list[ToPlace]:
    """The visits, each between the dates that others of its school and year have already, or may get."""
    dated = dated_visits({visit.school_id for visit in visits})
    return [_placeable(visit, dated[visit.school_id, visit.programme_year_id]) for visit in visits]


def _placeable(visit: Visit, dated: Sequence[Dated]) -> ToPlace:
    year = visit.programme_year
    before = [one.day + APART for one in dated if one.number < visit.step_id]
    after = [one.day - APART for one in dated if one.number > visit.step_id]
    return ToPlace(
        pk=visit.pk,
        school=visit.school_id,
        number=visit.step_id,
        point=_point(visit),
        minutes=visit.step.minutes,
        first=max([year.starts_on, *before]),
        last=min([year.ends_on, *after]),
    )


def _point(visit: Visit) -> Point:
    school = visit.school
    if school.easting is None or school.northing is None:
        return None
    return (school.easting, school.northing)


def _busy(one: Taken) -> Busy:
    return Busy(one.worker, one.time, _point(one.visit))


def _preview(
    visits: Sequence[Visit],
    placed: Sequence[Placed],
    workers: Sequence[User],
    how: How,
    *,
    ticked: bool = False,
) -> list[PlannedVisitForm]:
    people, calendar = list(link_workers()), SchoolCalendar.load()
    found = {one.visit.pk: one for one in placed}
    by_pk = {visit.pk: visit for visit in visits}
    without = [visit for visit in visits if visit.pk not in found]
    blank = {"take": ticked, "worker": str(workers[0].pk) if len(workers) == 1 else ""}
    rows = [(by_pk[pk], _initial(one)) for pk, one in found.items()] + [(visit, blank) for visit in without]
    forms = [
        PlannedVisitForm(visit=visit, workers=people, calendar=calendar, how=how, initial=initial)
        for visit, initial in rows
    ]
    for form in forms[: len(found)]:
        form.by_ending = dict(zip(ENDINGS, sorted(found[form.visit.pk].times), strict=False))
    return forms


def _initial(one: Placed) -> dict[str, Any]:
    initial: dict[str, Any] = {"take": True, "worker": str(one.worker)}
    for ending, time in zip(ENDINGS, sorted(one.times), strict=False):
        at = local(time.starts_at)
        initial |= {f"day{ending}": at.date(), f"start{ending}": at.time()}
    return initial


def sent_preview(visits: Iterable[Visit], data: Any, how: How) -> list[PlannedVisitForm]:
    """The preview as it came back."""
    people, calendar = list(link_workers()), SchoolCalendar.load()
    return [
        PlannedVisitForm(data, visit=visit, workers=people, calendar=calendar, how=how) for visit in visits
    ]


def shown_again(rows: list[PlannedVisitForm]) -> list[PlannedVisitForm]:
    """A preview that came back and has something to mend, with what is beside the times as they were typed."""
    planned = [Taken(worker.pk, at, row.visit) for row in rows for at in row.times for worker in row.going]
    if not planned:
        return rows
    days = [one.time.day for one in planned]
    taken = taken_by(
        {one.worker for one in planned}, min(days), max(days), but={row.visit.pk for row in rows}
    )
    return _say(rows, beside(planned, taken))


def _say(rows: list[PlannedVisitForm], said: Beside) -> list[PlannedVisitForm]:
    for row in rows:
        row.said = said
    return rows
