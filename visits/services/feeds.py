"""Making the address of a calendar feed, and taking it back."""

import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import history
from schools.models import School
from schools.models.invitations import digest_of
from visits.models import CalendarFeed
from visits.queries.feeds import feeds_of, may_have_feed
from visits.services.errors import NoFeed, TooManyFeeds

MOST_FEEDS = 10
"""Addresses of one calendar that work at once: one for each device of one person, and some to spare."""


def make_feed(*, school: School | None, by: User) -> str:
    """Make an address for the visits of the school, or for one's own, with a history line.

    Returns its secret, which is stored nowhere. Raises NoFeed and TooManyFeeds.
    """
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        owner = User.objects.select_for_update().get(pk=by.pk)
        if not may_have_feed(owner, school):
            raise NoFeed
        if feeds_of(owner).filter(school=school).count() >= MOST_FEEDS:
            raise TooManyFeeds
        feed = CalendarFeed.objects.create(owner=owner, school=school, token_digest=digest_of(token))
        _write("made", f"{by} made an address for the {_whose(feed)}.", feed, by)
    return token


def revoke_feed(*, feed: CalendarFeed, by: User) -> None:
    """The address answers nothing any more, with a history line. Doing it twice is doing it once."""
    with transaction.atomic():
        now = timezone.now()
        if CalendarFeed.objects.working().filter(pk=feed.pk).update(revoked_at=now):
            _write("revoked", f"{by} took an address for the {_whose(feed)} back.", feed, by)


def _whose(feed: CalendarFeed) -> str:
    return f"calendar of {feed.school}" if feed.school else "calendar of their own visits"


def _write(kind: str, summary: str, feed: CalendarFeed, by: User) -> None:
    history.record(f"feed.{kind}", summary, by=by, target=feed, school=feed.school)
