"""What an administrator writes about the programme: its years, cohorts, areas and partner bodies."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from core.fields import DateBoxesField
from core.forms import GovukForm
from core.guard.forms import AskedOnceForm
from core.models import ProgrammeSettings
from core.seen import SeenForm
from core.small_numbers import ROUND_TO
from schools.forms.stretches import StretchForm
from schools.models import Area, Cohort, PartnerBody, ProgrammeYear


class YearForm(StretchForm):
    """A programme year with days of its own."""

    class Meta:
        model = ProgrammeYear
        fields = ("name", "starts_on", "ends_on")
        labels: ClassVar = {"name": "Name of the programme year"}
        help_texts: ClassVar = {"name": "For example: 2027 to 2028"}
        error_messages: ClassVar = {"name": {"unique": "There is a programme year with this name already."}}

    stands = "runs"

    starts_on = DateBoxesField(label="First day", help_text="For example: 1 4 2027")
    ends_on = DateBoxesField(
        label="Last day", help_text="It may differ from the school year and the financial year."
    )


class CohortForm(SeenForm):
    """The schools that join together; its address is made of its name once and then stays."""

    class Meta:
        model = Cohort
        fields = ("name", "joined_in")
        labels: ClassVar = {"name": "Name of the cohort", "joined_in": "Its schools join in"}
        help_texts: ClassVar = {
            "name": "For example: Year 3. Families see the years instead: they would take it for a class."
        }
        error_messages: ClassVar = {"name": {"unique": "There is a cohort with this name already."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = cast("forms.ModelChoiceField[ProgrammeYear]", self.fields["joined_in"])
        years.empty_label = "Choose a year"

    def clean_name(self) -> str:
        """A name that an address can be made of, and of which none was made yet."""
        name = str(self.cleaned_data["name"])
        if not self.instance.pk:
            self.instance.slug = slugify(name)[:40]
            if not self.instance.slug:
                raise ValidationError("Use at least one letter or number in the name.")
            if Cohort.objects.filter(slug=self.instance.slug).exists():
                raise ValidationError(
                    "Another cohort has nearly the same name. Choose one that is told apart more easily."
                )
        return name


class AreaForm(SeenForm):
    """An area of practice; its key is made of its name once and then stays, since frameworks name it."""

    class Meta:
        model = Area
        fields = ("name", "kind")
        labels: ClassVar = {"name": "Name of the area", "kind": "What it is in the self-audit"}
        error_messages: ClassVar = {"kind": {"required": "Choose what it is in the self-audit"}}
        widgets: ClassVar = {"kind": forms.RadioSelect}

    def clean_name(self) -> str:
        """A name that no other area has, and that a key can be made of."""
        name = str(self.cleaned_data["name"])
        if Area.objects.exclude(pk=self.instance.pk).filter(name__iexact=name).exists():
            raise ValidationError("There is an area with this name already.")
        if not self.instance.pk:
            self.instance.key = slugify(name)[:40]
            if not self.instance.key or Area.objects.filter(key=self.instance.key).exists():
                raise ValidationError("Choose another name: this one is too near to that of another area.")
        return name


class PartnerBodyForm(SeenForm):
    """An organisation behind the programme."""

    class Meta:
        model = PartnerBody
        fields = ("name", "part", "website")
        labels: ClassVar = {
            "name": "Name of the organisation",
            "part": "What it does for the programme",
            "website": "Website (optional)",
        }
        help_texts: ClassVar = {
            "part": "A few words for the public pages, like: Leads the programme in the county"
        }
        error_messages: ClassVar = {"name": {"unique": "This organisation is on the list already."}}

    website = forms.URLField(
        label="Website (optional)", required=False, max_length=300, assume_scheme="https"
    )


class SettingsForm(SeenForm):
    """Whose programme this is; another forum changes these and no code."""

    class Meta:
        model = ProgrammeSettings
        fields = (
            "site_name",
            "programme_name",
            "programme_short_name",
            "forum_name",
            "forum_short_name",
            "county",
            "contact_email",
            "contact_phone",
            "forum_website",
            "postal_address",
            "data_protection_contact",
            "small_number_threshold",
            "safeguarding_procedure",
            "safeguarding_phones",
        )
        labels: ClassVar = {
            "site_name": "Name of this site",
            "programme_name": "Name of the programme",
            "programme_short_name": "The programme’s short name",
            "forum_name": "Name of the parent carer forum",
            "forum_short_name": "The forum’s short name",
            "contact_email": "E-mail address for questions",
            "contact_phone": "Telephone number for questions (optional)",
            "postal_address": "Postal address (optional)",
            "data_protection_contact": "Who answers about data protection (optional)",
            "small_number_threshold": "Smallest number of people that leaves the forum",
            "safeguarding_procedure": "What to do about safeguarding after a visit (optional)",
            "safeguarding_phones": "Whom to ring about safeguarding (optional)",
        }
        widgets: ClassVar = {
            "postal_address": forms.Textarea(attrs={"rows": 4}),
            "safeguarding_procedure": forms.Textarea(attrs={"rows": 6}),
            "safeguarding_phones": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts: ClassVar = {
            "site_name": "It stands at the top of every page and in every e-mail.",
            "county": (
                "The map keeps its outline until whoever runs the server loads that of another county, with the "
                "command load_outline (docs/operations.md)."
            ),
            "postal_address": "The contact page shows it.",
            "data_protection_contact": (
                "The privacy notice names it: a role and how to reach it, like: the forum’s manager, data@example.org"
            ),
            "small_number_threshold": (
                "A smaller count of parent carers, families or pupils is told as “fewer than” it: 5, 10, 15 or 20. "
                "What was shared before keeps the counts that were told then."
            ),
            "safeguarding_procedure": (
                "It stands beside the question about safeguarding in the record of a visit, below “If a child is in "
                "immediate danger, ring 999 first.” Left empty, our own words stand there."
            ),
            "safeguarding_phones": "One on each line: who, and the number.",
        }

    forum_website = forms.URLField(
        label="The forum’s own website (optional)", required=False, max_length=200, assume_scheme="https"
    )

    def clean_small_number_threshold(self) -> int:
        """A multiple of that to which counts are rounded: another would let single counts be told."""
        threshold: int = self.cleaned_data["small_number_threshold"]
        if threshold % ROUND_TO:
            raise ValidationError("Choose 5, 10, 15 or 20: larger counts are told to the nearest 5.")
        return threshold


class ReasonForm(AskedOnceForm, GovukForm, forms.Form):
    """Why something is done that was not foreseen; kept in the history, so that marked words are asked about first."""

    guarded = ("reason",)

    reason = forms.CharField(
        label="Why?",
        help_text="It is kept in the history.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
