"""Boxes about people in any form of ours: a warning before, a notice after, an answer that is remembered.

The text is saved as it was written. The page that shows it again says under the box what was marked and why, and
holds a tick box "Leave as it is: it names nobody"; it is sent with the form, by itself or by a script alike. Where
nothing is shown again, since the words go out at once, the form asks before: an `AskedOnceForm`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.safestring import SafeString

from core.guard.notices import notice
from core.guard.reading import DIGEST_LENGTH, HINT, Reading, read

ENDING = "_guard"
"""What a box's answer is called after it."""


class Answer(NamedTuple):
    """What came back from a notice: the digest that it asked about, empty when the page had none, and the tick."""

    asked: str = ""
    is_left: bool = False


class AnswerInput(forms.HiddenInput):
    """A notice's digest and tick box, posted as name-asked and name-left."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Answer:  # noqa: ARG002
        """What was sent."""
        return Answer(str(data.get(f"{name}-asked") or "")[:DIGEST_LENGTH], f"{name}-left" in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether the page had no notice."""
        return f"{name}-asked" not in data


class Notice(forms.BoundField):
    """The notice under a box; nothing where nothing is marked."""

    form: GuardedForm  # type: ignore[assignment]  # which is mixed into a form of Django's

    def as_widget(
        self,
        widget: forms.Widget | None = None,  # noqa: ARG002
        attrs: dict[str, Any] | None = None,  # noqa: ARG002
        only_initial: bool = False,  # noqa: ARG002, FBT001, FBT002 - Django's own signature
    ) -> SafeString:
        """The markup of components/guard_notice.html."""
        box = self.form[self.name.removesuffix(ENDING)]  # type: ignore[index]  # a form is mixed in
        reading = self.form.reading(box.name)
        left = bool(reading.marks) and self.form.is_left(box.name)
        return notice(reading, box_id=box.id_for_label, name=self.html_name, left=left)


class GuardField(forms.Field):
    """The answer to one notice. It changes no text, so a form is not changed by it."""

    widget = AnswerInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> Notice:
        """The notice."""
        return Notice(form, self, field_name)

    def has_changed(self, initial: Any, data: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False


class GuardedForm:
    """Mix in before `GovukForm` or `SeenForm` and name the boxes about people in `guarded`.

    `allowed` are words that name nobody here (school, town, support organisation); `accepted` the digests that are
    stored. Marks never make a form invalid.
    """

    guarded: ClassVar[tuple[str, ...]] = ()

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(
        self, *args: Any, allowed: Iterable[str] = (), accepted: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._allowed, self._accepted = tuple(allowed), frozenset(accepted)
        self._readings: dict[str, Reading] = {}
        fields = {}
        for name, field in self.fields.items():
            fields[name] = field
            if name in self.guarded:
                field.help_text = f"{field.help_text} {HINT}".strip()
                fields[name + ENDING] = GuardField()
        self.fields = fields

    def reading(self, name: str) -> Reading:
        """What the guard makes of the box as it stands: as sent when something was, else as stored."""
        text = self._text(name)
        known = self._readings.get(name)
        if known is None or known.text != text:
            known = self._readings[name] = read(text, allowed=self._allowed)
        return known

    def _text(self, name: str) -> str:
        """The text of a box; nothing of one that is longer than its box: it is refused, and reading takes its time."""
        said = getattr(self, "cleaned_data", {}).get(name)
        text = str((self[name].value() if said is None else said) or "").replace("\r\n", "\n")  # type: ignore[index]
        longest = getattr(self.fields[name], "max_length", None)
        return "" if longest is not None and len(text) > longest else text

    def readings(self) -> dict[str, Reading]:
        """Of every box, by its name."""
        return {name: self.reading(name) for name in self.guarded}

    def is_left(self, name: str) -> bool:
        """Whether somebody said of these words with these marks that they name nobody: now, or before."""
        digest = self.reading(name).digest
        answer = self._answer(name)
        return answer.is_left if answer.asked == digest else digest in self._accepted

    def answered(self) -> list[str]:
        """The digests to store: of each box that has marks and was left as it is; other words are asked about anew."""
        left = (self.reading(name) for name in self.guarded if self.is_left(name))
        return [reading.digest for reading in left if reading.marks]

    def _answer(self, name: str) -> Answer:
        value = self[name + ENDING].value()  # type: ignore[index]  # a form is mixed in
        return value if isinstance(value, Answer) else Answer()


class AskedOnceForm(GuardedForm):
    """One whose words go out as they are sent: marked words come back once, and go with the tick that they name nobody.

    Nothing is stored of the answer, so that it holds for this sending alone. Nothing that was typed is lost.
    """

    is_bound: bool

    def full_clean(self) -> None:
        """The form's own checks, then what the guard asks."""
        super().full_clean()  # type: ignore[misc]  # a form is mixed in
        if not self.is_bound:
            return
        for name in self.guarded:
            self.cleaned_data.pop(name + ENDING, None)
            if name in self.cleaned_data and self.asks_about(name):
                self._ask_once(name)

    def asks_about(self, name: str) -> bool:  # noqa: ARG002 - a form below asks it
        """Whether what is in this box goes out, as the form was sent."""
        return True

    def _ask_once(self, name: str) -> None:
        """Ask about a box with marks; its text stays, so that the answer is about the words that will be saved."""
        if not self.reading(name).marks or self.is_left(name):
            return
        text, label = self.cleaned_data[name], str(self.fields[name].label).removesuffix(" (optional)")
        self.add_error(name, f"Change the marked words in “{label}”, or tick that they name nobody")  # type: ignore[attr-defined]
        self.cleaned_data[name] = text
