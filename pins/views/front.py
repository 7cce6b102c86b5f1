"""The front page, for anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from core.page_card import PageCard
from core.public_texts import shown, wording
from core.same_page import render_same_page
from schools.queries.public import public_counts


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What it is about in two sentences, where to look for a school, and the ways to all other pages."""
    counts, text = public_counts(), wording("front")
    told = SimpleLazyObject(lambda: shown(text))
    context = {
        "text": told,
        "counts": counts,
        "schools": sum(number for _, number in counts),
        "card": SimpleLazyObject(lambda: PageCard(told.title, told.description, reverse("front"))),
    }
    return render_same_page(request, "pins/front.html", context, contents=(text, tuple(counts)))
