"""Schools that a person adds before the register's file here has them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from accounts.models import User
from core import history
from schools.models import School, SchoolUrn
from schools.services.errors import ProgrammeError


def add_school_by_hand(*, values: dict[str, Any], urn: int, by: User) -> School:
    """Add a school under its URN, with a history line; the register's next refresh knows it by that number.

    `values` are its fields by name. Raises ProgrammeError when the URN is taken; nothing is written then.
    """
    try:
        with transaction.atomic():
            school = School.objects.create(slug=_slug(values["name"], urn), **values)
            SchoolUrn.objects.create(school=school, urn=urn)
            told = f"{by} added {school} (URN {urn}) by hand: the register here did not have it."
            history.record("school.added_by_hand", told, by=by, target=school, school=school, details=values)
    except IntegrityError:
        raise ProgrammeError(f"Somebody else added a school with the URN {urn} at this moment.") from None
    return school


def _slug(name: str, urn: int) -> str:
    slug = slugify(name)[:160] or "school"
    return f"{slug}-{urn}" if School.objects.filter(slug=slug).exists() else slug
