"""Pages for when something did not work."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

from accounts import held_posts
from core.models import ProgrammeSettings


def _page(request: HttpRequest, template: str, **context: Any) -> str:
    """An error page with the way on for whoever reads it; without one when the database is what failed."""
    return render_to_string(template, {**_way_on(request), **context})


def _way_on(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)  # none yet where a middleware failed
    try:
        programme, is_signed_in = ProgrammeSettings.load(), user is not None and user.is_authenticated
    except Error:
        return {"is_signed_in": False, "programme": ProgrammeSettings(), "contact_email": ""}
    return {
        "is_signed_in": is_signed_in,
        "programme": programme,
        "contact_email": programme.contact_email,
    }


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the shape is Django's
    """400."""
    return HttpResponse(_page(request, "400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the sentence of the rule that said no."""
    return HttpResponse(_page(request, "403.html", exception=str(exception)), status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - the shape is Django's
    """404."""
    return HttpResponse(_page(request, "404.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return HttpResponse(_page(request, "500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: keep it if it is ours, else say so and how to go on."""
    came_from_elsewhere = reason.startswith(("Origin checking", "Referer checking"))
    held = None if came_from_elsewhere else held_posts.keep(request)
    if held is None:
        return HttpResponse(_page(request, "403_csrf.html"), status=403)
    page = held_posts.page_of(held)
    if request.user.is_authenticated:
        return held_posts.go(request, page)
    messages.info(request, "Your session had ended. What you sent is kept: sign in and you can send it on.")
    return held_posts.to_sign_in(request, page)


class NotAllowedPage:
    """Gives a person who came the wrong way (405) a page, where Django's own answer is empty.

    htmx would not show it, and a program that wants JSON or a file could not read it: theirs stays empty. All
    keep the Allow header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer, filled with the page where it is an empty 405."""
        answer = self.get_response(request)
        if isinstance(answer, HttpResponseNotAllowed) and not answer.content and _wants_a_page(request):
            is_step = "GET" not in answer["Allow"].split(", ")
            answer.content = _page(request, "405.html", is_step=is_step)
        return answer


def _wants_a_page(request: HttpRequest) -> bool:
    return request.accepts("text/html") and not getattr(request, "htmx", False)
