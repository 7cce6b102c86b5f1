"""Reading the page of a record as a browser does: what its form would send, the ticked boxes of one name too."""

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = {}
        self._area = self._select = ""
        self._in_pattern = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._in_pattern = True
        if self._in_pattern:
            return
        name = given.get("name", "")
        if tag == "textarea":
            self._area, self.values[name] = name, [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.values[self._select] = [given.get("value", "")]
        elif tag == "input" and name:
            self._input(name, given)

    def _input(self, name: str, given: dict[str, str]) -> None:
        if given.get("type") not in ("radio", "checkbox"):
            self.values[name] = [given.get("value", "")]
        elif "checked" in given:
            self.values.setdefault(name, []).append(given.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_pattern = False
        if tag == "textarea" and self._area:
            self.values[self._area] = [self.values[self._area][0].removeprefix("\n")]
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][0] += data


def form_on(response: Any) -> dict[str, Any]:
    """What the page's form would send as it stands."""
    reader = _Form()
    reader.feed(response.content.decode())
    reader.values.pop("csrfmiddlewaretoken", None)
    reader.values.pop("next", None)
    return {name: values if len(values) > 1 else values[0] for name, values in reader.values.items()}


def part_of(form: dict[str, Any], prefix: str, **changed: Any) -> dict[str, Any]:
    """What one part alone sends, with some of it typed anew."""
    own = {name: value for name, value in form.items() if name.startswith(f"{prefix}-")}
    return own | {f"{prefix}-{name}": value for name, value in changed.items()}


def new_theme(form: dict[str, Any]) -> str:
    """The prefix of the theme on the page that nobody has begun."""
    begun = [name for name in form if name.startswith("theme-") and name.endswith("-text")]
    return next(name.removesuffix("-text") for name in begun if not form[name])
