"""The at most five words of navigation that each person sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Verb
from schools.access import may, own_schools
from schools.models import sees_every_school

REPORTS = "/reports/"
"""Where support reports are read; they belong to their self-audits."""
VISITS = "/visits/"
"""Where visits are planned and read."""
THEMES = "/themes/"
"""What parent carers say over all schools; who plans visits comes there from them."""
OF_THE_PROGRAMME = ("schools:register", "people", "mail")
"""What one comes to through the page of the programme."""

address = cache(reverse)
"""The same for as long as the process runs."""


@dataclass(frozen=True)
class Link:
    """One word of the navigation."""

    label: str
    url: str
    current: bool


def links_for(user: User, path: str) -> tuple[Link, ...]:
    """The navigation for this person on the page at `path`."""
    return tuple(
        Link(label, places[0], any(path.startswith(place) for place in places))
        for label, *places in _places(user)
    )


def _places(user: User) -> Iterator[tuple[str, ...]]:
    """The word, its address, and where else it is the one that people have come through."""
    if not user.is_authenticated:
        yield "About", address("about")
        yield "Schools", address("schools:public_list")
        yield "Parent carers", address("parent_carers")
        yield "Contact", address("contact")
        yield "Sign in", address("account_login")
        return
    yield "Home", address("home")
    if may(user, Verb.SEE_DASHBOARDS):
        yield "Dashboard", address("dashboard"), address("audits:list"), REPORTS
    elif own_schools(user, Verb.READ_REPORT):
        yield "Self-audits", address("audits:list"), REPORTS
    if may(user, Verb.RECORD_VISITS):
        yield "Visits", VISITS, THEMES
    elif may(user, Verb.SEE_DASHBOARDS):
        yield "Themes", THEMES
    yield _schools(user)
    if may(user, Verb.MANAGE_PROGRAMME):
        yield "Programme", address("schools:programme"), *(address(name) for name in OF_THE_PROGRAMME)


def _schools(user: User) -> tuple[str, ...]:
    """Who belongs to one school goes straight to it."""
    own = () if sees_every_school(user) else tuple(own_schools(user, Verb.VIEW_SCHOOL))
    if len(own) == 1:
        return "Your school", address("workspace", args=own)
    return "Schools", address("workspaces"), address("schools:public_list")
