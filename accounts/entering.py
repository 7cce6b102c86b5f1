"""A person who was made a moment ago comes in: the one way to a session that is neither a password nor a code."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from accounts.models import User


def enter(request: HttpRequest, person: User, *, then: str) -> HttpResponse:
    """Sign a new person in, in a session of its own, and go to `then`, a path of ours.

    Only for somebody who had no account before this request. What allauth's other ways ask, it asks too: whoever may
    not be here is turned away (`AccountAdapter.pre_login`).
    """
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=then, email=person.email))
    return response
