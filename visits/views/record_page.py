"""The record of one visit as a page of parts: filled from what is stored or from what was sent, and saved."""

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self, cast

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from core.page_marks import PageMark
from core.seen import ChangedMeanwhile
from schools.models import Area
from schools.services.errors import ProgrammeError
from visits.enums import MINUTES_TO_RECORD
from visits.forms.record import AttendanceForm, GuardedPart, NotesForm, PartForm, ThemeForm
from visits.forms.safeguarding import SafeguardingForm
from visits.forms.signposting import SignpostingForm
from visits.models import Attendance, Theme, Visit, Written
from visits.queries.marked import innocent_names
from visits.queries.record import Record, record_of, support_to_mention
from visits.services.errors import VisitError
from visits.services.record import Sent
from visits.services.recording import change_signposting, save_attendance, save_notes, save_safeguarding
from visits.services.themes import save_theme

THEME_SENT = re.compile(r"theme-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-seen")
PATTERN_KEY = uuid.UUID(int=0)
"""Stands in the pattern of a theme, of which the page's script makes new ones."""
REFUSALS = (VisitError, ProgrammeError)

PARTS: dict[str, type[PartForm]] = {
    "attendance": AttendanceForm,
    "notes": NotesForm,
    "safeguarding": SafeguardingForm,
}
_SAVES: dict[type[PartForm], Callable[..., Written]] = {
    AttendanceForm: save_attendance,
    NotesForm: save_notes,
    SafeguardingForm: save_safeguarding,
}


def save_form(form: PartForm, by: User) -> PartForm:
    """Save what a valid form changes; the form that the page shows next: with both versions where two wrote.

    Raises one of REFUSALS.
    """
    row, sent = form.stored, form.to_save
    try:
        if sent:
            row = _save(form, sent, by)
    except ChangedMeanwhile as changed:
        form.stand_beside(cast(Written, changed.stored))
        return form
    return form.showing(row if row and row.pk else None)


def _save(form: PartForm, sent: Sent, by: User) -> Written:
    if isinstance(form, ThemeForm):
        return save_theme(visit=form.visit, key=form.key, sent=sent, by=by)
    return _SAVES[type(form)](visit=form.visit, sent=sent, by=by)


def save_signposting(form: SignpostingForm, visit: Visit, by: User) -> SignpostingForm:
    """Save what a valid form ticks and unticks; the form that the page shows next. Raises one of REFUSALS."""
    if form.added or form.removed:
        change_signposting(visit=visit, added=form.added, removed=form.removed, by=by)
    shown = signposting_form(visit, record_of(visit))
    shown.saved_at, shown.saved_by = timezone.now(), by
    return shown


def signposting_form(visit: Visit, record: Record, data: Mapping[str, Any] | None = None) -> SignpostingForm:
    """The boxes of the local support: filled from what is stored, or from what was sent if it came at all."""
    choices = [(one.pk, one.name) for one in support_to_mention(record.signposted)]
    form = SignpostingForm(data, choices=choices, ticked=[one.support_id for one in record.signposted])
    if data is not None and not form.was_sent:
        return signposting_form(visit, record)
    if record.signposted and data is None:
        last = max(record.signposted, key=lambda one: one.added_at)
        form.saved_at, form.saved_by = last.added_at, last.added_by
    return form


def counts_beside(shown: PartForm, written: Record) -> list[tuple[str, Theme | None, int | None]]:
    """Of each theme whose number a saved part concerns: its prefix, the theme, and how many came, as stored now."""
    if isinstance(shown, ThemeForm):
        return [(shown.prefix, cast(Theme | None, shown.stored), written.parent_carers)]
    if isinstance(shown, AttendanceForm):
        attendance = cast(Attendance | None, shown.stored)
        came = attendance.parent_carers if attendance else None
        return [(f"theme-{theme.key}", theme, came) for theme in written.themes]
    return []


