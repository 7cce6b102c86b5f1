"""One answer after another, each different from the last, each carrying the seal that the last one brought."""

import re
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode

from audits.models import Audit, Statement
from bench.server import Visitor

SEAL = re.compile(rb'name="[^"]+-seen" value="([^"]*)"')


@dataclass
class AnswerSaver:
    """Answers one statement again and again, as htmx does."""

    visitor: Visitor
    audit: Audit
    seal: str = ""
    ratings: "cycle[str]" = field(default_factory=lambda: cycle("1234"))

    def __post_init__(self) -> None:
        statements = Statement.objects.filter(section__version=self.audit.version).order_by(
            "section__position", "position"
        )
        self.statement = statements.select_related("section__area")[0]
        page = f"/audits/{self.audit.pk}/sections/{self.statement.section.area.key}/"
        self.address = f"{page}statements/{self.statement.key}/"
        self._take_seal(self.visitor.get(page).body)

    def _take_seal(self, body: bytes) -> None:
        self.seal = SEAL.findall(body)[0].decode()

    def form(self) -> bytes:
        """What the browser sends this time."""
        key = self.statement.key
        values = {
            "csrfmiddlewaretoken": self.visitor.cookies["csrftoken"],
            f"{key}-answer": next(self.ratings),
            f"{key}-reason": "",
            f"{key}-evidence_note": "Seen in two classes on Monday.",
            f"{key}-seen": self.seal,
        }
        return urlencode(values).encode()

    def save(self) -> None:
        """Save one answer that differs from the stored one; stops if it was not saved."""
        answered = self.visitor.post(self.address, self.form(), HTTP_HX_REQUEST="true")
        if answered.status != 200 or b"data-acknowledged" not in answered.body:
            raise RuntimeError(f"The answer was not saved: {answered.status} {answered.body[:300]!r}")
        self._take_seal(answered.body)
