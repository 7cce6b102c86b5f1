"""What a worker writes down about a visit, a form a part; each knows what its page had shown."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Self, cast

from django import forms

from accounts.models import User
from core.fields import RadiosField
from core.guard.forms import ENDING, GuardedForm
from core.page_marks import NO_PAGE, PageMark
from core.seals import SealedForm, names_sent, seal
from schools.models import Area
from visits.enums import Kind, RolePresent, Scope
from visits.models import Attendance, Theme, Visit, VisitNotes, Written
from visits.models.records import MOST_PARENT_CARERS
from visits.queries.record import why_kind_stays
from visits.services.record import Sent

TEXT_LENGTH, THEME_LENGTH = 2000, 500


def one_newline(text: str) -> str:
    """The text with line ends as they were typed: browsers send two characters for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def count_field(label: str, *, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    """A number of people, typed on the number keys of a phone."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=MOST_PARENT_CARERS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "autocomplete": "off"}),
        error_messages={
            "invalid": f"Enter a whole number for “{label}”, like 12",
            "min_value": f"The number for “{label}” cannot be below {least}.",
            "max_value": f"That number for “{label}” is too large. Check it.",
        },
        **kwargs,
    )


class PartForm(SealedForm):
    """One part of a record, filled from what is stored or from what was sent."""

    MODEL: ClassVar[type[Written]]
    HEADING: ClassVar[str]
    TEMPLATE: ClassVar[str] = "visits/record/record_part.jinja"
    beside: ClassVar[Any] = None
    """What stands above the question; the safeguarding procedure has it."""
    prefix: str

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        visit: Visit,
        stored: Written | None = None,
        mark: PageMark = NO_PAGE,
        prefix: str,
    ) -> None:
        self.visit = visit
        self.stored = stored
        shown = self.shown_of(stored or self.MODEL())
        super().__init__(data, prefix=prefix, initial={**shown, "seen": self._seal_of_stored(mark)})

    def shown_of(self, row: Written) -> dict[str, Any]:
        """What the fields show of a row."""
        return row.written

    @property
    def written(self) -> dict[str, Any]:
        """What was sent, once it is valid, by column."""
        return {name: self.cleaned_data[name] for name in self.MODEL.WRITTEN}

    @property
    def to_save(self) -> Sent | None:
        """What to save; None when the person changed nothing, or chose their colleague's version."""
        if self.keeps_theirs or self._was_untouched(self._sealed(self.written)):
            return None
        return Sent(self.written, self.seen_revision, self._mark_of(self._sealed(self.written)))

    @property
    def address(self) -> str:
        """Where this part alone is sent, from the page of the record."""
        return f"{self.prefix}/"

    @property
    def part_id(self) -> str:
        """The id of the part of the page."""
        return f"part-{self.prefix}"

    @property
    def controls(self) -> list[Any]:
        """What stands in the part, without what travels unseen or opens only in a conflict."""
        return [self.control(name) for name in self.fields if name not in ("seen", "keep", *self._revealed)]

    _revealed: ClassVar[tuple[str, ...]] = ()

    @property
    def notices(self) -> list[Any]:
        """What stands under boxes about people."""
        return []

    @property
    def saved_at(self) -> datetime | None:
        """When what is stored was saved."""
        return self.stored.saved_at if self.stored else None

    @property
    def saved_by(self) -> User | None:
        """Who saved what is stored."""
        return self.stored.saved_by if self.stored else None

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """What is stored, in words: a label and what stands beside it, for the two versions."""
        row = self.stored or self.MODEL()
        shown = self.shown_of(row)
        return [
            (str(self.fields[name].label), str(value or "nothing"))
            for name, value in shown.items()
            if name in self.fields
        ]

    def stand_beside(self, current: Written) -> None:
        """Show the two versions: what was typed here, and what a colleague saved meanwhile."""
        self.stored = current
        self._reseal(self._seal_of_stored(self.seen_mark))

    def showing(self, row: Written | None) -> Self:
        """The same part of the same page with what is stored by now, and nothing to mend or choose."""
        return type(self)(visit=self.visit, stored=row, mark=self.next_mark, **self._kept)

    @property
    def _kept(self) -> dict[str, Any]:
        """What the next form of this part is made with besides."""
        return {"prefix": self.prefix}

    def _seal_of_stored(self, mark: PageMark) -> str:
        row = self.stored or self.MODEL()
        return seal(self.stored.revision if self.stored else 0, self._sealed(row.written), mark)

    def _sealed(self, written: Mapping[str, Any]) -> list[Any]:
        return [written[name] for name in self.MODEL.WRITTEN]


class GuardedPart(GuardedForm, PartForm):
    """A part with boxes about people: what the guard marks in them, and what a worker said to that."""

    LEFT = "left_as_read"

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, stored: Written | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, stored=stored, accepted=self.digests_of(stored or self.MODEL()), **kwargs)

    def digests_of(self, row: Written) -> Collection[str]:
        """The digests of the texts that were left as they are."""
        raise NotImplementedError

    def left(self) -> Any:
        """The same of what was sent, as the column has it."""
        raise NotImplementedError

    def left_of(self, name: str) -> str:
        """The digest of one box that has marks and was left as it is; empty for any other."""
        reading = self.reading(name)
        return reading.digest if reading.marks and self.is_left(name) else ""

    @property
    def written(self) -> dict[str, Any]:
        """What was sent, and which marked words of it were left as they are."""
        typed = {name: self.cleaned_data[name] for name in self.MODEL.WRITTEN if name != self.LEFT}
        return {**typed, self.LEFT: self.left()}

    @property
    def notices(self) -> list[Any]:
        """What stands under each box about marked words."""
        return [self.control(f"{name}{ENDING}") for name in self.guarded]

    @property
    def sent_names(self) -> str:
        """The names that an automatic saving of this part alone sends, for htmx: the answers to the guard too."""
        answers = [f"{name}{ENDING}-{what}" for name in self.guarded for what in ("asked", "left")]
        return names_sent(str(self.prefix), [*self.fields, *answers])

    @property
    def _kept(self) -> dict[str, Any]:
        return {**super()._kept, "allowed": self._allowed}


