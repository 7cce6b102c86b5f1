"""What every page knows of the person who reads it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pins.navigation import links_for
from schools.access import only_school_of


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: the links of the header; `own_school`: for which school I am here. Both when first asked for."""
    user = getattr(request, "user", None)
    if user is None:  # an error page before anybody was recognised
        return {"navigation": (), "own_school": ""}
    return {
        "navigation": SimpleLazyObject(lambda: links_for(user, request.path)),
        "own_school": SimpleLazyObject(lambda: only_school_of(user)),
    }
