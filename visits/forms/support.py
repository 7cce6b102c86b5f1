"""An entry of the list of local support."""

from datetime import date
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.fields import DateBoxesField
from core.seen import SeenForm
from visits.models import LocalSupport


class SupportForm(SeenForm):
    """A service or group that families are told of."""

    class Meta:
        model = LocalSupport
        fields = ("name", "what_for", "how_to_reach", "website", "checked_on", "is_shown")
        labels: ClassVar = {
            "name": "Name of the service or group",
            "what_for": "What it is for",
            "how_to_reach": "How to reach it",
            "is_shown": "Show it to families",
        }
        help_texts: ClassVar = {
            "what_for": "One sentence that a parent carer understands at once.",
            "how_to_reach": "A telephone number with its hours, an e-mail address, where and when it meets. Nobody’s "
            "private number.",
            "is_shown": "Left out, it stays on this list but on no page for families.",
        }
        error_messages: ClassVar = {"name": {"unique": "This is on the list already."}}

    website = forms.URLField(
        label="Website (optional)", required=False, max_length=300, assume_scheme="https"
    )
    checked_on = DateBoxesField(
        label="When did you last check that this is true?", help_text="For example: 27 3 2027"
    )

    def clean_checked_on(self) -> date:
        """Nobody has checked on a day to come."""
        day: date = self.cleaned_data["checked_on"]
        if day > timezone.localdate():
            raise ValidationError(
                "That day has not come yet. Enter the day on which you checked it.", code="day"
            )
        return day
