"""What somebody signed in was shown is gone from their browser once they sign out.

Without this the Back button shows the last page from memory, to whoever sits at a shared computer next.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class NothingStored:
    """No answer to a request with a session may be stored, by browser or proxy: pages, files and errors alike.

    It asks for the cookie and not for the person, so that it needs no database and holds when that is gone.
    Stands outside whatever may answer on its own, and inside what serves static files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; with a session, one that nobody keeps."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, no_store=True, private=True)
        return response
