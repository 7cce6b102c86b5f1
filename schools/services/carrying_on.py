"""Carrying schools on into a new programme year: what would happen first, then exactly that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core import history
from core.seen import digest
from core.words import date_words
from schools.models import Cohort, Participation, ProgrammeYear
from schools.queries.programme import by_cohort
from schools.services.errors import ProgrammeError
from schools.services.years import lock_open_year

_GO_ON = (Participation.Status.ACTIVE, Participation.Status.COMPLETED)


class PlanChanged(ProgrammeError):  # noqa: N818 - it says a state, and reads as one
    """Something changed after the plan was read; nothing was written."""


@dataclass(frozen=True)
class Plan:
    """Who goes on, with what, and who does not, and why."""

    year: ProgrammeYear
    offer: str
    support_hours: int | None
    going: list[Participation]
    """Their parts in the year before."""
    left: list[tuple[str, str]]
    """The other schools of the year before, each with the reason in words."""

    @property
    def offer_words(self) -> str:
        """What those who go on get."""
        return str(Participation.Offer(self.offer).label)

    @property
    def cohorts(self) -> list[tuple[Cohort, list[Participation]]]:
        """Those who go on, by cohort in the order of joining."""
        return list(by_cohort(self.going).items())

    @property
    def digest(self) -> str:
        """Differs when anything that the plan says does."""
        going = [[part.school_id, part.cohort_id, part.offer] for part in self.going]
        given = {"year": self.year.pk, "offer": self.offer, "hours": self.support_hours}
        return digest({**given, "going": going, "left": self.left})


def year_before(year: ProgrammeYear) -> ProgrammeYear | None:
    """The latest year that began before this one."""
    return ProgrammeYear.objects.filter(starts_on__lt=year.starts_on).order_by("starts_on").last()


def parts_before(year: ProgrammeYear) -> QuerySet[Participation]:
    """All parts of the year before, by the name of the school."""
    parts = Participation.objects.filter(programme_year=year_before(year))
    return parts.select_related("school", "cohort__joined_in").order_by("school__name", "pk")


def parts_to_carry_on(year: ProgrammeYear) -> QuerySet[Participation]:
    """Parts of the year before whose schools are active or completed it, and are not in this year yet."""
    here = Participation.objects.filter(programme_year=year)
    return parts_before(year).filter(status__in=_GO_ON).exclude(school__in=here.values("school_id"))


def plan(
    *, year: ProgrammeYear, schools: Collection[int], offer: str, support_hours: int | None = None
) -> Plan:
    """What carrying these schools (by id) on would do; writes nothing."""
    parts = Participation.objects.filter(programme_year=year).order_by().values_list("school_id", "status")
    here = dict(parts)
    going, left = [], []
    for part in parts_before(year):
        if why := _why_not(part, year, here, schools):
            left.append((part.school.name, why))
        else:
            going.append(part)
    return Plan(year, offer, support_hours, going, left)


def _why_not(part: Participation, year: ProgrammeYear, here: dict[int, str], schools: Collection[int]) -> str:
    """Why a school of the year before does not go on; empty when it does."""
    if part.school_id in here:
        return f"In {year} already: {Participation.Status(here[part.school_id]).label.lower()}."
    if part.withdrawn_on is not None:
        return f"Withdrew on {date_words(part.withdrawn_on)}."
    if part.status not in _GO_ON:
        return f"Was {part.get_status_display().lower()} and never began."
    return "" if part.school_id in schools else "You left it out."


def carry_on(
    *,
    year: ProgrammeYear,
    schools: Collection[int],
    offer: str,
    seen: str,
    by: User,
    support_hours: int | None = None,
) -> list[Participation]:
    """Take these schools (by id) into the year, confirmed, with the offer and the hours, with a history line each.

    `seen` is the digest of the plan that was read. Raises PlanChanged when it would do something else by now, and
    YearIsClosed for an archive; nothing is written then.
    """
    with transaction.atomic():
        locked = lock_open_year(year)
        wanted = plan(year=locked, schools=schools, offer=offer, support_hours=support_hours)
        if wanted.digest != seen:
            raise PlanChanged(
                "Somebody changed these schools meanwhile, so nothing was done. Read it once more."
            )
        return [_take(part, wanted, by) for part in wanted.going]


def _take(before: Participation, wanted: Plan, by: User) -> Participation:
    part = Participation.objects.create(
        school=before.school,
        programme_year=wanted.year,
        cohort=before.cohort,
        offer=wanted.offer,
        status=Participation.Status.CONFIRMED,
        support_hours=wanted.support_hours,
    )
    told = f"{part.school} goes on in {wanted.year}: {wanted.offer_words.lower()}."
    given = {"offer": wanted.offer, "support_hours": wanted.support_hours}
    details = {**given, "cohort": str(before.cohort)}
    history.record("participation.carried_on", told, by=by, target=part, school=part.school, details=details)
    return part
