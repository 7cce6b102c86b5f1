"""Forms of the top floor."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from accounts.models import User
from core.fields import AddressField
from core.forms import GovukForm
from core.models import OutgoingEmail
from schools.models import Cohort, Participation, ProgrammeYear, SchoolGroup

EVERY_YEAR, NOBODY = "all", "nobody"
"""What the list of schools is narrowed to when no year is meant, and when no link worker is there."""


class MailFilterForm(GovukForm, forms.Form):
    """Which outgoing mail to show."""

    label_size: ClassVar[str] = "s"
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any status"), *OutgoingEmail.Status.choices]
    )


class MailTestForm(GovukForm, forms.Form):
    """Where a test e-mail goes."""

    submit_label = "Send the test"

    to = AddressField(label="Send a test to", help_text="It takes about a minute to arrive.")


class WorkspaceFilterForm(GovukForm, forms.Form):
    """Which schools of the programme to list; the running year unless another is asked for."""

    label_size: ClassVar[str] = "s"
    q = forms.CharField(
        label="Name, town, postcode or URN",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    year = forms.ChoiceField(label="Programme year", required=False)
    cohort = forms.ModelChoiceField(
        label="Joined with",
        required=False,
        queryset=Cohort.objects.all(),
        to_field_name="slug",
        empty_label="Any cohort",
    )
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any status"), *Participation.Status.choices]
    )
    offer = forms.ChoiceField(
        label="Offer", required=False, choices=[("", "Any offer"), *Participation.Offer.choices]
    )
    link_worker = forms.ChoiceField(label="Link worker", required=False)
    group = forms.ModelChoiceField(
        label="Federation or cluster",
        required=False,
        queryset=SchoolGroup.objects.all(),
        empty_label="Any or none",
    )

    def __init__(
        self,
        data: Any,
        *,
        years: Iterable[ProgrammeYear],
        running: ProgrammeYear | None,
        workers: Iterable[User],
    ) -> None:
        asked = data.copy()
        if running is not None and not asked.get("year"):
            asked["year"] = str(running.pk)
        super().__init__(asked)
        named = [(str(year.pk), year.name) for year in years]
        people = [(str(worker.pk), str(worker)) for worker in workers]
        self.fields["year"].choices = [*named, (EVERY_YEAR, "Every year")]  # type: ignore[attr-defined]
        self.fields["link_worker"].choices = [("", "Anybody"), (NOBODY, "Nobody yet"), *people]  # type: ignore[attr-defined]

    @property
    def narrows(self) -> bool:
        """Whether anything was chosen of what the page folds away."""
        return any(self.data.get(name) for name in ("cohort", "status", "offer", "link_worker", "group"))
