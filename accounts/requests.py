"""Who may come without a sign-in, and the type of a request that got past it."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request by somebody signed in; SignInRequired sees to it."""

    user: User
    school_here: object
    """The school that the page is about, once it was fetched as such; the bar above the page names it."""


class SignInRequired(LoginRequiredMiddleware):
    """Django's, but an open page is let through unasked: who sends a session is known to the database alone.

    So /healthz and /readyz answer when that is gone, whoever asks.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """To the sign-in page, or None to go on."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
