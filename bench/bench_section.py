"""A section of twelve statements, rendered from rows that are there already: no query, no middleware."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from audits.enums import ContributorRole
from audits.models import Statement
from audits.queries import answers_by_statement
from audits.views.sitting import AnswerPart, Sitting
from bench.baselines.own_widgets import OwnWidgetsForm
from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import programme_of
from core.guard import HINT

BASELINES = Path(__file__).parent / "baselines"
NOTE_HINT = f"One or two sentences. {HINT}"
NOTE_TEXTS = (
    ("strengths", "What is strong here? (optional)", NOTE_HINT),
    ("development_area", "What would you like to develop? (optional)", NOTE_HINT),
)
CONTROLS = ("<input", "<textarea", "<label", "<button", "<details")


def section_rendering(scale: Scale) -> Iterator[Result]:
    """Our forms and templates beside a template of the same markup written by hand, and Django's own widgets."""
    rows = Rows(scale.few)
    ours, by_hand = Side(rows.ours), Side(rows.by_hand)
    refuse_other_markup(rows.ours(), rows.by_hand())
    yield side_by_side("section/by-hand", ours, by_hand, aim=1.25, pace=scale.pace)
    own_widgets = Side(rows.own_widgets)
    yield side_by_side("section/own-widgets", ours, own_widgets, aim=None, pace=scale.pace)


class Rows:
    """What the page is made of, fetched once, and the three ways to make it."""

    def __init__(self, schools: int) -> None:
        programme = programme_of(schools)
        programme.use()
        self.audit = programme.twelve
        self.section = self.audit.version.sections.select_related("area").get()
        self.statements = list(Statement.objects.filter(section=self.section).order_by("position"))
        self.stored = answers_by_statement(self.audit, self.section)
        self.request = RequestFactory().get("/")
        self.request.user = programme.head
        self._by_hand = _baseline("section.html")
        self._own_widgets = _baseline("own_widgets.html")

    def ours(self) -> str:
        """The product's page."""
        sitting = Sitting(self.audit, self.section, self.stored, None)
        sitting.answers = [AnswerPart(one, self.stored.get(one.pk), sitting.mark) for one in self.statements]
        return render_to_string("audits/section.html", {"sitting": sitting, **self._page()}, self.request)

    def by_hand(self) -> str:
        """The same from the rows alone."""
        rows = [(statement, self.stored.get(statement.pk)) for statement in self.statements]
        page = {"rows": rows, "roles": ContributorRole.choices, "texts": NOTE_TEXTS, **self._page()}
        return self._by_hand(page, self.request)

    def own_widgets(self) -> str:
        """The same fields as Django prints them."""
        forms = [OwnWidgetsForm(one, self.stored.get(one.pk)) for one in self.statements]
        return self._own_widgets({"forms": forms, **self._page()}, self.request)

    def _page(self) -> dict[str, Any]:
        return {"audit": self.audit, "section": self.section}


def _baseline(name: str) -> Callable[[dict[str, Any], Any], str]:
    return engines["django"].from_string((BASELINES / name).read_text()).render


def refuse_other_markup(ours: str, by_hand: str) -> None:
    """The ratio only means something while both print the same controls."""
    counts = [{tag: text.count(tag) for tag in CONTROLS} for text in (ours, by_hand)]
    if counts[0] != counts[1]:
        raise RuntimeError(
            f"bench/baselines/section.html is no longer the page's markup: {counts[0]} {counts[1]}"
        )


BENCHES = (section_rendering,)
