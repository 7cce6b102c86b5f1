"""What a view says about who may open it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from accounts.permissions import TABLE, Verb
from accounts.requests import SignedInRequest
from schools.access import READING, may

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]


def requires(verb: Verb) -> Callable[[View[P]], View[P]]:
    """Only for people whose site-wide role gives them the verb; 403 with a sentence for everybody else."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not may(request.user, verb):
                raise PermissionDenied(who_may(verb))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def manages_the_programme(request: HttpRequest) -> bool:
    """Whether a file from this person is taken at all: asked before anything of it is read."""
    return isinstance(request.user, User) and may(request.user, Verb.MANAGE_PROGRAMME)


def who_may(verb: Verb, *, to_change: bool = True) -> str:
    """Whose a step is, in a sentence for the page that says no; who may only look is named where looking is asked."""
    reach = TABLE[verb].reach.items()
    roles = [role.label.lower() for role, how_far in reach if not to_change or how_far not in READING]
    named = roles[0] if len(roles) == 1 else f"{', '.join(roles[:-1])} and {roles[-1]}"
    return f"This is for people with the role of {named}."
