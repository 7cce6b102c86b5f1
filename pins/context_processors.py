"""What every page knows of the person who reads it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from pins.navigation import links_for
from schools.access import only_school_of, schools_of
from schools.models import sees_every_school


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the header says, each when first asked for.

    `navigation`: its links; `own_school`: for which school I am here; `own_schools`: how many I can change between.
    """
    user = getattr(request, "user", None)
    if user is None:  # an error page before anybody was recognised
        return {"navigation": (), "own_school": "", "own_schools": 0}
    return {
        "navigation": SimpleLazyObject(lambda: links_for(user, request.path)),
        "own_school": SimpleLazyObject(lambda: _school_here(request) or only_school_of(user)),
        "own_schools": SimpleLazyObject(lambda: _to_change_between(user)),
    }


def _school_here(request: HttpRequest) -> str:
    """The school that the page is about, where the page is a school's own."""
    return str(getattr(request, "school_here", ""))


def _to_change_between(user: User) -> int:
    """How many schools they belong to, where it is more than one and no role of theirs opens every school."""
    several = 0 if user.is_authenticated and sees_every_school(user) else len(schools_of(user))
    return several if several > 1 else 0
