"""A code signs in whom it was sent to for as long as they have the address that it went to."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.stagekit import clear_login, unstash_login
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def to_the_present_address(view: View) -> View:
    """The view; a sign-in that was begun with an address which the person no longer has ends before it.

    allauth would finish it, and give the person their former address back.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        begun = unstash_login(request, peek=True)
        if begun is not None and begun.user is not None and begun.email != begun.user.email:
            clear_login(request)
        return view(request, *args, **kwargs)

    return answer