@dataclass(frozen=True)
class PageOf:
    """What every part of one drawn page has in common."""

    visit: Visit
    mark: PageMark

    @cached_property
    def areas(self) -> list[Area]:
        """What a theme can be about."""
        return list(Area.objects.all())

    @cached_property
    def allowed(self) -> list[str]:
        """What the guard takes for no person's name."""
        return innocent_names(self.visit)

    def form(self, kind: type[PartForm], data: QueryDict | None, **more: Any) -> PartForm:
        """A part of the page."""
        if issubclass(kind, GuardedPart):
            more["allowed"] = self.allowed
        return kind(data, visit=self.visit, mark=self.mark, **more)


def part_form(of: PageOf, name: str, stored: Written | None, data: QueryDict | None = None) -> PartForm:
    """One part, filled from what is stored, or from what was sent if it came at all."""
    form = of.form(PARTS[name], data, stored=stored, prefix=name)
    return form if data is None or form.was_sent else part_form(of, name, stored)


def theme_form(of: PageOf, key: uuid.UUID, stored: Theme | None, data: QueryDict | None = None) -> ThemeForm:
    """The same of one theme."""
    form = cast(ThemeForm, of.form(ThemeForm, data, stored=stored, key=key, areas=of.areas))
    return form if data is None or form.was_sent else theme_form(of, key, stored)


@dataclass
class RecordPage:
    """Every part of the record, and a theme that nobody has begun."""

    of: PageOf
    parts: dict[str, PartForm]
    themes: list[ThemeForm]
    signposting: SignpostingForm
    minutes: int = MINUTES_TO_RECORD

    @classmethod
    def at(cls, visit: Visit, data: QueryDict | None = None) -> Self:
        """The whole record; with `data`, filled from what was sent."""
        record, of = record_of(visit), PageOf(visit, PageMark.new())
        parts = {name: part_form(of, name, getattr(record, name), data) for name in PARTS}
        themes = [theme_form(of, key, row, data) for key, row in _keys(record, data)]
        themes = [form for form in themes if not form.is_bound or not form.is_blank]
        return cls(of, parts, themes, signposting_form(visit, record, data))

    @property
    def came(self) -> int | None:
        """How many parent carers came, as it is stored; None while nobody has said."""
        attendance = cast(Attendance | None, self.parts["attendance"].stored)
        return attendance.parent_carers if attendance else None

    @property
    def new_theme(self) -> ThemeForm:
        """A theme that nobody has begun; each time another."""
        return theme_form(self.of, uuid.uuid4(), None)

    @property
    def pattern(self) -> ThemeForm:
        """What the page's script makes new themes of."""
        return theme_form(self.of, PATTERN_KEY, None)

    @property
    def forms(self) -> list[Any]:
        """Every form that was sent and has something to mend, for the error summary."""
        every = [*self.parts.values(), *self.themes, self.signposting]
        return [form for form in every if form.is_bound and form.errors]

    @property
    def has_conflicts(self) -> bool:
        """Whether somebody else's version stands beside what was sent."""
        return any(form.in_conflict for form in [*self.parts.values(), *self.themes])

    def save(self, by: User) -> bool:
        """Save every part that was sent and is valid; True when nothing is left to mend or choose.

        All of them or none: raises one of REFUSALS, with nothing saved.
        """
        with transaction.atomic():
            self.parts = {name: _saved(form, by) for name, form in self.parts.items()}
            self.themes = [cast(ThemeForm, _saved(form, by)) for form in self.themes]
            if self.signposting.is_bound and self.signposting.is_valid():
                self.signposting = save_signposting(self.signposting, self.of.visit, by)
        return not self.has_conflicts and not self.forms


def _keys(record: Record, data: QueryDict | None) -> Iterator[tuple[uuid.UUID, Theme | None]]:
    """Themes that are stored, then those that came with the page for the first time."""
    stored = {theme.key: theme for theme in record.themes}
    yield from stored.items()
    for name in data or ():
        found = THEME_SENT.fullmatch(name)
        if found and (key := uuid.UUID(found[1])) not in stored:
            yield key, None


def _saved(form: PartForm, by: User) -> PartForm:
    return save_form(form, by) if form.is_bound and form.is_valid() else form
