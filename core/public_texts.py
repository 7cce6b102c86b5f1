"""The words of the public pages: our own, a file in core/texts for each, or what an administrator wrote instead.

Names of the programme and the forum stand in them as placeholders ({forum}), so that a new name needs no edit.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from core.models import ProgrammeSettings, PublicText
from core.prepared import Prepared
from core.rich_text import render

FOLDER = Path(__file__).parent / "texts"


class TextKind(NamedTuple):
    """A text that there is: what people call it, the name of its page's address, where it stands if it is a part."""

    key: str
    label: str
    url_name: str = ""
    stands: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is a page of its own, which search engines are told about."""
        return bool(self.url_name)


KINDS = {
    kind.key: kind
    for kind in (
        TextKind("front", "First page", "front"),
        TextKind("about", "What the programme is", "about"),
        TextKind("forum", "The forum’s part", "forum"),
        TextKind("parent-carers", "Parent carers", "parent_carers"),
        TextKind("for-schools", "For schools", "for_schools"),
        TextKind("family", "What it means for families", stands="On the page of each school"),
        TextKind("not-listed", "A school that is not on the list", stands="Below the list of schools"),
        TextKind("accessibility", "Accessibility statement", "accessibility"),
        TextKind("privacy", "Privacy notice", "privacy"),
        TextKind("contact", "Contact", "contact"),
    )
}
PLACEHOLDERS = {
    "programme": "the programme’s name",
    "programme_short": "its short name",
    "forum": "the forum’s name",
    "forum_short": "its short name",
    "county": "the county",
    "email": "the e-mail address for questions",
    "phone": "the telephone number",
    "website": "the forum’s website",
    "address": "the postal address",
    "privacy_contact": "who answers about data protection",
    "threshold": "the smallest number of people that is told",
    "site": "the name of this site",
}
_PLACE = re.compile(r"\{\s*([A-Za-z][A-Za-z_ ]{0,40}?)\s*\}")
_MARK = re.compile(r"([\\`*_{}\[\]()<>#+.!|~&-])")


class Wording(NamedTuple):
    """What a text says: as an administrator writes it, placeholders and all."""

    title: str
    description: str
    body: str


class Shown(NamedTuple):
    """A text as a page shows it."""

    title: str
    description: str
    body: SafeString


_stored: Prepared[Any] = Prepared(
    lambda key: PublicText.objects.filter(key=key).values_list("title", "description", "body"), str
)


@cache
def own_wording(key: str) -> Wording:
    """The text that came with the product; raises KeyError for a key that is not in KINDS."""
    head, _, body = (FOLDER / f"{KINDS[key].key}.md").read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    return Wording(fields["title"], fields.get("description", ""), body.strip() + "\n")


def wording(key: str) -> Wording:
    """The text that holds now; one query."""
    found = _stored.first(key)
    return Wording(*found) if found else own_wording(key)


def shown(text: Wording, programme: ProgrammeSettings | None = None) -> Shown:
    """The text with the programme's own names in it, as markup that is safe whatever was written."""
    values = values_of(programme or ProgrammeSettings.load())
    title, description = (_fill(part, values) for part in (text.title, text.description))
    marked = {name: _MARK.sub(r"\\\1", value) for name, value in values.items()}
    return Shown(title, description, render(_fill(text.body, marked)))


def values_of(programme: ProgrammeSettings) -> dict[str, str]:
    """What stands in place of each placeholder."""
    return {
        "programme": programme.programme_name,
        "programme_short": programme.programme_short_name,
        "forum": programme.forum_name,
        "forum_short": programme.forum_short_name,
        "county": programme.county,
        "email": programme.contact_email,
        "phone": programme.contact_phone,
        "website": programme.forum_website,
        "address": ", ".join(programme.postal_address.split("\n")).replace("\r", ""),
        "privacy_contact": programme.privacy_contact,
        "threshold": str(programme.small_number_threshold),
        "site": programme.site_name,
    }


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is no name that we fill in, in its order."""
    found = dict.fromkeys(_PLACE.findall(text))
    return [name for name in found if name not in PLACEHOLDERS]


def blank_placeholders(text: Wording, programme: ProgrammeSettings) -> list[str]:
    """A sentence for each name in the text in whose place the page shows nothing, because it is not filled in."""
    values = values_of(programme)
    named = dict.fromkeys(_PLACE.findall("\n".join(text)))
    return [
        f"{{{name}}} stands for nothing yet: {PLACEHOLDERS[name]} is not filled in. Fill it in under “Change names and "
        f"contacts”, or take {{{name}}} out."
        for name in named
        if values.get(name) == ""
    ]


def _fill(text: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda match: values.get(match[1], match[0]), text)
