"""The preview of many visits planned at once: which there are, the dates found, and how far schools lie apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.words import local
from schools.queries.links import link_workers
from schools.queries.terms import SchoolCalendar
from visits.clashes import miles_between
from visits.enums import Slot, VisitStatus
from visits.forms.batch import FIND, PlannedVisitForm
from visits.models import Visit, VisitQuerySet
from visits.queries.clashes import TAKES_ITS_TIME
from visits.queries.planner import Asked, visits_asked
from visits.spread import APART, Busy, Placed, Point, ToPlace, Wish, spread
from visits.times import VisitTime

MOST_LISTED = 200
"""More than this many at once are chosen in two goes."""


FAR = 10
"""Miles in a straight line; more between two schools of one day is worth a word."""
NONE_FOUND = (
    "No date was found with room, in the order of the school’s visits and two weeks from the others. Type one, or look "
    "at more days."
)


def visits_to_plan(user: User, asked: Asked) -> list[Visit]:
    """Visits without a date that were asked for, by step and school."""
    visits = visits_asked(user, asked).filter(status=VisitStatus.TO_SCHEDULE, programme_year__closed_at=None)
    return list(visits.with_names().order_by("step", "school__name", "pk")[:MOST_LISTED])


def visits_of_preview(user: User, pks: Iterable[str]) -> list[Visit]:
    """The visits of a preview that was sent back, in its order, wherever they stand by now."""
    wanted = [int(pk) for pk in pks if pk.isascii() and pk.isdigit() and len(pk) <= 18][:MOST_LISTED]
    found: Mapping[int, Visit] = Visit.objects.visible_to(user).live().with_names().in_bulk(wanted)
    return [found[pk] for pk in dict.fromkeys(wanted) if pk in found]


def find_dates(chosen: Mapping[str, Any], visits: Sequence[Visit]) -> list[Placed]:
    """Dates for the chosen visits on school days of the stretch; none where they are to be typed."""
    if chosen["dates"] != FIND:
        return []
    calendar = SchoolCalendar.load()
    length = (chosen["last"] - chosen["first"]).days + 1
    days = [chosen["first"] + timedelta(days=ahead) for ahead in range(length)]
    workers: list[User] = list(chosen["workers"])
    wish = Wish(
        days=[day for day in days if calendar.is_school_day(day)],
        workers=[worker.pk for worker in workers],
        slots=[slot for slot in Slot if slot in chosen["slots"]],
        most_a_day=chosen["most_a_day"],
        now=timezone.now(),
    )
    return spread(_to_place(visits), _busy(workers, chosen["first"], chosen["last"]), wish)


def _to_place(visits: Sequence[Visit]) -> list[ToPlace]:
    """The visits, each between the dates that others of its school and year have already."""
    dated: dict[tuple[int, int], list[tuple[int, date]]] = defaultdict(list)
    others = Visit.objects.live().filter(school__in={visit.school_id for visit in visits})
    rows = others.order_by()
    for school, year, number, starts_at in rows.values_list("school", "programme_year", "step", "starts_at"):
        if starts_at:
            dated[school, year].append((number, local(starts_at).date()))
    return [_placeable(visit, dated[visit.school_id, visit.programme_year_id]) for visit in visits]


def _placeable(visit: Visit, dated: Sequence[tuple[int, date]]) -> ToPlace:
    year = visit.programme_year
    before = [day + APART for number, day in dated if number < visit.step_id]
    after = [day - APART for number, day in dated if number > visit.step_id]
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


def _dated(workers: Sequence[User], first: date, last: date) -> VisitQuerySet:
    """What the workers have on these days, and a day around them: clocks differ from days of London by an hour."""
    visits = Visit.objects.filter(workers__in=workers, status__in=TAKES_ITS_TIME)
    visits = visits.filter(
        starts_at__date__gte=first - timedelta(days=1), starts_at__date__lte=last + timedelta(days=1)
    )
    return visits.distinct().with_names().prefetch_related("workers")


def _busy(workers: Sequence[User], first: date, last: date) -> list[Busy]:
    going = {worker.pk for worker in workers}
    return [
        Busy(worker.pk, VisitTime(visit.starts_at, visit.ends_at), _point(visit))
        for visit in _dated(workers, first, last)
        if visit.starts_at and visit.ends_at
        for worker in visit.workers.all()
        if worker.pk in going
    ]


def preview_of(
    visits: Sequence[Visit], placed: Iterable[Placed], worker: User | None, *, sought: bool
) -> list[PlannedVisitForm]:
    """The dates that were found, by time, each to be changed or left out; visits without one come last.

    Where dates were `sought`, one without any says why.
    """
    people, calendar = list(link_workers()), SchoolCalendar.load()
    by_pk = {visit.pk: visit for visit in visits}
    found = {one.visit.pk: one for one in placed}
    forms = [_form(by_pk[pk], people, calendar, one) for pk, one in found.items()]
    blank = {"take": False, "worker": str(worker.pk) if worker else ""}
    without = [
        PlannedVisitForm(visit=visit, workers=people, calendar=calendar, initial=blank)
        for visit in visits
        if visit.pk not in found
    ]
    for form in without:
        form.beside = NONE_FOUND if sought else ""
    forms += without
    return _say_how_far(forms, {pk: (one.worker, one.time) for pk, one in found.items()})


def _form(visit: Visit, people: list[User], calendar: SchoolCalendar, one: Placed) -> PlannedVisitForm:
    at = one.time.starts_at.astimezone(timezone.get_current_timezone())
    initial = {"take": True, "day": at.date(), "start": at.time(), "worker": str(one.worker)}
    return PlannedVisitForm(visit=visit, workers=people, calendar=calendar, initial=initial)


def sent_preview(visits: Iterable[Visit], data: Any) -> list[PlannedVisitForm]:
    """The preview as it came back."""
    people, calendar = list(link_workers()), SchoolCalendar.load()
    return [PlannedVisitForm(data, visit=visit, workers=people, calendar=calendar) for visit in visits]


def _say_how_far(
    forms: list[PlannedVisitForm], placed: Mapping[int, tuple[int, VisitTime]]
) -> list[PlannedVisitForm]:
    """Beside each date the other school of that person's day, and how far it is."""
    by_day: dict[tuple[int, date], list[PlannedVisitForm]] = defaultdict(list)
    for form in forms:
        if form.visit.pk in placed:
            worker, at = placed[form.visit.pk]
            by_day[worker, at.day].append(form)
    for together in by_day.values():
        for form, other in pairwise(together):
            other.beside = _far_words(form.visit, other.visit)
    return forms


def _far_words(one: Visit, other: Visit) -> str:
    miles = miles_between(one.school, other.school)
    far = "" if miles is None else f", {miles:.1f} miles in a straight line"
    if miles is not None and miles > FAR:
        far += ": that is far for one day"
    return f"Same day as {one.school}{far}"
