"""Rows that are a stretch of days, no two of which share a day: programme years, half terms."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from core.seen import SeenForm
from core.words import date_words


class StretchForm(SeenForm):
    """A row with `starts_on` and `ends_on` that stands apart from all others of its model."""

    stands: ClassVar[str] = "is"
    """How another one is told of: "Autumn 2026 is from …"."""

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first, and no other row has any of the days between."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last <= first:
            self.add_error(
                "ends_on", ValidationError(f"The last day must come after {date_words(first)}.", code="day")
            )
        elif first and last:
            self._stand_apart(first, last)
        return cleaned

    def _stand_apart(self, first: date, last: date) -> None:
        others = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        other = others.filter(starts_on__lte=last, ends_on__gte=first).first()
        if other is not None:
            theirs = f"from {date_words(other.starts_on)} to {date_words(other.ends_on)}"
            words = f"{other} {self.stands} {theirs}. Choose days outside it."
            self.add_error("starts_on", ValidationError(words, code="day"))
