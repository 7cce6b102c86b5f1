"""Who a form was shown to, so that what they send is kept when their session has ended meanwhile."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.held_posts import PERSON_FIELD, WORDS_FIELD, person_token

register = template.Library()


@register.simple_tag(takes_context=True)
def held_for_token(context: Context) -> str:
    """The signed token alone, for a header; empty when nobody is signed in."""
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    return person_token(user) if user is not None and user.is_authenticated else ""


@register.simple_tag(takes_context=True)
def held_for(context: Context, *words: object) -> SafeString:
    """The hidden fields that every POST form of a signed-in page carries: `{% csrf_token %}{% held_for %}`.

    `words`, put together, say what sending the form does ("Submit the self-audit of …"): so the page that gives
    back what was kept can name it.
    """
    token = held_for_token(context)
    if not token:
        return SafeString()
    fields = [(PERSON_FIELD, token), (WORDS_FIELD, "".join(map(str, words)))]
    return format_html_join(
        "", '<input type="hidden" name="{}" value="{}">', [one for one in fields if one[1]]
    )
