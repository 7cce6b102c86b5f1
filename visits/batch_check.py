"""What is stored already, and all rows of a preview together, say of its times.

Nobody is at two places at once; a school's visits keep the order of their numbers; an hour is offered to one school.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from visits.beside import offered_words
from visits.clashes import elsewhere, overlap
from visits.forms.batch import PlannedVisitForm
from visits.order import IS_ON, MAY_BE_ON, Dated, out_of_order
from visits.queries.daybook import Taken, taken_by
from visits.queries.order import dated_visits
from visits.times import VisitTime

IN_THIS_LIST = " in this list"

Planned = tuple[PlannedVisitForm, str, VisitTime]
"""A row, the ending of the boxes of one of its times, and that time."""


def check_preview(rows: Sequence[PlannedVisitForm]) -> bool:
    """Whether each row can be done as it stands. All that cannot be, and all that is odd, is said in one round."""
    for row in rows:
        row.is_valid()
    planned = [
        (row, ending, at)
        for row in rows
        for ending, at in row.by_ending.items()
        if ending not in row.impossible
    ]
    if planned:
        _check_diaries(planned)
        _check_order(planned)
    return not any(row.errors for row in rows)


def _check_diaries(planned: Sequence[Planned]) -> None:
    """What those who go have, or may get, at each time, and what rows above give them then."""
    names = {worker.pk: str(worker) for row, _, _ in planned for worker in row.going}
    days, own = [at.day for _, _, at in planned], {row.visit.pk for row, _, _ in planned}
    diary: dict[tuple[int, date], list[tuple[Taken, str]]] = defaultdict(list)
    for one in taken_by(names, min(days), max(days), but=own):
        diary[one.worker, one.time.day].append((one, ""))
    for row, ending, at in planned:
        for worker in row.going:
            of_the_day = diary[worker.pk, at.day]
            for other, where in of_the_day:
                if other.visit != row.visit and overlap(at, other.time.starts_at, other.time.ends_at):
                    _say_both(row, ending, other, names[worker.pk], where)
            of_the_day.append((Taken(worker.pk, at, row.visit, not row.how.confirms), IN_THIS_LIST))


def _say_both(row: PlannedVisitForm, ending: str, other: Taken, who: str, where: str) -> None:
    if other.is_proposed:
        row.ask(ending, offered_words(who, other, where))
    else:
        row.fault(ending, elsewhere(who, other.visit, other.time, where))


def _check_order(planned: Sequence[Planned]) -> None:
    """Of two in the list the one with the higher number says that it comes before the other."""
    stored = dated_visits({row.visit.school_id for row, _, _ in planned})
    own = {row.visit.pk for row, _, _ in planned}
    listed: dict[tuple[int, int], list[Dated]] = defaultdict(list)
    for row, _, at in planned:
        stands = IS_ON if row.how.confirms else MAY_BE_ON
        listed[_school_of(row)].append(Dated(row.visit.pk, row.visit.step_id, at.day, stands, IN_THIS_LIST))
    for row, ending, at in planned:
        others = [one for one in stored[_school_of(row)] if one.visit not in own]
        lower = [one for one in listed[_school_of(row)] if one.number < row.visit.step_id]
        for odd in out_of_order(row.visit.step_id, at.day, [*others, *lower]):
            row.ask(ending, odd)


def _school_of(row: PlannedVisitForm) -> tuple[int, int]:
    return row.visit.school_id, row.visit.programme_year_id
