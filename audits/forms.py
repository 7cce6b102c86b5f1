"""What people send about an audit: an answer, a section's notes, and the small forms around them."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from audits.enums import OF_OPEN, SMALL_NUMBER_ROLES, AnswerState, ContributorRole, Level, Round, Standing
from audits.framework_format import NOTES_KEY
from audits.models import Answer, SectionNote, Statement
from audits.on_page import AnswerOnPage, NotesOnPage, plain_answer, plain_note
from audits.services.answering import AnswerValues, Given
from audits.services.noting import NoteValues
from core.fields import RadiosField
from core.forms import DateBoxesField, GovukForm, RadiosWithHints
from core.guard import HINT
from core.guard.forms import AskedOnceForm
from core.page_marks import PageMark
from core.seals import SealedForm
from schools.models import ProgrammeYear

NOTE_LENGTH = 2000
REASON_LENGTH = 500


def _one_newline(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class AnswerForm(AnswerOnPage, SealedForm):
    """One statement: four levels with what one would see at each, not applicable, don't know yet."""

    LEVELS = tuple((str(level.value), f"{level.value} {level.label}") for level in Level)
    OTHERS = (
        (AnswerState.NOT_APPLICABLE.value, "Not applicable to our school"),
        (AnswerState.DONT_KNOW.value, "We don’t know yet"),
    )
    WORDS: ClassVar[dict[str, str]] = {
        **dict(LEVELS),
        AnswerState.NOT_APPLICABLE.value: "Not applicable",
        AnswerState.DONT_KNOW.value: "We don’t know yet",
        "": "nothing chosen",
    }

    answer = RadiosField(
        label="Where is your school now?",
        choices=[*LEVELS, *OTHERS],
        required=False,
        widget=RadiosWithHints(reveals={AnswerState.NOT_APPLICABLE.value: "reason"}),
    )
    reason = forms.CharField(
        label="Why does it not apply to your school?",
        help_text=HINT,
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence_note = forms.CharField(
        label="What shows this? (optional)",
        help_text=HINT,
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    come_back = forms.BooleanField(label="Come back to this", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        statement: Statement,
        stored: Answer | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.statement = statement
        self.stored = stored
        super().__init__(data, prefix=statement.key, initial=initial)
        hints = {str(level): text for level, text in statement.descriptors.items()}
        self.fields["answer"].widget.hints = hints

    @property
    def values(self) -> AnswerValues:
        """What was sent, once it is valid; a reason only counts beside "not applicable"."""
        chosen = self.cleaned_data["answer"]
        if chosen.isdigit():
            state, rating = AnswerState.RATED, int(chosen)
        else:
            state, rating = AnswerState(chosen or AnswerState.BLANK), None
        return AnswerValues(
            state=state,
            rating=rating,
            reason=self._reason if state == AnswerState.NOT_APPLICABLE else "",
            evidence_note=_one_newline(self.cleaned_data["evidence_note"]),
            come_back=self.cleaned_data["come_back"],
        )

    @property
    def _reason(self) -> str:
        reason = _one_newline(self.cleaned_data["reason"])
        return reason if reason.strip() else ""  # spaces alone say no reason

    @property
    def given(self) -> Given | None:
        """The answer to save; None when the person changed nothing, or chose their colleague's version."""
        if self.keeps_theirs:
            return None
        values = self.values
        plain = plain_answer(values)
        if self._was_untouched(plain):
            return None
        return Given(self.statement, values, self.seen_revision, self._mark_of(plain))

    @property
    def sent_words(self) -> str:
        """The answer that was sent, in words, whether or not the rest of it is valid."""
        return self.WORDS.get(str(self["answer"].value() or ""), self.WORDS[""])

    def _versions(self, theirs: str) -> tuple[str, str]:
        stored = self.WORDS[AnswerValues.of(self.stored).choice]
        return f"What I wrote: {self.sent_words}", f"{theirs}: {stored}"

    @property
    def is_unfolded(self) -> bool:
        """Whether the levels stand open: until the statement has an answer, and while something is to be mended."""
        return self.in_conflict or bool(self.is_bound and self.errors) or not self.has_answer

    @property
    def shows_evidence(self) -> bool:
        """Whether the note stands open: when there is one, or what was typed has to be mended or chosen."""
        return bool(self["evidence_note"].value() or self["evidence_note"].errors)

    def stand_beside(self, current: Answer) -> None:
        """Show the two versions: what was typed here, and what a colleague saved meanwhile."""
        self.stored = current
        self._reseal(self.seal_of_stored(self.seen_mark))


class SectionNoteForm(NotesOnPage, SealedForm):
    """A whole section: strengths, what to develop, and who helped to answer (counts by role)."""

    strengths = forms.CharField(
        label="What is strong here? (optional)",
        help_text=f"One or two sentences. {HINT}",
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    development_area = forms.CharField(
        label="What would you like to develop? (optional)",
        help_text=f"One or two sentences. {HINT}",
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        stored: SectionNote | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.stored = stored
        super().__init__(data, prefix=NOTES_KEY, initial=initial)
        for role in ContributorRole:
            self.fields[f"by_{role.value}"] = forms.IntegerField(
                label=role.label,
                required=False,
                min_value=0,
                max_value=2000 if role in SMALL_NUMBER_ROLES else 500,
                error_messages={
                    "invalid": f"Enter a whole number for “{role.label}”, like 12",
                    "min_value": f"The number for “{role.label}” cannot be below 0.",
                    "max_value": f"That number for “{role.label}” is too large. Check it.",
                },
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
            )

    @property
    def values(self) -> NoteValues:
        """What was sent, once it is valid; a role left empty or at nought is left out."""
        counts = {role.value: self.cleaned_data[f"by_{role.value}"] for role in ContributorRole}
        return NoteValues(
            strengths=_one_newline(self.cleaned_data["strengths"]),
            development_area=_one_newline(self.cleaned_data["development_area"]),
            contributors={role: count for role, count in counts.items() if count},
        )

    @property
    def is_untouched(self) -> bool:
        """Whether the person changed nothing, or chose their colleague's version."""
        return self.keeps_theirs or self._was_untouched(plain_note(self.values))

    @property
    def mark_to_save(self) -> PageMark:
        """The page whose own writing these notes may take the place of."""
        return self._mark_of(plain_note(self.values))

    @property
    def has_counts(self) -> bool:
        """Whether anybody is said to have helped, or a count has to be mended."""
        wrong = self.is_bound and any(name.startswith("by_") for name in self.errors)
        return wrong or self.has_contributors

    def stand_beside(self, current: SectionNote) -> None:
        """Show the two versions: what was typed here, and what a colleague saved meanwhile."""
        self.stored = current
        self._reseal(self.seal_of_stored(self.seen_mark))


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic outside the stubs
    """One of a few people by name; `oneself` is told apart."""

    widget = forms.RadioSelect
    oneself: User | None = None

    def label_from_instance(self, obj: User) -> str:
        """The name, with "(you)" beside one's own."""
        return f"{obj} (you)" if obj == self.oneself else str(obj)


class GiveSectionForm(GovukForm, forms.Form):
    """Which colleague should answer a section."""

    submit_label = "Give the section"

    colleague = ColleagueField(
        label="Who should answer this section?",
        help_text="They get an e-mail with a link. You can still answer it yourself.",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a colleague, or go back to the list."},
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleague = cast(ColleagueField, self.fields["colleague"])
        colleague.oneself = by
        colleague.queryset = colleagues


class ReasonForm(AskedOnceForm, GovukForm, forms.Form):
    """A sentence or two that the school will read, there and in an e-mail."""

    guarded = ("reason",)

    reason = forms.CharField(
        label="What should the school know?",
        help_text="The school reads this here and in an e-mail.",
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what the school should look at again."},
    )

    def clean_reason(self) -> str:
        """With line ends as they were typed: browsers send two characters for each."""
        return _one_newline(self.cleaned_data["reason"])


class AuditFilterForm(GovukForm, forms.Form):
    """Which self-audits to list."""

    status = forms.ChoiceField(label="Status", required=False)

    def __init__(self, data: QueryDict, *, tells_open_apart: bool) -> None:
        super().__init__(data)
        left_out = (Standing.WITH_SCHOOL,) if tells_open_apart else OF_OPEN
        told = [(one.value, one.label) for one in Standing if one not in left_out]
        self.fields["status"].choices = [("", "Any status"), *told]  # type: ignore[attr-defined]


def _this_year() -> ProgrammeYear | None:
    """The programme year of today, or the latest that there is."""
    today = timezone.localdate()
    years = ProgrammeYear.objects.filter(closed_at__isnull=True)
    return years.filter(starts_on__lte=today, ends_on__gte=today).last() or years.last()


class AskForm(GovukForm, forms.Form):
    """Which round of self-audits to ask for, and by when."""

    submit_label = "See the schools"

    programme_year = forms.ModelChoiceField(
        label="Programme year",
        queryset=ProgrammeYear.objects.filter(closed_at__isnull=True),
        empty_label=None,
        initial=_this_year,
    )
    round = forms.ChoiceField(
        label="Round", choices=Round.choices, widget=forms.RadioSelect, initial=Round.BASELINE
    )
    wanted_by = DateBoxesField(
        label="By when do you want the answers?",
        error_messages={"required": "Enter the date by which you want the answers."},
    )

    def clean_wanted_by(self) -> Any:
        """Schools are never asked for something by a day that has gone."""
        day = self.cleaned_data["wanted_by"]
        if day <= timezone.localdate():
            raise forms.ValidationError("That date has passed. Choose a later one.")
        return day
