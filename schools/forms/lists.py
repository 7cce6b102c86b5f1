"""A council's list of schools for a year: what is sent, and what a person decides about each line."""

from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.fields import RadiosField
from core.forms import GovukForm
from core.seen import digest
from schools import school_lists
from schools.models import Cohort, Participation, ProgrammeYear
from schools.queries.matching import Candidate, Kind, Match

OUT = "out"
_TOO_LARGE = (
    "The file is larger than 2 MB. Save the sheet with the schools as a file of its own, or copy the names."
)
_STATUSES = [Participation.Status.INVITED, Participation.Status.CONFIRMED]


class ListForm(GovukForm, forms.Form):
    """The list, pasted or as a file, and what all its schools get."""

    submit_label: ClassVar[str] = "Look the schools up"

    lines = forms.CharField(
        label="Paste the list",
        help_text="One school a line. A town, postcode or URN beside the name helps to tell schools apart.",
        required=False,
        max_length=school_lists.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text="Excel (.xlsx), .csv or .txt. Only names, URNs, postcodes and towns are read from it.",
        required=False,
    )
    cohort = forms.ModelChoiceField(
        label="They joined with",
        help_text="For schools that are new to the programme. A school of another year keeps the one it joined with.",
        queryset=Cohort.objects.none(),
        empty_label="Choose a cohort",
    )
    offer = forms.ChoiceField(
        label="What they get this year", choices=Participation.Offer.choices, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(
        label="Where they stand",
        choices=[(one.value, one.label) for one in _STATUSES],
        widget=forms.RadioSelect,
    )
    support_hours = forms.IntegerField(
        label="Hours of support allotted to each (optional)", required=False, min_value=0, max_value=999
    )

    def __init__(
        self, *args: Any, year: ProgrammeYear | None = None, is_too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.is_too_large = is_too_large
        cohorts = cast("forms.ModelChoiceField[Cohort]", self.fields["cohort"])
        cohorts.queryset = Cohort.objects.select_related("joined_in")

    def clean_cohort(self) -> Cohort:
        """A cohort that had joined by the year."""
        cohort = cast(Cohort, self.cleaned_data["cohort"])
        if self.year is not None and cohort.joined_in.starts_on > self.year.starts_on:
            raise ValidationError(
                f"The schools of {cohort} joined after {self.year}. Choose an earlier cohort."
            )
        return cohort

    def clean_file(self) -> str:
        """The lines of the file; raises ValidationError for one that cannot be read."""
        file = self.cleaned_data["file"]
        if self.is_too_large:
            raise ValidationError(_TOO_LARGE, code="too_large")
        try:
            return school_lists.read_file(file, file.name) if file else ""
        except school_lists.UnreadableListError as refusal:
            raise ValidationError(str(refusal), code="unreadable") from None

    def clean(self) -> dict[str, Any]:
        """One list, of at most 500 lines; what a file says stands in the box from now on."""
        cleaned = super().clean() or self.cleaned_data
        if {"lines", "file"} & set(self.errors):
            return cleaned
        pasted, of_file = school_lists.read_text(cleaned.get("lines") or ""), cleaned.get("file") or ""
        if bool(pasted.strip()) and bool(of_file.strip()):
            self.add_error(
                "file", "Send the pasted list or the file, not both. Empty the box or choose no file."
            )
        elif not pasted.strip() and not of_file.strip():
            self.add_error("lines", "Paste the names of the schools, or choose a file that has some")
        else:
            self._take(of_file or pasted)
        return cleaned

    def _take(self, text: str) -> None:
        lines = school_lists.lines_of(text)
        count = sum(not (line.is_blank or line.names_columns) for line in lines)
        if count > school_lists.MOST_LINES:
            words = f"The list has {count} lines. Send at most {school_lists.MOST_LINES} at a time."
            self.add_error("file" if self.cleaned_data.get("file") else "lines", words)
            return
        self.cleaned_data["lines"] = text
        data = cast(QueryDict, self.data).copy()
        data["lines"] = text
        self.data = data


class LineForm(GovukForm, forms.Form):
    """What is decided about one line: added or left out, or which school it means."""

    add = forms.BooleanField(
        label="Add",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
    )
    choice = RadiosField(label="Which school is it?", choices=[])
    find = forms.CharField(label="Look in the register", required=False, max_length=100)

    def __init__(
        self,
        *args: Any,
        match: Match,
        found: list[Candidate] | None = None,
        taken: str = "",
        **kwargs: Any,
    ) -> None:
        """`found` are schools that this line was looked up for; `taken` names a chosen one that cannot be added."""
        super().__init__(*args, prefix=f"line-{match.line.number}", **kwargs)
        self.match = match
        self.options = {str(one.pk): one for one in (*match.options, *(found or ()))}
        if match.kind is Kind.EXACT:
            del self.fields["choice"], self.fields["find"]
            one = match.options[0]
            self.fields["add"].label = f"Add {one.name}"
            self.fields[
                "add"
            ].help_text = f"Line {match.line.number}: {match.line.typed}. In the register: {one.words}"
        else:
            del self.fields["add"]
            self._offer(taken)

    def _offer(self, taken: str) -> None:
        number, typed = self.match.line.number, self.match.line.typed
        choice = cast(RadiosField, self.fields["choice"])
        choice.label = f"Line {number}: {typed}"
        choice.help_text = self.asked
        choice.choices = [*((pk, one.name) for pk, one in self.options.items()), (OUT, "Leave this line out")]
        choice.widget.hints = {pk: one.words for pk, one in self.options.items()}
        choice.error_messages = {
            "required": f"Line {number}: choose the school, or leave the line out",
            "invalid_choice": f"Line {number}: {taken or 'that school'} cannot be added now. Choose again.",
        }
        self.fields["find"].label = f"Look in the register for line {number}"
        self.fields["find"].help_text = "Name, town, postcode or URN"

    @property
    def asked(self) -> str:
        """Why a person has to decide, in words."""
        match = self.match
        shown = len(match.options)
        if match.kind is Kind.SEVERAL and shown + match.more > 1:
            said = f"{shown + match.more} schools may be meant."
        elif match.kind is Kind.SEVERAL:
            said = "One school may be meant." if shown else "No other school of that name is left."
        elif match.kind is Kind.NEAR and shown:
            said = "No school has exactly this name. These come near."
        else:
            said = "No other school of the register has a name like this."
            said = said if match.kind is Kind.NEAR else said.replace("other ", "")
        more = (
            "More have this name than are shown: look for the right one with its town or URN."
            if match.more
            else ""
        )
        return " ".join(filter(None, [match.remark, said, more]))

    @property
    def school_pk(self) -> int | None:
        """The school that the line adds; None when it is left out. For a valid form."""
        if self.match.kind is Kind.EXACT:
            return self.match.options[0].pk if self.cleaned_data["add"] else None
        chosen = self.cleaned_data["choice"]
        return None if chosen == OUT else int(chosen)


def shown_of(matches: list[Match]) -> str:
    """A digest of what the lines came to, which travels with the page: what is applied is what was read."""
    return digest(
        {
            "lines": [
                [one.line.number, one.kind, [[each.pk, each.joined] for each in one.options]]
                for one in matches
            ]
        }
    )
