"""What no browser sends is refused with 400 before anything reads it, where it would end in a 500."""

import codecs
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.http import parse_header_parameters

HIGHEST_PORT = 65_535


class PlainRequest(WSGIRequest):
    """A request that is read as UTF-8, whatever it says of itself.

    Django's own takes a name such as "hex" at its word and reads the address with it, before any middleware
    could answer.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:  # PlainRequests refuses it
            self.content_type, self.content_params = "", {}


class PlainHandler(WSGIHandler):
    """The WSGI application whose every request is a PlainRequest."""

    request_class = PlainRequest


class PlainRequests:
    """Refuses a host with a port that is none, and a body said to be in anything but UTF-8.

    Python's own reader of addresses raises for such a port, and a name such as "hex" makes reading the body
    raise. Stands before whatever reads either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; raises BadRequest, and DisallowedHost for a host that is not ours."""
        _, port = split_domain_port(request.get_host())
        if len(port) > len(str(HIGHEST_PORT)) or int(port or 0) > HIGHEST_PORT:
            raise BadRequest("The host has a port that is none.")
        if not _is_utf_8(request.META.get("CONTENT_TYPE", "")):
            raise BadRequest("The request is not in UTF-8.")
        return self.get_response(request)


def _is_utf_8(content_type: str) -> bool:
    """Whether a body of this type is read as UTF-8; one whose alphabet nobody has heard of is."""
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset", "utf-8")).name == "utf-8"
    except LookupError:
        return True
    except ValueError:  # a parameter of it cannot be read
        return False
