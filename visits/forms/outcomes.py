"""What people send about what becomes of a theme."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.forms import GovukForm, RadiosWithHints
from core.guard.forms import AskedOnceForm
from schools.models import Action, ActionQuerySet, Area, ProgrammeYear, School
from visits.enums import Outcome
from visits.queries.loop import Stage

NEW_ACTION, KNOWN_ACTION = "new_action", "known_action"
_HINTS = {
    NEW_ACTION: "The next page asks what changes, whose it is and by when. About 3 minutes.",
    KNOWN_ACTION: "Several things that were said may lead to one action.",
    Outcome.NOT_GOING_AHEAD.value: "Families may be told why.",
    Outcome.WIDER_SYSTEM.value: "The school cannot change it alone: it goes to those who run services in the county.",
}
_OWED = {"known_action": "Choose the action", "reason": "Write why it is not going ahead"}


class OutcomeForm(AskedOnceForm, GovukForm, forms.Form):
    """What becomes of a theme."""

    submit_label = "Go on"
    guarded = ("reason", "needed")

    outcome = forms.ChoiceField(
        label="What becomes of it?",
        error_messages={"required": "Choose what becomes of it"},
        widget=RadiosWithHints(
            hints=_HINTS,
            reveals={
                KNOWN_ACTION: "known_action",
                Outcome.NOT_GOING_AHEAD.value: "reason",
                Outcome.WIDER_SYSTEM.value: "needed",
            },
        ),
    )
    known_action = forms.ModelChoiceField(
        label="Which action?", queryset=Action.objects.none(), required=False, empty_label="Choose an action"
    )
    reason = forms.CharField(
        label="Why is it not going ahead?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needed = forms.CharField(
        label="What is needed, and of whom? (optional)",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, actions: ActionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known_action"].queryset = actions  # type: ignore[attr-defined]
        known = [(KNOWN_ACTION, "An action that is on the list already")] if actions.exists() else []
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (NEW_ACTION, "A new action"),
            *known,
            (Outcome.NOT_GOING_AHEAD.value, Outcome.NOT_GOING_AHEAD.label),
            (Outcome.WIDER_SYSTEM.value, Outcome.WIDER_SYSTEM.label),
        ]

    def clean(self) -> dict[str, Any]:
        """An action that is there is named, and what does not go ahead has its reason."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        owed = {KNOWN_ACTION: "known_action", Outcome.NOT_GOING_AHEAD.value: "reason"}
        name = owed.get(found.get("outcome", ""))
        if name and name not in self.errors and not str(found.get(name) or "").strip():
            self.add_error(name, ValidationError(_OWED[name]))
        return found

    def asks_about(self, name: str) -> bool:
        """Of what was typed under another answer nothing is saved."""
        wants = {"reason": Outcome.NOT_GOING_AHEAD, "needed": Outcome.WIDER_SYSTEM}
        return bool(self.cleaned_data.get("outcome") == wants[name])


class LoopFilterForm(GovukForm, forms.Form):
    """Which of what was said at a school to list."""

    label_size: ClassVar[str] = "s"
    stage = forms.ChoiceField(
        label="Where it stands", required=False, choices=[("", "Anywhere"), *Stage.choices]
    )
    area = forms.ModelChoiceField(
        label="Area of practice",
        required=False,
        queryset=Area.objects.all(),
        to_field_name="key",
        empty_label="Any area",
    )
    year = forms.ModelChoiceField(
        label="Programme year",
        required=False,
        queryset=ProgrammeYear.objects.none(),
        empty_label="Every year",
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = ProgrammeYear.objects.filter(participations__school=school).order_by("-starts_on")
        self.fields["year"].queryset = years  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What the list is narrowed to besides where it stands, by field."""
        fields = {"area": self.cleaned_data["area"], "visit__programme_year": self.cleaned_data["year"]}
        return {name: value for name, value in fields.items() if value}
