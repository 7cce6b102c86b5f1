"""Calendar feeds: the page where somebody makes and takes back addresses, and the addresses themselves."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.models import School
from schools.views.fetching import school_to_change
from visits.queries.feeds import OwnCalendar, calendars_of, feed_with, feeds_of, file_of, may_have_feed
from visits.services.errors import NoFeed, TooManyFeeds
from visits.services.feeds import make_feed, revoke_feed


@require_safe
def feeds(request: SignedInRequest) -> HttpResponse:
    """The calendars that this person may subscribe to, with the addresses that they made."""
    calendars = calendars_of(request.user)
    if not calendars:
        raise PermissionDenied(str(NoFeed()))
    crumbs = [Crumb("Home", reverse("home")), Crumb("Calendar feeds")]
    return render(request, "visits/feeds.html", {"calendars": calendars, "breadcrumbs": crumbs})


@never_cache
@require_POST
def make_own(request: SignedInRequest) -> HttpResponse:
    """An address for the reader's own visits."""
    return _make(request, None)


@never_cache
@require_POST
def make_for_school(request: SignedInRequest, school_pk: int) -> HttpResponse:
    """An address for the visits of a school that the reader leads."""
    return _make(request, school_to_change(request, school_pk, Verb.TAKE_PART_IN_VISITS))


def _make(request: SignedInRequest, school: School | None) -> HttpResponse:
    """Show the address at once, where other forms redirect: it is stored nowhere, so that no later page knows it."""
    if not may_have_feed(request.user, school):
        raise PermissionDenied(str(NoFeed()))
    try:
        token = make_feed(school=school, by=request.user)
    except TooManyFeeds as refusal:
        messages.error(request, str(refusal))
        return redirect("visits:feeds")
    address = f"{settings.SITE_URL}{reverse('visits:calendar_feed', args=[token])}"
    context = {
        "calendar": OwnCalendar(school),
        "address": address,
        "breadcrumbs": _crumbs("Your new address"),
    }
    return render(request, "visits/feed_made.html", context)


@require_http_methods(("GET", "HEAD", "POST"))
def revoke(request: SignedInRequest, feed_pk: int) -> HttpResponse:
    """Ask, then take an address back."""
    feed = get_object_or_404(feeds_of(request.user), pk=feed_pk)
    if request.method == "POST":
        revoke_feed(feed=feed, by=request.user)
        messages.success(request, "That address answers nothing any more.")
        return redirect("visits:feeds")
    context = {
        "feed": feed,
        "calendar": OwnCalendar(feed.school),
        "breadcrumbs": _crumbs("Take an address back"),
    }
    return render(request, "visits/feed_revoke.html", context)


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The visits, for a calendar program that knows the secret; one and the same 404 for every other address."""
    found = feed_with(token)
    if found is None:
        raise Http404
    file = file_of(found)
    etag = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"], response.headers["Cache-Control"] = etag, "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=response) or response


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb("Home", reverse("home")), Crumb("Calendar feeds", reverse("visits:feeds")), Crumb(here)]
