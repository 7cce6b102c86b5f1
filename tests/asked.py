"""Sending a box with words that the guard marks, as somebody does who reads the notice and ticks it."""

from typing import Any

from core.guard import read
from tests.visits.pages import form_on

TELLING = "Oliver Smith in Year 4 has autism."


def left(name: str, text: str) -> dict[str, str]:
    """What the notice about this text sends once it is ticked."""
    return {f"{name}_guard-asked": read(text).digest, f"{name}_guard-left": "1"}


def asked_once(client: Any, address: str, box: str, **data: Any) -> Any:
    """The answer to sending it with the tick; without it the page comes back, with the words."""
    data = data | {box: TELLING}
    refused = client.post(address, data)
    page = refused.content.decode()
    assert (refused.status_code, "<mark>" in page) == (422, True)
    assert f'<a href="#id_{box}">Change the marked words in “' in page
    again = form_on(refused)
    assert again[box] == TELLING
    asked = {name: again[name] for name in (box, f"{box}_guard-asked")}
    return client.post(address, data | asked | {f"{box}_guard-left": "1"})
