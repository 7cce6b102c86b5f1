"""Pages that are the same for everybody who is not signed in: rendered once for the same contents.

The contents are still read on every request, so such a page is never out of date; only the work of turning the
same contents into the same markup is spared. A page that turns out to be somebody's own (a message, a form's
token) is never kept. Each has an ETag, and who holds the same page already gets 304 in place of it; packed pages are
safe here, since they hold nobody's secret.
"""

import gzip
import hashlib
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers

from core.models import ProgrammeSettings
from core.prepared import Prepared

MOST_PAGES = 128
"""How many pages a process keeps; all are dropped when there are more."""

ASK_AGAIN = "no-cache"
"""Keep it, and ask each time whether it is still the same: consent may be taken back at any moment."""


class Page(NamedTuple):
    """What was rendered, as it is and packed, and what it is known by."""

    content: bytes
    packed: bytes
    etag: str


_names = Prepared(ProgrammeSettings.objects.values_list)
_kept: dict[Hashable, Page] = {}


def render_same_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    contents: Hashable,
    status: int = 200,
    address: str | None = None,
) -> HttpResponse:
    """Render the template, or answer with what the same `contents` made for an earlier visitor.

    `contents` is everything that the page shows of the context; the address and the programme's own names
    are added here. A page that is the same at many addresses names one for all of them. Somebody who is
    signed in, or has a message waiting, always gets a page of their own.
    """
    if request.user.is_authenticated or len(get_messages(request)):
        return _with_status(render(request, template, context), status)
    key = (template, request.get_full_path() if address is None else address, tuple(_names()), contents)
    page = _kept.get(key)
    if page is None:
        response = render(request, template, context)
        if _is_somebodys_own(request):
            return _with_status(response, status)
        if len(_kept) >= MOST_PAGES:
            _kept.clear()
        page = _kept[key] = _page(response.content)
    return _answer(request, page, status)


def same_file(request: HttpRequest, build: Callable[[], HttpResponse], *, contents: Hashable) -> HttpResponse:
    """The file that `build` makes of the `contents`; 304 without making it for who holds it already."""
    if request.user.is_authenticated:
        return build()
    etag = _etag(repr(contents).encode(errors="surrogatepass"))
    response = get_conditional_response(request, etag=etag) or build()
    response.headers["ETag"], response.headers["Cache-Control"] = etag, ASK_AGAIN
    return response


def _page(content: bytes) -> Page:
    return Page(content, gzip.compress(content, mtime=0), _etag(content))


def _etag(content: bytes) -> str:
    """Weak, since it is the same for the packed page."""
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def _answer(request: HttpRequest, page: Page, status: int) -> HttpResponse:
    is_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(page.packed if is_packed else page.content, status=status)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = ASK_AGAIN
    patch_vary_headers(response, ("Accept-Encoding",))
    if status != 200:
        return response
    response.headers["ETag"] = page.etag
    return get_conditional_response(request, etag=page.etag, response=response) or response


def _with_status(response: HttpResponse, status: int) -> HttpResponse:
    response.status_code = status
    return response


def _is_somebodys_own(request: HttpRequest) -> bool:
    """Whether rendering took something that belongs to this visitor alone."""
    return "CSRF_COOKIE_NEEDS_UPDATE" in request.META
