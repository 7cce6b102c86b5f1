"""The demonstration people, for the sign-in page."""

from typing import Any

from django import template

from accounts.demonstration import PASSWORD, PEOPLE

register = template.Library()


@register.inclusion_tag("accounts/demonstration_people.html")
def demonstration_people() -> dict[str, Any]:
    """A panel with everybody whom one can sign in as; ask `is_demo` first."""
    return {"first": PEOPLE[0], "others": PEOPLE[1:], "password": PASSWORD}
