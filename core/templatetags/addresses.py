"""Django's own tag `url`, which looks the address of a page that takes no arguments up once in a process."""

from __future__ import annotations

from functools import cache

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as any_address
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

register = template.Library()


class SameAddress(URLNode):
    """An address that is written down by its name alone: it depends on nothing that a page knows."""

    def render(self, context: Context) -> str:
        """The address; empty where it is only asked for and there is none, as Django has it."""
        found = ""
        try:
            found = _address(self.view_name.var, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
        except NoReverseMatch:
            if self.asvar is None:
                raise
        if self.asvar is None:
            return conditional_escape(found) if context.autoescape else found
        context[self.asvar] = found
        return ""


@cache
def _address(name: str, urlconf: str, prefix: str) -> str:  # noqa: ARG001 - each has addresses of its own
    """Where the page is, among these pages and below this prefix."""
    return reverse(name, urlconf=urlconf)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """`{% url "home" %}` as ever."""
    node = any_address(parser, token)
    is_fixed = not node.args and not node.kwargs and not node.view_name.filters and not node.view_name.is_var
    return SameAddress(node.view_name, [], {}, node.asvar) if is_fixed else node
