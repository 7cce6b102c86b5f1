"""A school that the register file here does not have yet."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.forms import GovukForm
from schools.models import SchoolUrn

PHASES = (
    "Primary",
    "Nursery",
    "Middle deemed primary",
    "Middle deemed secondary",
    "Secondary",
    "All-through",
)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_LAESTAB = re.compile(r"([0-9]{3})[/ -]?([0-9]{4})")


class HandMadeSchoolForm(GovukForm, forms.Form):
    """What the register will say of it, as far as it is known; its next refresh writes over this."""

    submit_label: ClassVar[str] = "Add the school and go on"

    name = forms.CharField(label="Name of the school", max_length=200)
    urn = forms.CharField(
        label="URN",
        help_text="Six digits. Get Information about Schools has it as soon as the school is approved.",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )
    town = forms.CharField(label="Town or village (optional)", max_length=80, required=False)
    postcode = forms.CharField(
        label="Postcode (optional)",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    phase = forms.ChoiceField(label="Phase", choices=[(phase, phase) for phase in PHASES])
    laestab = forms.CharField(
        label="LAESTAB (optional)",
        help_text="Seven digits, like 893/2001",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def clean_name(self) -> str:
        """A name with something to read in it."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(character.isalnum() for character in name):
            raise ValidationError("Use at least one letter or number in the name.")
        return name

    def clean_urn(self) -> int:
        """Six digits that no school here has or had."""
        typed = re.sub(r"\s", "", str(self.cleaned_data["urn"]))
        if not re.fullmatch("[1-9][0-9]{5}", typed):
            raise ValidationError("A URN has six digits, like 123456.")
        taken = SchoolUrn.objects.select_related("school").filter(urn=int(typed)).first()
        if taken is not None:
            raise ValidationError(f"{taken.school} has this URN here already. Find it by its URN instead.")
        return int(typed)

    def clean_postcode(self) -> str:
        """As the register writes it: "SY1 2AB"."""
        typed = re.sub(r"\s", "", str(self.cleaned_data["postcode"])).upper()
        found = _POSTCODE.fullmatch(typed)
        if typed and found is None:
            raise ValidationError("Enter a whole postcode, like SY1 2AB, or leave it empty.")
        return f"{found[1]} {found[2]}" if found else ""

    def clean_laestab(self) -> str:
        """As the register's files make it: "893/2001"."""
        typed = str(self.cleaned_data["laestab"]).strip()
        found = _LAESTAB.fullmatch(typed)
        if typed and found is None:
            raise ValidationError(
                "A LAESTAB has seven digits, like 893/2001. Leave it empty if you do not know it."
            )
        return f"{found[1]}/{found[2]}" if found else ""

    @property
    def values(self) -> dict[str, Any]:
        """The school's fields by name."""
        given = {name: self.cleaned_data[name] for name in ("name", "town", "postcode", "phase", "laestab")}
        return {**given, "la_code": self.cleaned_data["laestab"][:3]}
