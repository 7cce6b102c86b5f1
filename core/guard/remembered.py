"""What the guard found in a text before, so that a page that shows it again need not have it read again.

Kept in the process alone, by a digest of the text: the marks say where they stand and why, and none of anybody's words
stays in memory.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from threading import Lock

from core.guard.marks import Mark

MOST_TEXTS, MOST_MARKS = 4096, 12
"""A text with more marks is read each time: nobody writes many such, and a hostile one holds thousands."""

_found: dict[bytes, tuple[Mark, ...]] = {}
_turns = Lock()


def remembered(text: str, allowed: tuple[str, ...], read: Callable[[], tuple[Mark, ...]]) -> tuple[Mark, ...]:
    """The marks of the text where these words are allowed: as they were found before, or as `read` finds them now."""
    key = hashlib.sha256(json.dumps([text, allowed]).encode()).digest()
    with _turns:
        known = _found.get(key)
    if known is not None:
        return known
    marks = read()
    if len(marks) <= MOST_MARKS:
        with _turns:
            _found[key] = marks
            if len(_found) > MOST_TEXTS:
                del _found[next(iter(_found))]
    return marks
