"""The county's terms and days off, as an administrator keeps them."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError

from core.fields import DateBoxesField
from core.seen import SeenForm
from schools.forms.stretches import StretchForm
from schools.models import DayOff, Term


class TermForm(StretchForm):
    """A stretch of school time without holidays in it."""

    class Meta:
        model = Term
        fields = ("name", "starts_on", "ends_on")
        labels: ClassVar = {"name": "Name of the half term"}
        help_texts: ClassVar = {"name": "For example: Autumn 2026, first half"}
        error_messages: ClassVar = {"name": {"unique": "There is a half term with this name already."}}

    starts_on = DateBoxesField(label="First school day", help_text="For example: 2 9 2026")
    ends_on = DateBoxesField(label="Last school day", help_text="For example: 23 10 2026")


class DayOffForm(SeenForm):
    """A day inside a half term on which schools are closed."""

    class Meta:
        model = DayOff
        fields = ("day", "name")
        labels: ClassVar = {"name": "What it is"}
        help_texts: ClassVar = {"name": "As it stands after “it is”, for example: the May bank holiday"}

    day = DateBoxesField(label="Day", help_text="For example: 3 5 2027")

    def clean_day(self) -> date:
        """A day that is not on the list yet, inside a half term."""
        day: date = self.cleaned_data["day"]
        if DayOff.objects.exclude(pk=self.instance.pk).filter(day=day).exists():
            raise ValidationError("This day is on the list already.", code="day")
        if day.weekday() >= 5:
            raise ValidationError("This day is at a weekend, when schools are closed anyway.", code="day")
        return day
