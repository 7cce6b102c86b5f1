"""What a page had shown, travelling with what comes back from it, so that nothing is overwritten unseen."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms

from core.fields import RadiosField
from core.forms import GovukForm
from core.history import Person
from core.page_marks import NO_PAGE, PageMark
from core.seen import digest
from core.words import moment_words

SEAL = re.compile(
    r"\??(?P<revision>[0-9]{1,9})-(?P<digest>[0-9a-f]{12})(?:-(?P<mark>[0-9a-f]{12}\.[0-9]{1,6}))?"
)
MINE, THEIRS = "mine", "theirs"


def _digest(values: Any) -> str:
    return digest(values, length=12)


def seal(revision: int, values: Any, mark: PageMark = NO_PAGE) -> str:
    """What the page showed, small enough to travel: the revision, a digest of the values, and which page it was."""
    return "-".join(filter(None, (str(revision), _digest(values), str(mark))))


def names_sent(prefix: str, fields: Iterable[str]) -> str:
    """The names that an automatic saving of one part alone sends, for htmx."""
    return ",".join(["csrfmiddlewaretoken", *(f"{prefix}-{name}" for name in fields)])


class SealField(forms.CharField):
    """A seal as it comes back; one that starts with "?" was shown with two versions, and a choice is owed.

    A damaged seal counts as none: nobody can mend a hidden field, and without one nothing is overwritten.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        """The seal, or nothing."""
        return value if isinstance(value, str) and SEAL.fullmatch(value) else ""


class SealedForm(GovukForm, forms.Form):
    """A form that knows what its page had shown, so that nothing is overwritten unseen."""

    keep = RadiosField(
        label="Which version should stay?",
        choices=[(MINE, "What I wrote"), (THEIRS, "What was saved meanwhile")],
        required=False,
    )
    seen = SealField()
    in_conflict = False
    stored: Any

    @property
    def was_sent(self) -> bool:
        """Whether anything of what the seal seals came at all; a part that did not come is left as it stands."""
        about = ("seen", "keep")
        return any(self.add_prefix(name) in self.data for name in self.fields if name not in about)

    @property
    def seen_revision(self) -> int:
        """The revision that the page had shown; 0 for none."""
        return int(self._of_seal("revision") or 0)

    @property
    def seen_mark(self) -> PageMark:
        """The page that this was sent from; none when its seal does not say."""
        return PageMark.read(self._of_seal("mark"))

    @property
    def next_mark(self) -> PageMark:
        """The mark for what the page shows next: it stays the page that it was."""
        return self.seen_mark if self.seen_mark.page else PageMark.new()

    def _of_seal(self, what: str) -> str:
        found = SEAL.fullmatch(self.cleaned_data.get("seen") or "")
        return found[what] or "" if found else ""

    def clean(self) -> dict[str, Any]:
        """Where two versions were shown, one has to be chosen; what was given up need not be mended first."""
        cleaned = super().clean() or self.cleaned_data
        if self.keeps_theirs:
            self.errors.clear()
        if str(cleaned.get("seen") or "").startswith("?") and not cleaned.get("keep"):
            self._offer_both()
            self.add_error("keep", "Choose which version should stay")
        return cleaned

    @property
    def keeps_theirs(self) -> bool:
        """Whether the person was shown two versions and chose the other one."""
        return self.cleaned_data.get("keep") == THEIRS

    @property
    def seal(self) -> str:
        """What the page shows of the stored version, to travel with the next saving."""
        return str(self["seen"].value() or "")

    @property
    def sent_names(self) -> str:
        """The names that an automatic saving of this part alone sends, for htmx."""
        return names_sent(str(self.prefix), self.fields)

    @property
    def part_id(self) -> str:
        """The id of the part of the page that this form fills."""
        raise NotImplementedError

    @property
    def keep_was_chosen(self) -> bool:
        """Whether the person was shown two versions and chose one."""
        return bool(self.cleaned_data.get("keep"))

    def _was_untouched(self, values: Any) -> bool:
        """Whether nothing has to be saved: the part did not come, or says what its page had shown.

        Unless the page itself wrote something meanwhile: then even what it had shown at first is news, for a
        word may have been saved and taken out again.
        """
        if not self.was_sent:
            return True
        return self._shows_as_drawn(values) and not self._wrote_since

    def _shows_as_drawn(self, values: Any) -> bool:
        return self._of_seal("digest") == _digest(values)

    @property
    def _wrote_since(self) -> bool:
        """Whether what is stored was written from this very page after it was drawn, and not by a later typing."""
        if self.stored is None or self.stored.revision == self.seen_revision:
            return False
        return self.seen_mark.continues(PageMark.read(self.stored.page_mark))

    def _mark_of(self, values: Any) -> PageMark:
        """The page that this was sent from, for whose own writing it may be put; none where that is not sure.

        Without the script's count of typings, a page "back" as it was first drawn may be somebody taking a word
        out again, or nobody looking at this part: the person is shown both versions.
        """
        unsure = self._shows_as_drawn(values) and not self.seen_mark.turn
        return NO_PAGE if unsure else self.seen_mark

    def _offer_both(self) -> None:
        """Ask for a choice, and name the two versions in it: what was sent, and what was saved by whom."""
        self.in_conflict = True
        if self.saved_by and self.saved_at:
            theirs = f"What {self.saved_by} saved at {moment_words(self.saved_at)}"
            mine, theirs = self._versions(theirs)
            keep = cast(RadiosField, self.fields["keep"])
            keep.choices = [(MINE, mine), (THEIRS, theirs)]

    def _versions(self, theirs: str) -> tuple[str, str]:
        """The two choices in words: this person's version, and the other one, `theirs` saying whose and when."""
        return "What I wrote, as it stands below", theirs

    @property
    def saved_at(self) -> datetime | None:
        """When what is stored was saved."""
        raise NotImplementedError

    @property
    def saved_by(self) -> Person | None:
        """Who saved what is stored."""
        raise NotImplementedError

    @property
    def shows_stored(self) -> bool:
        """Whether the page shows what is stored, and not what was sent: that has yet to be saved."""
        return not self.is_bound

    def _reseal(self, current: str) -> None:
        """Show the form once more with what was typed, over the stored version that it now stands beside."""
        self._offer_both()
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen")] = f"?{current}"
        data.pop(self.add_prefix("keep"), None)
        self.data = data
