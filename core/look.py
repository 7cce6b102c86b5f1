"""What the components in templates/components are fed with; any object with the same names will do."""

from __future__ import annotations

from typing import Literal, NamedTuple

Colour = Literal["", "grey", "teal", "plum", "amber", "red", "green"]


class Crumb(NamedTuple):
    """A step of the breadcrumb; the page itself comes last and has no address."""

    label: str
    url: str = ""


class Task(NamedTuple):
    """A line of a task list; without a colour the status is plain text, as for what is done."""

    title: str
    status: str
    url: str = ""
    hint: str = ""
    colour: Colour = ""


class Todo(NamedTuple):
    """A line of "What to do next": the title begins with a verb, `when` is in words; `who` if not the reader."""

    title: str
    url: str
    school: str = ""
    minutes: int | None = None
    when: str = ""
    overdue: bool = False
    minutes_in_all: int | None = None
    telephone: str = ""
    who: str = ""


class SummaryRow(NamedTuple):
    """A fact or an answer; `change` names what the link changes ("your name"), for screen readers."""

    key: str
    value: str
    url: str = ""
    change: str = ""


class Step(NamedTuple):
    """A step of long work."""

    label: str
    state: Literal["done", "now", "later"]
