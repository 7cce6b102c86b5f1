"""What htmx is answered once a part of a page was sent by itself: a line about saving, or the whole part."""

from typing import Any, Protocol

from django.http import HttpResponse

from accounts.held_posts import SavedPart
from core.parts import part


class PartOnPage(Protocol):
    """One part of a page with what is stored or what was sent of it: a form, or what stands in its place."""

    @property
    def errors(self) -> Any: ...

    @property
    def in_conflict(self) -> bool: ...

    @property
    def part_id(self) -> str: ...


def said(form: PartOnPage, *, problem: str = "") -> HttpResponse:
    """The line of a part that says what the server has, or why not."""
    answer = HttpResponse if problem or form.errors else SavedPart
    return answer(part("components/saved.jinja", form=form, problem=problem, swap=True))


def whole_part(form: PartOnPage, template: str, **more: Any) -> HttpResponse:
    """The whole part of the page once more, for when more than its "Saved" line has changed."""
    answer = HttpResponse if form.in_conflict else SavedPart
    response = answer(part(template, form=form, open=True, **more))
    response["HX-Retarget"] = f"#{form.part_id}"
    response["HX-Reswap"] = "outerHTML"
    return response
