"""What an administrator sends to refresh the schools from the register, and decides about what it leaves open."""

from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile

from core.forms import DateBoxesField, GovukForm, RadiosWithHints
from core.guard.forms import AskedOnceForm
from core.words import lower_first
from schools.models import RegisterDifference, SuccessionToReview
from schools.register import succession
from schools.register.reading import RegisterReader, RegisterRefusedError, column_key
from schools.register.rows import REQUIRED

MOST_MEGABYTES = 120
"""Of both files together; the national register has about 65."""
TOO_LARGE = (
    f"The files are larger than {MOST_MEGABYTES} MB together. The national register has about 65 MB: "
    "check that you chose the CSV of establishment fields."
)
_OTHER_ONE = {
    "register": "This is the links file. Choose it in the second box, and the register file here.",
    "links": "This is the register file. Choose it in the first box, and the links file here.",
}


class UploadForm(GovukForm, forms.Form):
    """The register file and, if there is one, its links file. What can be seen at once is said at once."""

    submit_label: ClassVar[str] = "Check the file"

    register = forms.FileField(
        label="Register file",
        help_text="“Establishment fields” as CSV, from Get Information about Schools: all of England or your county.",
    )
    links = forms.FileField(
        label="Links file (optional)",
        help_text="“Links” as CSV, from the same day. It says which school became which.",
        required=False,
    )

    def __init__(self, *args: Any, is_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.fields["register"].required = not is_too_large

    def clean_register(self) -> Any:
        """Raises ValidationError for what is no register file; its rows are checked later, by a worker."""
        if self.is_too_large:
            raise ValidationError(TOO_LARGE, code="too_large")
        return _readable(self.cleaned_data["register"], "register", REQUIRED, succession.COLUMNS)

    def clean_links(self) -> Any:
        """The same for the links file."""
        file = self.cleaned_data["links"]
        return _readable(file, "links", succession.COLUMNS, REQUIRED) if file else None


def _readable(
    file: TemporaryUploadedFile, which: str, required: tuple[str, ...], others: tuple[str, ...]
) -> TemporaryUploadedFile:
    path = Path(file.temporary_file_path())
    try:
        RegisterReader(path, wanted=required, required=required)
    except RegisterRefusedError as refusal:
        if _has_columns(path, others):
            raise ValidationError(_OTHER_ONE[which], code="other_file") from None
        raise ValidationError([str(problem) for problem in refusal.problems], code="unusable") from None
    return file


def _has_columns(path: Path, columns: tuple[str, ...]) -> bool:
    with path.open(encoding="cp1252", errors="replace") as file:
        head = {column_key(name.strip('"\ufeff')) for name in file.readline(20_000).split(",")}
    return {column_key(name) for name in columns[1:]} <= head


class KindForm(GovukForm, forms.Form):
    """Which of the differences to show."""

    kind = forms.ChoiceField(
        label="Show",
        choices=[("", "Everything"), *RegisterDifference.Kind.choices],
        required=False,
    )


class ApplyForm(GovukForm, forms.Form):
    """The last word before anything is written; new names of schools in the programme ask for a tick of their own."""

    digest = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": "Open this page anew and read it before you apply the file"},
    )
    names_read = forms.BooleanField(label="I have read the new names")

    def __init__(self, *args: Any, renamed: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not renamed:
            del self.fields["names_read"]


class DecisionForm(AskedOnceForm, GovukForm, forms.Form):
    """One school or two, from which day, and why."""

    submit_label: ClassVar[str] = "Save the decision"
    guarded = ("reason",)

    decision = forms.ChoiceField(
        label="What happened?",
        choices=[
            (SuccessionToReview.Decision.CONTINUES.value, "The school goes on under the newer number"),
            (SuccessionToReview.Decision.SEPARATE.value, "They are two schools and stay separate"),
        ],
        widget=RadiosWithHints(
            hints={
                SuccessionToReview.Decision.CONTINUES.value: "Its people, self-audits and years in the programme "
                "move to the newer number. This cannot be taken back.",
                SuccessionToReview.Decision.SEPARATE.value: "Nothing moves. You are not asked about them again.",
            },
        ),
    )
    first_day = DateBoxesField(
        label="First day under the newer number",
        help_text="Only if the school goes on. For example, 1 September 2026",
        required=False,
    )
    reason = forms.CharField(
        label="How do you know?",
        help_text="Kept in the history: “the school told us”, “the council’s notice of 3 March 2026”.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A school that goes on needs its first day."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        goes_on = found.get("decision") == SuccessionToReview.Decision.CONTINUES
        if goes_on and not found.get("first_day") and "first_day" not in self.errors:
            label = lower_first(str(self.fields["first_day"].label))
            self.add_error("first_day", ValidationError(f"Enter the {label}", code="day"))
        return found
