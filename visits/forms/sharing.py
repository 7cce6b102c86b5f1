"""What the school says of the notes of a visit."""

from typing import Any, ClassVar

from django import forms

from core.forms import GovukForm, RadiosWithHints
from core.guard.forms import AskedOnceForm
from core.seen import SeenForm
from visits.models import Reply


class ShareForm(GovukForm, forms.Form):
    """That the notes go to the school, and of which marked words somebody says that they name nobody."""

    submit_label = "Share the notes"

    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, marked: str, **kwargs: Any) -> None:
        """`marked` is the digest of what is marked now; empty for nothing."""
        super().__init__(*args, **kwargs)
        self.initial["looked_at"] = marked
        if marked:
            self.fields["names_nobody"] = forms.BooleanField(
                label="I have looked at these words: they name nobody",
                error_messages={"required": "Change the marked words, or tick that they name nobody"},
            )


class FinishForm(GovukForm, forms.Form):
    """That the notes are written although nobody answered the question about safeguarding."""

    submit_label = "Say that the notes are written"

    asked = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)
    stays_open = forms.BooleanField(
        label="It is to stay open",
        error_messages={"required": "Answer the safeguarding question, or tick that it is to stay open"},
    )

    @property
    def is_first_press(self) -> bool:
        """Whether it comes from a page that did not ask yet."""
        return self.is_bound and "asked" not in self.data


class ReplyForm(AskedOnceForm, SeenForm):
    """Whether the notes are accurate, and what the school says of them: it is e-mailed and shown as it is sent."""

    submit_label = "Send the reply"
    guarded = ("comment",)

    class Meta:
        model = Reply
        fields = ("verdict", "comment")
        labels: ClassVar = {
            "verdict": "Are the notes accurate?",
            "comment": "Your comment",
        }
        help_texts: ClassVar = {
            "comment": "Optional where the notes are accurate. It stands beside them wherever they are used."
        }
        error_messages: ClassVar = {"verdict": {"required": "Choose whether the notes are accurate"}}
        widgets: ClassVar = {
            "verdict": RadiosWithHints(
                hints={
                    Reply.Verdict.ACCURATE: "They say what was said, even where you see it otherwise.",
                    Reply.Verdict.NOT_ACCURATE: "Write below what is not.",
                }
            ),
            "comment": forms.Textarea(attrs={"rows": 6}),
        }

    def clean(self) -> dict[str, Any]:
        """Who calls the notes not accurate says what is not."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        wrong = found.get("verdict") == Reply.Verdict.NOT_ACCURATE
        if wrong and not str(found.get("comment", "")).strip() and "comment" not in self.errors:
            self.add_error("comment", "Write what is not accurate")
        return found
