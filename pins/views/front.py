"""The front page, for anybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.same_page import render_same_page
from schools.queries.programme import partner_bodies
from schools.queries.public import public_counts


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What PINS is, who is behind it, what the forum does, and where to look for a school."""
    counts = public_counts()
    bodies = tuple(partner_bodies())
    context = {"counts": counts, "schools": sum(number for _, number in counts), "bodies": bodies}
    contents = (tuple(counts), tuple((body.name, body.part, body.website) for body in bodies))
    return render_same_page(request, "pins/front.html", context, contents=contents)
