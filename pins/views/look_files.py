"""The small files of a forum's own look: their address changes with what they hold, so browsers keep them for good."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.models import Logo, ProgrammeSettings

FOR_GOOD = "public, max-age=31536000, immutable"


@login_not_required
@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The forum's own colours in place of ours; 404 for colours of another day."""
    look = ProgrammeSettings.load().look
    if digest != look.digest:
        raise Http404
    return _for_good(request, look.css.encode(), "text/css; charset=utf-8", digest)


@login_not_required
@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """The forum's logo."""
    found = get_object_or_404(Logo, digest=digest)
    return _for_good(request, bytes(found.content), "image/png", digest)


def _for_good(request: HttpRequest, content: bytes, content_type: str, digest: str) -> HttpResponse:
    headers = {"Cache-Control": FOR_GOOD, "ETag": f'"{digest}"'}
    response = HttpResponse(content, content_type=content_type, headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response
