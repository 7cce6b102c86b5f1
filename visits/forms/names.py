"""What the three visits of a year are called and for."""

from typing import Any, ClassVar

from django import forms

from core.seen import SeenForm
from visits.models import VisitStep


class VisitStepForm(SeenForm):
    """Name, purpose and minutes of one of the three."""

    class Meta:
        model = VisitStep
        fields = ("name", "purpose", "minutes", "minutes_around")
        labels: ClassVar = {
            "name": "Name of the visit",
            "purpose": "What it is for",
            "minutes": "Minutes at the school",
            "minutes_around": "Minutes to prepare, travel and write up",
        }
        help_texts: ClassVar = {
            "name": "Schools and families read it, for example: Meeting parent carers",
            "purpose": "One sentence that schools and families read.",
            "minutes": "From 15 to 480. A new date is that long.",
            "minutes_around": "Hours by worker are reckoned with it.",
        }
        widgets: ClassVar = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("minutes", "minutes_around"):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-4"
