"""What was written down at a visit, and whether it can be written now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from core.words import date_words, local, time_words
from schools.models import Area
from visits.enums import Kind, VisitStatus
from visits.models import (
    Attendance,
    LocalSupport,
    Presence,
    RemovedTheme,
    SafeguardingAnswer,
    Signposting,
    Theme,
    Visit,
    VisitNotes,
)


@dataclass(frozen=True)
class Standing:
    """Whether the record of a visit can be written, and why not."""

    is_open: bool = False
    why: str = ""
    """A sentence for the page where it cannot."""
    owes_date: bool = False
    """Whether nobody has said when it was: that comes first."""
    logs_as_held: bool = False
    """Whether saving says that the visit was held."""
    is_early: bool = False
    """Whether the page of the record can be opened already, so that it is there where no connection is."""


@dataclass(frozen=True)
class Record:
    """All that is stored of one visit; the forum's alone."""

    attendance: Attendance | None
    notes: VisitNotes | None
    safeguarding: SafeguardingAnswer | None
    themes: list[Theme]
    signposted: list[Signposting]

    @property
    def is_begun(self) -> bool:
        """Whether anything is written down; the answer about safeguarding is none of the notes."""
        return bool(self.attendance or self.notes or self.themes or self.signposted)

    @property
    def parent_carers(self) -> int | None:
        """How many came; None while nobody has said."""
        return self.attendance.parent_carers if self.attendance else None

    @property
    def roles(self) -> list[str]:
        """Who of the school came, in words."""
        return self.attendance.roles_in_words if self.attendance else []


@dataclass(frozen=True)
class RecordPart:
    """What the page of a visit says of its record, for the forum alone."""

    record: Record
    standing: Standing


def record_part(visit: Visit) -> RecordPart:
    """The record of the visit, and whether it can be written now."""
    return RecordPart(record_of(visit), standing(visit))


def standing(visit: Visit, now: datetime | None = None) -> Standing:
    """Whether the record of the visit can be written at this moment."""
    if visit.programme_year.is_archive:
        return Standing(why=f"The programme year {visit.programme_year} is closed and can only be read.")
    if visit.status == VisitStatus.CANCELLED:
        return Standing(why="This visit was cancelled, so it has no record.")
    if visit.starts_at is None:
        return Standing(
            why="This visit has no date. If it was held, say when it was; then write the record.",
            owes_date=True,
        )
    if visit.status == VisitStatus.CONFIRMED:
        return _of_confirmed(visit.starts_at, now or timezone.now())
    return _after(visit)


def _of_confirmed(starts_at: datetime, now: datetime) -> Standing:
    if starts_at <= now:
        return Standing(is_open=True, logs_as_held=True)
    if local(starts_at).date() == local(now).date():
        why = (
            f"The visit begins at {time_words(starts_at)}, and nothing is saved before. Save it from then on."
        )
        return Standing(why=why, is_early=True)
    return Standing(why=f"The record opens on the day of the visit: {date_words(starts_at)}.")


def _after(visit: Visit) -> Standing:
    if visit.status == VisitStatus.HELD:
        return Standing(is_open=True)
    if visit.status == VisitStatus.NOTES_WRITTEN:
        return Standing(
            why="The notes are finished. To change the record, go to the visit and choose “Write on”."
        )
    return Standing(why="The notes are with the school, so the record stands as it is.")


def record_of(visit: Visit) -> Record:
    """What is stored of the visit, in five queries however long it is."""
    by_visit = {"visit": visit}
    themes = Theme.objects.filter(**by_visit).select_related("saved_by", "area", "group")
    signposted = Signposting.objects.filter(**by_visit).select_related("support", "added_by")
    return Record(
        attendance=Attendance.objects.filter(**by_visit).select_related("saved_by").first(),
        notes=VisitNotes.objects.filter(**by_visit).select_related("saved_by").first(),
        safeguarding=SafeguardingAnswer.objects.filter(**by_visit).select_related("saved_by").first(),
        themes=list(themes),
        signposted=list(signposted),
    )


def raised_by_more_than_came(visit: Visit) -> list[Theme]:
    """Themes that more raised than came, with how many came in `came`; none while nobody has said how many."""
    came = F("visit__attendance__parent_carers")
    return list(Theme.objects.filter(visit=visit, raised_by__gt=came).annotate(came=came))


def why_kind_stays(theme: Theme, kind: str) -> str:
    """Why a stored theme cannot become of this kind, and what to do first; empty where it can.

    The stored theme was fetched with its group.
    """
    if kind == theme.kind:
        return ""
    stays = f"so it stays “{theme.get_kind_display().lower()}”"
    if theme.outcome:
        return (
            f"What becomes of this is decided, {stays}. Choose “Decide again” beside it on the page “You said, we are "
            "doing, done” first, then change it here."
        )
    if theme.group is not None and theme.group.kind != kind:
        return (
            f"This is gathered in the group “{theme.group}” with others of its kind, {stays}. Move it out of the "
            "group first (Themes, then Groups of themes), then change it here."
        )
    return ""


@dataclass(frozen=True)
class CanComeBack:
    """A theme that was removed and can be put back."""

    removed: RemovedTheme
    area: str
    kind: str
    text: str


def themes_that_can_come_back(visit: Visit) -> list[CanComeBack]:
    """What was removed from the record of the visit and still has its words, the last first; two queries at most."""
    removed = visit.removed_themes.with_words().select_related("removed_by").order_by("-removed_at", "-pk")
    kept = [(one, one.was) for one in removed if one.was]
    areas = dict(Area.objects.values_list("pk", "name")) if kept else {}
    return [
        CanComeBack(one, areas[was["area_id"]], str(Kind(was["kind"]).label), was["text"])
        for one, was in kept
        if was["area_id"] in areas
    ]


def others_here(visit: Visit, user_pk: int) -> list[str]:
    """Names of the others who have the record open just now."""
    here = Presence.objects.here().filter(visit=visit).exclude(user_id=user_pk)
    return list(here.values_list("user__name", flat=True))


def support_to_mention(signposted: list[Signposting]) -> list[LocalSupport]:
    """What a worker can tick: everything that is shown to families, and what this visit mentioned already."""
    listed = {support.pk: support for support in LocalSupport.objects.filter(is_shown=True)}
    listed |= {one.support_id: one.support for one in signposted}
    return sorted(listed.values(), key=lambda support: support.name.casefold())
