"""Taking back a school that was added to a year by mistake."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol, runtime_checkable

from django.db import models, transaction
from django.db.models.deletion import ProtectedError

from accounts.models import User
from core import history
from schools.models import Participation, ProgrammeYear, School
from schools.services.errors import ProgrammeError
from schools.services.years import lock_open_year


@runtime_checkable
class HasMadeAhead(Protocol):
    """Rows of which some are made for a school before anybody turned to it, as its visits of the year are.

    Those go with a part that is taken back. A model of another app has a queryset with this method; this
    app knows none of them (decision 0036).
    """

    def made_ahead(self) -> models.QuerySet[models.Model]:
        """Those of the rows that nobody has turned to."""


_BEFORE_IT_BEGAN = (Participation.Status.INVITED, Participation.Status.CONFIRMED)


def may_be_taken_back(part: Participation, today: date) -> bool:
    """Whether the part stands where a mistake is taken back: the year is to come, and the school did not begin."""
    year = part.programme_year
    return not year.is_archive and today < year.starts_on and part.status in _BEFORE_IT_BEGAN


def why_it_stays(part: Participation, today: date) -> str:
    """Why the part cannot be taken back, in words; empty when it can. Two queries at most for each kind of thing."""
    if not may_be_taken_back(part, today):
        return (
            f"{part.school} is {part.get_status_display().lower()} in {part.programme_year}. Only a school that is "
            "invited or confirmed in a year that has not begun can be taken out of it. Note that it withdrew instead."
        )
    hanging = [str(rows.model._meta.verbose_name) for rows in _hanging(part) if not _goes_along(rows)]
    if hanging:
        things = ", ".join(hanging)
        return f"{part.school} has something in {part.programme_year} already ({things}), so its part in it stays."
    return ""


def _hanging(part: Participation) -> Iterator[models.QuerySet[models.Model]]:
    """What belongs to the school and the year, in whichever app: the rows of each model."""
    for relation in ProgrammeYear._meta.related_objects:
        model = relation.related_model
        of_school = [field for field in model._meta.concrete_fields if field.related_model is School]
        if model is Participation or not of_school:
            continue
        wanted = {relation.field.name: part.programme_year_id, of_school[0].name: part.school_id}
        yield model._default_manager.filter(**wanted)


def _goes_along(rows: models.QuerySet[models.Model]) -> bool:
    """Whether nothing of these keeps the part in its year."""
    if isinstance(rows, HasMadeAhead):
        return not rows.exclude(pk__in=rows.made_ahead()).exists()
    return not rows.exists()


def take_back_part(*, part: Participation, by: User, today: date) -> None:
    """Take the school out of the year with what was made for it ahead, and a line in its history.

    A second press changes nothing. Raises YearIsClosed for an archive, and ProgrammeError where the part stays; the
    message says why.
    """
    with transaction.atomic():
        lock_open_year(part.programme_year)
        parts = Participation.objects.select_for_update(of=("self",))
        locked = parts.select_related("school", "programme_year", "cohort").filter(pk=part.pk).first()
        if locked is None:
            return
        if why := why_it_stays(locked, today):
            raise ProgrammeError(why)
        try:
            _delete(locked, by)
        except ProtectedError:
            raise ProgrammeError(f"Something hangs on the part of {locked.school}, so it stays.") from None


def _delete(part: Participation, by: User) -> None:
    ahead = [rows.made_ahead() for rows in _hanging(part) if isinstance(rows, HasMadeAhead)]
    gone = {rows.model._meta: rows.delete()[1].get(rows.model._meta.label, 0) for rows in ahead}
    history.record(
        "participation.taken_back",
        f"{by} took {part.school} out of {part.programme_year}: it was added by mistake.",
        by=by,
        target=part,
        school=part.school,
        details={
            "cohort": str(part.cohort),
            "offer": part.offer,
            "status": part.status,
            "support_hours": part.support_hours,
            "made_ahead": {str(meta.verbose_name_plural): number for meta, number in gone.items() if number},
        },
    )
    part.delete()
