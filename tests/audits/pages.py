"""Reading a page as a browser does: what its form would send, and what stands where people read."""

from html.parser import HTMLParser

from audits.models import Answer
from audits.services.answering import AnswerValues

EVERYBODY = ("admin", "liaison", "programme", "trainer", "head", "colleague", "governor", "other_head")
LINES = frozenset({"br", "dd", "div", "dt", "h1", "h2", "h3", "li", "p", "td", "th", "tr", "ul"})
VOID = frozenset({"input", "br", "img", "link", "meta", "hr"})


class _Form(HTMLParser):
    """Collects what a browser without JavaScript would send for the whole page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, str] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "textarea":
            self._area, self.values[name] = name, ""
        elif tag == "input" and name and given.get("type") != "submit":
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen:
                self.values[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.values[self._area] = self.values[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def form_on(response) -> dict[str, str]:
    """What the page's form would send as it stands, line ends as they were typed."""
    reader = _Form()
    reader.feed(response.content.decode())
    reader.values.pop("csrfmiddlewaretoken", None)
    return reader.values


def sent(values: dict[str, str]) -> dict[str, str]:
    """The same as a browser sends it: every line end is CR LF."""
    return {
        name: value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
        for name, value in values.items()
    }


class _Texts(HTMLParser):
    def __init__(self, css_class: str, *, apart: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.css_class = css_class
        self.apart = apart
        self.texts: list[str] = []
        self._depth = 0
        self._hidden_at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.apart and self._depth and tag in LINES:
            self.texts[-1] += " "
        if tag in VOID:
            return
        if self._depth:
            self._depth += 1
        elif self.css_class in (dict(attrs).get("class") or "").split():
            self._depth = 1
            self.texts.append("")
        if self._depth and "hidden" in dict(attrs):
            self._hidden_at = self._hidden_at or self._depth

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in VOID:
            self._hidden_at = 0 if self._depth == self._hidden_at else self._hidden_at
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth and not self._hidden_at:
            self.texts[-1] += data


def texts_on(response, css_class: str) -> list[str]:
    """The text of each element of that class, in order, exactly as it stands there."""
    reader = _Texts(css_class)
    reader.feed(response.content.decode())
    return reader.texts


def said_on(response) -> str:
    """Everything that can be read on the page, with single spaces; what is hidden is not said."""
    reader = _Texts("govuk-template__body", apart=True)
    reader.feed(response.content.decode())
    return " ".join(" ".join(reader.texts).split())


def fill(statement, **values: str) -> dict[str, str]:
    """The fields of one statement, by what they say."""
    return {f"{statement.key}-{name}": value for name, value in values.items()}


def stored(statement) -> AnswerValues:
    """What the database says about one statement."""
    return AnswerValues.of(Answer.objects.filter(statement=statement).first())


def said_in(response) -> str:
    """What stands in the line about saving, with single spaces."""
    return " ".join("".join(texts_on(response, "pins-saved")).split())


def statuses(people, sign_in, url: str, method: str = "get") -> dict[str, int]:
    """What each of the cast is answered."""
    return {name: getattr(sign_in(getattr(people, name)), method)(url).status_code for name in EVERYBODY}
