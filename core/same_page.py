"""Pages that are the same for everybody who is not signed in: rendered once for the same contents.

The contents are still read on every request, so such a page is never out of date; only the work of turning the
same contents into the same markup is spared. A page that turns out to be somebody's own (a message, a form's
token) is never kept.
"""

from collections.abc import Hashable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.models import ProgrammeSettings
from core.prepared import Prepared

MOST_PAGES = 128
"""How many pages a process keeps; all are dropped when there are more."""

_names = Prepared(ProgrammeSettings.objects.values_list)
_kept: dict[Hashable, bytes] = {}


def render_same_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, contents: Hashable
) -> HttpResponse:
    """Render the template, or answer with what the same `contents` made for an earlier visitor.

    `contents` is everything that the page shows of the context; the address and the programme's own names
    are added here. Somebody who is signed in, or has a message waiting, always gets a page of their own.
    """
    if request.user.is_authenticated or len(get_messages(request)):
        return render(request, template, context)
    key = (template, request.get_full_path(), tuple(_names()), contents)
    page = _kept.get(key)
    if page is not None:
        return HttpResponse(page)
    response = render(request, template, context)
    if not _is_somebodys_own(request):
        if len(_kept) >= MOST_PAGES:
            _kept.clear()
        _kept[key] = response.content
    return response


def _is_somebodys_own(request: HttpRequest) -> bool:
    """Whether rendering took something that belongs to this visitor alone."""
    return "CSRF_COOKIE_NEEDS_UPDATE" in request.META
