"""The pages of words that anybody may read: each is a text of core.public_texts on a page of its own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from core.page_card import PageCard
from core.public_texts import KINDS, shown, wording
from core.same_page import render_same_page
from schools.models import PartnerBody
from schools.queries.programme import partner_bodies


def _page(
    request: HttpRequest, key: str, template: str = "pins/content.html", bodies: tuple[PartnerBody, ...] = ()
) -> HttpResponse:
    text = wording(key)
    told = SimpleLazyObject(lambda: shown(text))
    card = SimpleLazyObject(lambda: PageCard(told.title, told.description, reverse(KINDS[key].url_name)))
    contents = (text, tuple((body.name, body.part, body.website) for body in bodies))
    return render_same_page(
        request, template, {"text": told, "card": card, "bodies": bodies}, contents=contents, address=key
    )


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the programme is, and who is behind it here."""
    return _page(request, "about", "pins/about.html", tuple(partner_bodies()))


@login_not_required
@require_safe
def forum(request: HttpRequest) -> HttpResponse:
    """What the parent carer forum does in the programme."""
    return _page(request, "forum")


@login_not_required
@require_safe
def parent_carers(request: HttpRequest) -> HttpResponse:
    """What parent carers can do, and who sees what they say."""
    return _page(request, "parent-carers")


@login_not_required
@require_safe
def for_schools(request: HttpRequest) -> HttpResponse:
    """What a school gets and gives."""
    return _page(request, "for-schools")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How well the site can be used, and how to say that it cannot."""
    return _page(request, "accessibility")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people."""
    return _page(request, "privacy")


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the forum."""
    return _page(request, "contact", "pins/contact.html")
