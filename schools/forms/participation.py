"""What an administrator writes about a school's part in a year."""

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.forms import GovukForm
from core.seen import SeenForm
from schools.models import Cohort, Participation, ProgrammeYear
from schools.queries.programme import by_cohort


class ParticipationForm(SeenForm):
    """When the school joined, what it gets this year, and how many hours of support."""

    class Meta:
        model = Participation
        fields = ("cohort", "offer", "support_hours")
        labels: ClassVar = {
            "cohort": "Joined with",
            "offer": "What it gets this year",
            "support_hours": "Hours of support allotted (optional)",
        }
        widgets: ClassVar = {"offer": forms.RadioSelect}

    support_hours = forms.IntegerField(
        label="Hours of support allotted (optional)", required=False, min_value=0, max_value=999
    )

    sure = forms.BooleanField()

    def __init__(self, *args: Any, unusual: str = "", joined: Cohort | None = None, **kwargs: Any) -> None:
        """`unusual` says what about the school asks for a tick before it is added: "is closed".

        `joined` is the cohort that it joined with in another year, which is then not asked for.
        """
        super().__init__(*args, **kwargs)
        if unusual:
            self.fields["sure"].label = f"I know that this school {unusual}"
            self.fields["sure"].error_messages["required"] = f"Tick that you know that this school {unusual}"
        else:
            del self.fields["sure"]
        if joined is not None:
            self.instance.cohort = joined
            del self.fields["cohort"]
            return
        cohorts = cast("forms.ModelChoiceField[Cohort]", self.fields["cohort"])
        cohorts.queryset = Cohort.objects.select_related("joined_in")
        cohorts.empty_label = "Choose a cohort"


class PartFilterForm(GovukForm, forms.Form):
    """Which schools of a year to list."""

    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any status"), *Participation.Status.choices]
    )
    offer = forms.ChoiceField(
        label="Offer", required=False, choices=[("", "Any offer"), *Participation.Offer.choices]
    )
    cohort = forms.ModelChoiceField(
        label="Cohort",
        required=False,
        queryset=Cohort.objects.all(),
        to_field_name="slug",
        empty_label="Any cohort",
    )

    def found(self, year: ProgrammeYear) -> Any:
        """The parts that were asked for, by the name of the school; none when the filter is wrong."""
        parts = Participation.objects.filter(programme_year=year).select_related("school", "cohort")
        if not self.is_valid():
            return parts.none()
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return parts.filter(**asked).order_by("school__name", "pk")


class CarryOnForm(GovukForm, forms.Form):
    """Which schools of the year before go on, and with which offer."""

    submit_label = "See what will happen"

    offer = forms.ChoiceField(
        label="What they get in the new year",
        choices=Participation.Offer.choices,
        initial=Participation.Offer.EMBEDDING,
        widget=forms.RadioSelect,
    )
    support_hours = forms.IntegerField(
        label="Hours of support allotted to each (optional)", required=False, min_value=0, max_value=999
    )
    schools = forms.TypedMultipleChoiceField(
        label="Schools that go on", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, parts: Iterable[Participation], cohort: str | None = None, **kwargs: Any
    ) -> None:
        """The schools by cohort, all ticked, or only those of the cohort with this slug, if there is one."""
        super().__init__(*args, **kwargs)
        of: dict[Cohort, list[Participation]] = by_cohort(parts)
        self.fields["schools"].choices = [  # type: ignore[attr-defined]
            (f"{one}: {len(those)}", [(str(part.school_id), _named(part)) for part in those])
            for one, those in of.items()
        ]
        only = {one for one in of if one.slug == cohort} or set(of)
        ticked = [str(part.school_id) for one, those in of.items() if one in only for part in those]
        self.initial.setdefault("schools", ticked)

    @property
    def chosen(self) -> dict[str, Any]:
        """Schools by id, the offer and the hours; for a valid form."""
        return {name: self.cleaned_data[name] for name in ("schools", "offer", "support_hours")}


def _named(part: Participation) -> SafeString:
    """The school; its cohort stands above it, and is read out for who does not see that."""
    return format_html('{}<span class="govuk-visually-hidden">, {}</span>', part.school, part.cohort)


class BeginForm(GovukForm, forms.Form):
    """Which confirmed schools have begun."""

    submit_label = "Note that these have begun"

    parts = forms.TypedMultipleChoiceField(
        label="Schools that have begun", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, parts: Iterable[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(str(part.pk), f"{part.school}, {part.cohort}") for part in parts]
        self.has_parts = bool(listed)
        self.fields["parts"].choices = listed  # type: ignore[attr-defined]
        self.initial.setdefault("parts", [value for value, _ in listed])


class RegisterSearchForm(GovukForm, forms.Form):
    """Which school of the register to add."""

    q = forms.CharField(
        label="Name, town, postcode or URN",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
