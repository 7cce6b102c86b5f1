"""The status of a page that shows a form with something to mend, where the page is allauth's."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def with_faults(view: View) -> View:
    """The view, answering 422 where it shows what is wrong with what was sent; allauth itself says 200 there."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and form.is_bound and form.errors:
            response.status_code = 422
        return response

    return answer
