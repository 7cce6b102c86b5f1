"""A variable that a template of ours names and nobody gave: an error in tests, where Django prints nothing.

Templates of Django and of packages rely on the silence, so only ours are held to it. `{% if hint %}`, `{% firstof %}`
and `|default:` say openly that a value may be missing, and stay allowed.
"""

import sys
from types import FrameType
from typing import Any

from django.core.signals import setting_changed
from django.template import engines
from django.template.base import FilterExpression, Node
from django.template.defaulttags import ForNode

from tests.house.project import ROOT


class UndefinedVariableError(AssertionError):
    """A template of ours used a name that its view did not give."""


def is_ours(node: Node) -> bool:
    """Whether the node stands in a template of this project."""
    origin = getattr(node, "origin", None)
    return origin is not None and str(origin.name).startswith(f"{ROOT / 'templates'}/")


def check_use(frame: FrameType | None) -> None:
    """Raises UndefinedVariableError when the innermost template node on the stack is one of ours."""
    expression = None
    while frame is not None:
        actor = frame.f_locals.get("self")
        if isinstance(actor, FilterExpression) and expression is None:
            expression = actor
        if isinstance(actor, Node):
            break
        frame = frame.f_back
    else:
        return
    says_default = (
        any(function.__name__ == "default" for function, _ in expression.filters) if expression else False
    )
    if is_ours(actor) and not says_default:
        where = f"{actor.origin.name}:{actor.token.lineno}" if actor.token else actor.origin.name
        raise UndefinedVariableError(f"{where}: nobody gave {expression.var if expression else 'a value'}")


class Undefined(str):
    """Django's `string_if_invalid`: empty, and asked for its truth whenever a variable was not found."""

    __slots__ = ()

    def __bool__(self) -> bool:
        check_use(sys._getframe(1))
        return False


class Sequence:
    """What a `for` of ours loops over: Django would loop over nothing when the name is not known."""

    def __init__(self, node: ForNode, expression: Any) -> None:
        self.node = node
        self.expression = expression

    def __getattr__(self, name: str) -> Any:
        return getattr(self.expression, name)

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:  # noqa: FBT002 -- Django's own
        return self.expression.resolve(context, ignore_failures and not is_ours(self.node))


def refuse_undefined_variables() -> None:
    """From now on, in this process. Call it before any template is loaded."""
    _make_engine_strict()
    setting_changed.connect(_make_engine_strict)
    make = ForNode.__init__

    def make_strict(self: ForNode, loopvars: Any, sequence: Any, *rest: Any, **named: Any) -> None:
        make(self, loopvars, Sequence(self, sequence), *rest, **named)

    ForNode.__init__ = make_strict


def _make_engine_strict(**_: Any) -> None:
    """Also after a test that overrides DEBUG or TEMPLATES, since Django then makes its engines anew."""
    engines["django"].engine.string_if_invalid = Undefined()
