"""Taking back a school that was added to a year by mistake."""

from collections.abc import Iterator
from datetime import date

from django.db import models, transaction
from django.db.models.deletion import ProtectedError

from accounts.models import User
from core import history
from schools.models import Participation, ProgrammeYear, School
from schools.services.errors import ProgrammeError
from schools.services.years import lock_open_year

_BEFORE_IT_BEGAN = (Participation.Status.INVITED, Participation.Status.CONFIRMED)


def may_be_taken_back(part: Participation, today: date) -> bool:
    """Whether the part stands where a mistake is taken back: the year is to come, and the school did not begin."""
    year = part.programme_year
    return not year.is_archive and today < year.starts_on and part.status in _BEFORE_IT_BEGAN


def why_it_stays(part: Participation, today: date) -> str:
    """Why the part cannot be taken back, in words; empty when it can. One query for each kind of thing."""
    if not may_be_taken_back(part, today):
        return (
            f"{part.school} is {part.get_status_display().lower()} in {part.programme_year}. Only a school that is "
            "invited or confirmed in a year that has not begun can be taken out of it. Note that it withdrew instead."
        )
    hanging = [name for name, found in _hanging(part) if found.exists()]
    if hanging:
        things = ", ".join(hanging)
        return f"{part.school} has something in {part.programme_year} already ({things}), so its part in it stays."
    return ""


def _hanging(part: Participation) -> Iterator[tuple[str, models.QuerySet[models.Model]]]:
    """What belongs to the school and the year, in whichever app: its name, and those of this part."""
    for relation in ProgrammeYear._meta.related_objects:
        model = relation.related_model
        of_school = [field for field in model._meta.concrete_fields if field.related_model is School]
        if model is Participation or not of_school:
            continue
        wanted = {relation.field.name: part.programme_year_id, of_school[0].name: part.school_id}
        yield str(model._meta.verbose_name), model._default_manager.filter(**wanted)


def take_back_part(*, part: Participation, by: User, today: date) -> None:
    """Take the school out of the year, with a line in its history. A second press changes nothing.

    Raises YearIsClosed for an archive, and ProgrammeError where the part stays; the message says why.
    """
    with transaction.atomic():
        lock_open_year(part.programme_year)
        parts = Participation.objects.select_for_update(of=("self",))
        locked = parts.select_related("school", "programme_year", "cohort").filter(pk=part.pk).first()
        if locked is None:
            return
        if why := why_it_stays(locked, today):
            raise ProgrammeError(why)
        history.record(
            "participation.taken_back",
            f"{by} took {locked.school} out of {locked.programme_year}: it was added by mistake.",
            by=by,
            target=locked,
            school=locked.school,
            details={
                "cohort": str(locked.cohort),
                "offer": locked.offer,
                "status": locked.status,
                "support_hours": locked.support_hours,
            },
        )
        try:
            locked.delete()
        except ProtectedError:
            raise ProgrammeError(f"Something hangs on the part of {locked.school}, so it stays.") from None
