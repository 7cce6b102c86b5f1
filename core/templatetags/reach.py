"""A filter for words that say how to reach somebody."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.telephone import dialled

register = template.Library()

_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = r"(?<![\w+])(?:\+44[ ]?|0)\d(?:[ ]?\d){7,9}(?!\w)"
"""As numbers are written in this country, with or without spaces: 01743 000000, 0800 1111 222, +44 1743 000000."""
_FOUND = re.compile(rf"(?P<email>{_EMAIL})|(?P<phone>{_PHONE})")


@register.filter
def reach_links(text: str) -> SafeString:
    """The words, escaped, with every telephone number and e-mail address as a link."""
    parts, last = [], 0
    for found in _FOUND.finditer(text):
        parts += [format_html("{}", text[last : found.start()]), _link(found)]
        last = found.end()
    parts.append(format_html("{}", text[last:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


@register.filter
def telephone_link(number: str) -> SafeString:
    """A link that rings the number, which is shown as it was written."""
    return format_html('<a class="govuk-link" href="tel:{}">{}</a>', dialled(number), number)


def _link(found: re.Match[str]) -> SafeString:
    words = found.group()
    if found["phone"]:
        return telephone_link(words)
    return format_html('<a class="govuk-link" href="mailto:{}">{}</a>', words, words)
