"""What a browser may load for a page of ours: django-csp's policy, built once, since it is the same for every page."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse, HttpResponseBase


class SamePolicy(CSPMiddleware):
    """Sends the policy of the settings with every answer that has none of its own; no page has a nonce.

    django-csp's own builds it anew for each answer, which costs as much as a query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_request(self, request: HttpRequest) -> None:
        """Nothing: only a nonce would need it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:  # noqa: ARG002 - the shape is django-csp's
        """The answer with its policy."""
        response.headers.setdefault(HEADER, self._policy)
        return response
