"""Components that need more than an include: pages of a list, and a table with its downloads."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.text import slugify

from core.parts import part

register = template.Library()
register.simple_tag(part)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], noun: str = "results") -> dict[str, Any]:
    """Links to the other pages of a list; they keep the filters in the address. One page has a count only."""
    request: HttpRequest = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    items: list[dict[str, Any]] = []
    if page.paginator.num_pages > 1:
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            if isinstance(number, int):
                here = number == page.number
                items.append({"number": number, "url": address(number), "current": here, "gap": False})
            else:
                items.append({"gap": True})
    return {
        "page": page,
        "noun": noun,
        "items": items,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "following": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_block_tag
def data_table(
    content: SafeString,
    caption: str,
    csv: str = "",
    excel: str = "",
    wide: bool = False,  # noqa: FBT001, FBT002 - template tags are called by keyword
    cards: bool = False,  # noqa: FBT001, FBT002 - as above
) -> str:
    """A table that scrolls in its own frame on a narrow screen, head in sight, its downloads below.

    Between the tags stand thead and tbody; numbers carry the class pins-number. `wide=True` is for more
    columns than a page holds: the table then scrolls in its frame on every screen. `cards=True` lays the rows out
    one below the other on a phone; rows and cells then say their `role` and each cell its `data-label`. No two
    tables of a page have the same caption: their ids are made of it.
    """
    return get_template("components/data_table.html").render(
        {
            "content": content,
            "caption": caption,
            "csv": csv,
            "excel": excel,
            "wide": wide,
            "cards": cards,
            "name": slugify(caption),
        }
    )
