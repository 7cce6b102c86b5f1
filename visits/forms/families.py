"""What people write, and approve, of what families read."""

from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from core.forms import GovukForm
from core.guard.forms import AskedOnceForm
from core.seen import SeenForm
from schools.forms.actions import NAME_NOBODY
from schools.models import Area
from visits.forms.planning import reason_field
from visits.models import FamiliesLine, FamiliesPage


class IntroForm(SeenForm):
    """The first words of the page."""

    submit_label = "Save the first words"

    class Meta:
        model = FamiliesPage
        fields = ("intro",)
        labels: ClassVar = {"intro": "First words (optional)"}
        help_texts: ClassVar = {"intro": f"A greeting and a thank you, two or three sentences. {NAME_NOBODY}"}
        widgets: ClassVar = {"intro": forms.Textarea(attrs={"rows": 4})}


class LineForm(SeenForm):
    """One thing that was said, and what becomes of it."""

    submit_label = "Save the line"

    class Meta:
        model = FamiliesLine
        fields = ("you_said", "becomes", "answer", "area")
        labels: ClassVar = {
            "you_said": "You said",
            "becomes": "What becomes of it?",
            "answer": "What the school does, did, or why not",
            "area": "Area of practice",
        }
        help_texts: ClassVar = {
            "you_said": (
                "One sentence that could be any of many families: no name, no year group with a need, no number. "
                f"{NAME_NOBODY}"
            ),
            "answer": "Two or three plain sentences. Name no member of staff and no date of a visit.",
        }
        error_messages: ClassVar = {"becomes": {"required": "Choose what becomes of it"}}
        widgets: ClassVar = {
            "you_said": forms.Textarea(attrs={"rows": 2}),
            "becomes": forms.RadioSelect,
            "answer": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = cast("forms.ModelChoiceField[Area]", self.fields["area"])
        areas.empty_label = "Choose an area"

    def clean_you_said(self) -> str:
        """On one line, as the history has it."""
        return " ".join(str(self.cleaned_data["you_said"]).split())


class AskForChangeForm(AskedOnceForm, GovukForm, forms.Form):
    """What the school would have otherwise."""

    submit_label = "Send it"
    guarded = ("note",)

    note = forms.CharField(
        label="What should read otherwise, and how?",
        help_text="Two or three sentences; they are kept in the history.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Write what should read otherwise"},
    )


class ApproveForm(GovukForm, forms.Form):
    """That somebody read all of it, and which words those were."""

    submit_label = "Approve these words"

    has_read = forms.BooleanField(
        label="I have read all of it, as families will read it",
        error_messages={"required": "Read all of it, then tick that you have"},
    )
    words = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, marked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if marked:
            self.fields["names_nobody"] = forms.BooleanField(
                label="The marked words name no child and no family",
                error_messages={"required": "Have the marked words changed, or tick that they name nobody"},
            )


class AnswerChangeForm(AskedOnceForm, GovukForm, forms.Form):
    """Why the words stay as they are; it knows which change its page showed."""

    submit_label = "Answer that the words stay"
    guarded = ("reason",)

    reason = reason_field("Why do they stay?")

    asked = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: FamiliesPage, **kwargs: Any) -> None:
        super().__init__(*args, allowed=page.school.innocent_names, **kwargs)
        self.initial["asked"] = page.change_seen

    def shows(self, page: FamiliesPage) -> None:
        """Whoever reads what was added, and sends the answer again, means it."""
        data = cast(QueryDict, self.data).copy()
        data["asked"] = page.change_seen
        self.data = data
