"""Which of the local support was mentioned at a visit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from django import forms

from accounts.models import User
from core.forms import GovukForm


class SignpostingForm(GovukForm, forms.Form):
    """Which of the local support was mentioned; two workers may tick at once, and each box is its own."""

    HEADING = "Local support that was mentioned"
    TEMPLATE = "visits/record/record_part.jinja"
    in_conflict = False
    beside = None
    address, part_id = "signposting/", "part-signposting"
    saved_at: datetime | None = None
    saved_by: User | None = None

    support = forms.MultipleChoiceField(
        label="What did you tell parent carers of? (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pins-ticks"}),
    )
    seen = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    """Which boxes the page showed as ticked, so that only what this person changed is changed."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Iterable[tuple[int, str]],
        ticked: Iterable[int],
    ) -> None:
        shown = sorted(ticked)
        initial = {"support": shown, "seen": ".".join(map(str, shown))}
        super().__init__(data, prefix="signposting", initial=initial)
        cast(forms.MultipleChoiceField, self.fields["support"]).choices = list(choices)

    @property
    def was_sent(self) -> bool:
        """Whether the part came at all; one in which nothing is ticked has its hidden field alone."""
        return self.add_prefix("seen") in self.data

    @property
    def _before(self) -> set[int]:
        typed = str(self.cleaned_data["seen"]).split(".")
        return {int(one) for one in typed if one.isascii() and one.isdigit() and len(one) <= 18}

    @property
    def _now(self) -> set[int]:
        return {int(one) for one in self.cleaned_data["support"]}

    @property
    def added(self) -> set[int]:
        """What the person ticked that their page had not shown so."""
        return self._now - self._before

    @property
    def removed(self) -> set[int]:
        """What they unticked."""
        return self._before - self._now

    @property
    def seal(self) -> str:
        """What the page shows as ticked, to travel with the next saving."""
        return str(self["seen"].value() or "")

    @property
    def sent_names(self) -> str:
        """The names that an automatic saving of this part alone sends, for htmx."""
        return "csrfmiddlewaretoken,signposting-support,signposting-seen"

    @property
    def controls(self) -> list[Any]:
        """What stands in the part."""
        return [self.control("support")]

    @property
    def shows_stored(self) -> bool:
        """Whether the page shows what is stored."""
        return not self.is_bound