class AttendanceForm(PartForm):
    """How many parent carers came, and which roles of the school."""

    MODEL = Attendance
    HEADING = "Who came"

    parent_carers = count_field(
        "How many parent carers came?",
        required=False,
        help_text="Nobody came? Write 0: it is a true answer. Leave it empty while you do not know.",
    )
    roles_present = forms.MultipleChoiceField(
        label="Who of the school was there?",
        choices=RolePresent.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pins-ticks"}),
    )

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """Numbers and roles in words; 0 is a number."""
        row = cast(Attendance, self.stored or Attendance())
        number = "not said" if row.parent_carers is None else str(row.parent_carers)
        return [("Parent carers", number), ("Of the school", ", ".join(row.roles_in_words) or "nobody named")]


class NotesForm(GuardedPart):
    """What the leaders were told, and what is to follow."""

    MODEL = VisitNotes
    HEADING = "Told to the school’s leaders, and what follows"
    guarded = ("told_leaders", "follow_ups")

    told_leaders = forms.CharField(
        label="What did you tell the school’s leaders? (optional)",
        help_text="They read it in the summary.",
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    follow_ups = forms.CharField(
        label="What is to follow, for us? (optional)",
        help_text="It stays with us.",
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def digests_of(self, row: Written) -> Collection[str]:
        """Of each box that was left."""
        return list(cast(VisitNotes, row).left_as_read.values())

    def left(self) -> dict[str, str]:
        """By box."""
        return {name: digest for name in self.guarded if (digest := self.left_of(name))}

    def clean_told_leaders(self) -> str:
        """With line ends as they were typed."""
        return one_newline(self.cleaned_data["told_leaders"])

    def clean_follow_ups(self) -> str:
        """With line ends as they were typed."""
        return one_newline(self.cleaned_data["follow_ups"])


class ThemeForm(GuardedPart):
    """One thing that parent carers said."""

    MODEL = Theme
    HEADING = "Something that was said"
    TEMPLATE = "visits/record/theme.jinja"
    guarded = ("text",)

    kind = RadiosField(
        label="What is it?",
        choices=Kind.choices,
        error_messages={
            "required": "Choose whether it works well, could be better, is a question or an idea."
        },
    )
    scope = RadiosField(label="Whom is it about?", choices=Scope.choices, initial=Scope.SCHOOL)
    area_id = forms.TypedChoiceField(
        label="Area of practice", coerce=int, error_messages={"required": "Choose the area of practice."}
    )
    text = forms.CharField(
        label="What was said, in your words",
        help_text="What was said, never who said it.",
        max_length=THEME_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was said."},
    )
    raised_by = count_field("How many raised it?", least=1)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        key: uuid.UUID,
        areas: Iterable[Area],
        **kwargs: Any,
    ) -> None:
        self.key, self.areas = key, list(areas)
        super().__init__(data, prefix=f"theme-{key}", **kwargs)
        area = cast(forms.TypedChoiceField, self.fields["area_id"])
        area.choices = [("", "Choose an area"), *((one.pk, one.name) for one in self.areas)]

    def digests_of(self, row: Written) -> Collection[str]:
        """Of the one box."""
        return [cast(Theme, row).left_as_read]

    def left(self) -> str:
        """Of the one box."""
        return self.left_of("text")

    def clean_text(self) -> str:
        """With line ends as they were typed."""
        return one_newline(self.cleaned_data["text"])

    def clean(self) -> dict[str, Any]:
        """It stays of its kind while something hangs on that; what a colleague wrote meanwhile is shown first."""
        found = super().clean()
        theme = cast(Theme | None, self.stored)
        is_latest = theme is not None and theme.revision == self.seen_revision
        if theme is None or self.errors or not is_latest or self.to_save is None:
            return found
        if why := why_kind_stays(theme, found["kind"]):
            self.add_error("kind", why)
        return found

    @property
    def address(self) -> str:
        """Where this theme alone is sent, from the page of the record."""
        return f"themes/{self.key}/"

    @property
    def _kept(self) -> dict[str, Any]:
        return {"key": self.key, "areas": self.areas, "allowed": self._allowed}

    @property
    def is_blank(self) -> bool:
        """Whether nobody has begun it: what was sent holds nothing, and nothing is stored."""
        begun = (self.data.get(self.add_prefix(name), "").strip() for name in ("kind", "area_id", "text"))
        return self.stored is None and not any(begun)

    @property
    def summary(self) -> str:
        """The stored theme in one line; empty for a new one."""
        theme = cast(Theme | None, self.stored)
        return theme.text if theme else ""

    @property
    def theirs(self) -> list[tuple[str, str]]:
        """The stored theme in words."""
        theme = cast(Theme, self.stored)
        return [
            ("What it is", f"{theme.get_kind_display()}, {theme.get_scope_display()}"),
            ("Area", str(theme.area)),
            ("What was said", theme.text),
            ("Raised by", str(theme.raised_by)),
        ]
