"""Addresses of a visit's pages, worked out once in a process: a list of fifty names two hundred of them."""

from functools import cache

from django.urls import reverse

_STAND_IN = 9_000_000_000
"""A number that no visit has; it holds the place of theirs."""


def page_of(name: str, visit_pk: int) -> str:
    """The address of a visit's page with this name, such as "visits:log"."""
    return _pattern(name).replace(str(_STAND_IN), str(visit_pk))


@cache
def _pattern(name: str) -> str:
    return reverse(name, kwargs={"visit_pk": _STAND_IN})
