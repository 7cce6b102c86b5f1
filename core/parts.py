"""Parts that stand on a page many times, as Jinja templates: a fifth of what Django's engine takes for the same.

Pages are Django templates; a part is a file `.jinja` beside them with a macro of its own name, printed by `part` or by
the tag of that name. A value that a part uses and nobody gave is an error. See docs/decisions/0014-parts-in-jinja.md.
"""

from pathlib import PurePosixPath
from typing import Any, cast

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from core import words


def environment(**options: Any) -> Environment:
    """What parts are compiled with: everything escaped, our words for a moment."""
    given = {name: value for name, value in options.items() if name not in {"autoescape", "undefined"}}
    made = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **given
    )
    made.filters["moment_words"] = lambda moment: words.unbroken(words.moment_words(moment))
    return made


def part(name: str, **values: Any) -> Markup:
    """The part of this file as markup, with these values and no others: no request, no context of the page."""
    return macro(name, PurePosixPath(name).stem, **values)


def macro(name: str, kind: str, *values: Any, **named: Any) -> Markup:
    """What one macro of the file makes of the values."""
    template = cast(Jinja2, engines["parts"]).env.get_template(name)
    return cast(Markup, getattr(template.module, kind)(*values, **named))
