"""Addresses of a visit's pages, worked out once in a process: a list of fifty names two hundred of them.

And those that are printed, with the site.
"""

from datetime import datetime
from functools import cache
from typing import TypedDict

from django.conf import settings
from django.urls import reverse

_STAND_IN = 9_000_000_000
"""A number that no visit has; it holds the place of theirs."""


class WherePublished(TypedDict):
    """When and where families read something, as a page on a board says it."""

    published_on: datetime
    address: str
    support_address: str


def where_published(slug: str, at: datetime) -> WherePublished:
    """For what families of the school with this slug read since then."""
    return {
        "published_on": at,
        "address": f"{settings.SITE_URL}{reverse('visits:families_public', args=[slug])}",
        "support_address": f"{settings.SITE_URL}{reverse('visits:public_support')}",
    }


def page_of(name: str, visit_pk: int) -> str:
    """The address of a visit's page with this name, such as "visits:log"."""
    return _pattern(name).replace(str(_STAND_IN), str(visit_pk))


@cache
def _pattern(name: str) -> str:
    return reverse(name, kwargs={"visit_pk": _STAND_IN})
