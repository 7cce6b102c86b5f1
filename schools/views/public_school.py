"""The public page of a school that agreed to be named, and the one page for every school that is not on the list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from core.page_card import site_address
from core.public_texts import shown, wording
from core.same_page import render_same_page
from schools.map_drawing import draw
from schools.more_pages import more_pages_of
from schools.public_words import school_card, school_data, school_path
from schools.qr import qr_code
from schools.queries.listing import PublicSchool, public_school
from schools.queries.outlines import outline_digest
from schools.queries.public import PublicCohort, public_cohorts

NOT_LISTED = "not listed"
"""Stands for the address of the page that says so: it is the same at every address, byte for byte."""


@login_not_required
@require_safe
def school(request: HttpRequest, slug: str) -> HttpResponse:
    """What anybody may know of a school on the public list; 404 for every other, whatever the reason."""
    found = public_school(slug)
    if found is None:
        return not_listed(request)
    cohorts, digest, text = public_cohorts(), outline_digest(), wording("family")
    more = more_pages_of(found.pk, found.slug)
    context = {
        "text": SimpleLazyObject(lambda: shown(text)),
        "school": found,
        "more": more,
        "joined": _joined(found, cohorts),
        "paths": {},  # its one point leads nowhere else
        "drawing": SimpleLazyObject(lambda: draw(digest, [found])),
        "card": SimpleLazyObject(lambda: school_card(found)),
        "data": SimpleLazyObject(lambda: school_data(found)),
        "code": SimpleLazyObject(lambda: qr_code(site_address(school_path(found)))),
    }
    contents = (found, cohorts, digest, text, more)
    return render_same_page(request, "schools/public_school.html", context, contents=contents, address=slug)


def not_listed(request: HttpRequest) -> HttpResponse:
    """404, with what a parent carer can do then: no word of it depends on which school was asked for."""
    text = wording("not-listed")
    context = {"not_listed": SimpleLazyObject(lambda: shown(text))}
    return render_same_page(
        request, "schools/not_listed.html", context, contents=text, status=404, address=NOT_LISTED
    )


def _joined(found: PublicSchool, cohorts: tuple[PublicCohort, ...]) -> str:
    return next((cohort.years for cohort in cohorts if cohort.name == found.cohort), "")
