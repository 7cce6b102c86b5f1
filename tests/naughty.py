"""The big list of naughty strings, as far as a form lets them through."""

import json
import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


def naughty_strings() -> list[str]:
    """All but the blank ones and those with control characters, which the form pack refuses."""
    strings: list[str] = json.loads((DATA / "blns.json").read_text())
    return [one for one in strings if one.strip() and not any(map(_is_control, one))]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\t\r\n"
