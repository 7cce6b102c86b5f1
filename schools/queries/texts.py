"""The texts of the public pages and who changed them."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from core.models import HistoryEntry, PublicText
from core.public_texts import KINDS, TextKind


class TextLine(NamedTuple):
    """A text of the list: ours while nobody is named."""

    kind: TextKind
    by: str = ""
    at: datetime | None = None

    @property
    def is_changed(self) -> bool:
        """Whether somebody changed it."""
        return self.at is not None


def text_lines() -> list[TextLine]:
    """Every text there is, in the order of the pages, with who changed it last; one query."""
    last = HistoryEntry.objects.filter(
        target_type=PublicText._meta.label_lower, target_id=Cast(OuterRef("pk"), CharField())
    ).order_by("-at", "-pk")
    rows = PublicText.objects.annotate(
        by=Subquery(last.values("actor_label")[:1]), at=Subquery(last.values("at")[:1])
    )
    changed = {key: (by, at) for key, by, at in rows.values_list("key", "by", "at")}
    return [TextLine(kind, *changed.get(key, ("", None))) for key, kind in KINDS.items()]
