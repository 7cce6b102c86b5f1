"""Themes over schools and of one school: raw for the forum, published for everybody else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from accounts.models import User
from core.small_numbers import Published
from schools.models import Area, Participation, School
from visits.enums import AFTER_IT, TO_THE_SCHOOL, Kind, Scope
from visits.models import Theme, ThemeGroup, Visit, VisitSummary
from visits.published import FEWEST_SCHOOLS, OverSchools
from visits.queries.groups import areas_words
from visits.queries.sharing import ReplyShown, reply_shown
from visits.queries.told import told
from visits.snapshot import read_snapshot, themes_of

IN_NO_GROUP = "none"
Heard = list[tuple[int, Published]]
"""The school of each theme, and how many raised it."""
Parts = dict[tuple[int, str, int | None], set[int]]
"""The schools at which something was said of an area and of a kind that is gathered in that group, or in none."""

_NAMES = ("visit__school", "visit__step", "visit__programme_year", "visit__summary", "visit__reply")


@dataclass(frozen=True)
class RawTheme:
    """A theme as the forum recorded it, with what the school says of the notes beside it."""

    theme: Theme
    reply: ReplyShown

    @property
    def scope(self) -> str:
        """Whom it is about, in words."""
        return str(self.theme.get_scope_display())

    @property
    def kind(self) -> str:
        """What kind of thing it is, in words."""
        return str(self.theme.get_kind_display())


class HeardOfArea(NamedTuple):
    """What was said of one area and of one kind: at how many schools, and in how many themes."""

    key: str
    name: str
    kind: str
    schools: int
    themes: int


@dataclass(frozen=True)
class PublishedRow:
    """Themes of one area and kind, or of one group, as they may leave the forum."""

    name: str
    area: str
    kind: str
    told: OverSchools


@dataclass(frozen=True)
class PublishedThemes:
    """What programme leads read of what parent carers said: areas and groups, and no text."""

    areas: list[PublishedRow]
    groups: list[PublishedRow]
    groups_left_out: int
    """Groups with too few schools, or that leave too few; their very names could tell of one school."""


@dataclass(frozen=True)
class SchoolTheme:
    """A theme of one school, in the words of the page."""

    visit: str
    area: str
    scope: str
    kind: str
    text: str
    raised: str
    reply: ReplyShown


def themes_heard(user: User, asked: dict[str, Any]) -> QuerySet[Theme]:
    """Themes of visits that were held, narrowed to what was asked for; by area, school and visit."""
    themes = Theme.objects.visible_to(user).filter(visit__status__in=AFTER_IT)
    narrowed = _narrowed(themes, {name: value for name, value in asked.items() if value})
    return narrowed.order_by(
        "area__position", "visit__school__name", "visit__school_id", "visit__starts_at", "pk"
    )


def _narrowed(themes: QuerySet[Theme], asked: dict[str, Any]) -> QuerySet[Theme]:
    if year := asked.get("year"):
        themes = themes.filter(visit__programme_year=year)
    if cohort := asked.get("cohort"):
        parts = Participation.objects.filter(
            school=OuterRef("visit__school"), programme_year=OuterRef("visit__programme_year"), cohort=cohort
        )
        themes = themes.filter(Exists(parts))
    if group := asked.get("group"):
        themes = themes.filter(group=None if group == IN_NO_GROUP else group)
    for word in str(asked.get("q", "")).split():
        themes = themes.filter(text__icontains=word)
    return themes.filter(**{name: asked[name] for name in ("area", "scope", "kind") if name in asked})


def raw_themes(themes: QuerySet[Theme], *, today: date) -> Iterator[RawTheme]:
    """These with all that the forum reads of them; one query."""
    for theme in themes.select_related("area", "group", *_NAMES):
        yield RawTheme(theme, reply_shown(theme.visit, today=today))


def heard_by_area(themes: QuerySet[Theme]) -> list[HeardOfArea]:
    """How often each area was spoken of, by kind, in their order; one query."""
    counted = themes.order_by().values_list("area__key", "area__name", "kind", "area__position")
    found = counted.annotate(schools=Count("visit__school", distinct=True), themes=Count("pk"))
    rows = sorted(found, key=lambda row: (row[3], _place(row[2])))
    return [HeardOfArea(key, name, Kind(kind).label, *counts) for key, name, kind, _, *counts in rows]


def published_themes(user: User, asked: dict[str, Any]) -> PublishedThemes:
    """Themes of shared visits as they were told when shared; five queries whatever their number."""
    shared = themes_heard(user, asked).filter(visit__status__in=TO_THE_SCHOOL).order_by()
    by_area: dict[tuple[int, str], Heard] = defaultdict(list)
    by_group: dict[int, Heard] = defaultdict(list)
    parts: Parts = defaultdict(set)
    for area, kind, group, school, raised in _told_of(shared):
        by_area[area, kind].append((school, raised))
        parts[area, kind, group].add(school)
        if group is not None:
            by_group[group].append((school, raised))
    areas_of = {pk: {area for area, _, group in parts if group == pk} for pk in by_group}
    few = _that_tell_of_few(user, asked)
    by_area |= {line: [] for line in by_area if line in few}
    by_group |= {group: [] for group in by_group if group in few}
    by_group |= {group: [] for group in _that_leave_few(by_group, parts)}
    areas = {area.pk: area for area in Area.objects.order_by("position")}
    words = {group: areas_words(areas, found) for group, found in areas_of.items()}
    groups = list(_published_groups(by_group, words))
    shown = [row for row in groups if row.told.is_shown]
    return PublishedThemes(list(_published_areas(by_area, areas)), shown, len(groups) - len(shown))


def _that_leave_few(by_group: dict[int, Heard], parts: Parts) -> set[int]:
    """Groups that would tell of too few schools by being taken from the lines of their areas, alone or all together."""
    shown = {group for group, heard in by_group.items() if OverSchools.of(heard).is_shown}
    found = set()
    for group in shown:
        lines = {(area, kind) for area, kind, one in parts if one == group}
        for taken in ({group}, shown):
            rest = (
                schools
                for (*line, one), schools in parts.items()
                if tuple(line) in lines and one not in taken
            )
            if 0 < len(set().union(*rest)) < FEWEST_SCHOOLS:
                found.add(group)
    return found


def _that_tell_of_few(user: User, asked: dict[str, Any]) -> set[object]:
    """Areas with a kind, and groups, of which nothing is said when so narrowed; none where nothing is.

    A part of them is of fewer schools than may be told of, so that the other parts and the whole would tell of it.
    """
    used = [_CELLS[name] for name in _CELLS if asked.get(name)]
    if not used:
        return set()
    wide = themes_heard(user, {"kind": asked.get("kind")}).filter(visit__status__in=TO_THE_SCHOOL).order_by()
    part = Participation.objects.filter(
        school=OuterRef("visit__school"), programme_year=OuterRef("visit__programme_year")
    )
    rows = wide.annotate(cohort=Subquery(part.values("cohort")[:1]))
    cells: dict[tuple[object, Any], set[int]] = defaultdict(set)
    for area, kind, group, school, *cell in rows.values_list(*_LINE, *used):
        for line in ((area, kind), group):
            cells[line, tuple(cell)].add(school)
    return {line for (line, _), schools in cells.items() if len(schools) < FEWEST_SCHOOLS}


_LINE = ("area_id", "kind", "group_id", "visit__school_id")
_CELLS = {"year": "visit__programme_year", "cohort": "cohort", "scope": "scope", "area": "area"}
"""What narrows within an area or a group, and by which column."""


def _told_of(shared: QuerySet[Theme]) -> Iterator[tuple[int, str, int | None, int, Published]]:
    """The area, kind, group and school of each theme that was told of, and how many raised it."""
    counts = told(shared)
    columns = ("visit_id", "key", "area_id", "kind", "group_id", "visit__school_id")
    for visit, key, area, kind, group, school in shared.values_list(*columns):
        if (visit, key) in counts:
            yield area, kind, group, school, counts[visit, key]


def _place(kind: str) -> int:
    return Kind.values.index(kind)


def _published_areas(heard: dict[tuple[int, str], Heard], areas: dict[int, Area]) -> Iterator[PublishedRow]:
    for pk, kind in sorted(heard, key=lambda key: (areas[key[0]].position, _place(key[1]))):
        told = OverSchools.of(heard[pk, kind])
        yield PublishedRow("", areas[pk].name, Kind(kind).label, told)


def _published_groups(heard: dict[int, Heard], areas: dict[int, str]) -> Iterator[PublishedRow]:
    for group in ThemeGroup.objects.filter(pk__in=heard):
        told = OverSchools.of(heard[group.pk])
        yield PublishedRow(group.name, areas[group.pk], group.get_kind_display(), told)


def themes_of_school_raw(school: School, *, today: date) -> list[SchoolTheme]:
    """Every theme of the school with exact counts, for the forum; one query."""
    themes = Theme.objects.filter(visit__school=school, visit__status__in=AFTER_IT)
    ordered = themes.order_by("area__position", "kind", "visit__starts_at", "pk")
    return [
        SchoolTheme(
            visit=_visit_words(one.theme.visit),
            area=one.theme.area.name,
            scope=one.scope,
            kind=one.kind,
            text=one.theme.text,
            raised=str(one.theme.raised_by),
            reply=one.reply,
        )
        for one in raw_themes(ordered, today=today)
    ]


def themes_of_school_shared(school: School, *, today: date) -> list[SchoolTheme]:
    """What was shared with the school, in published counts, read from the summaries; two queries."""
    summaries = VisitSummary.objects.filter(visit__school=school, visit__status__in=TO_THE_SCHOOL)
    names = ("visit__step", "visit__programme_year", "visit__reply")
    rows = list(_shared(summaries.select_related(*names).order_by("visit__starts_at", "pk"), today))
    places = {name: place for place, name in enumerate(Area.objects.values_list("name", flat=True))}
    kinds = Kind.labels
    return sorted(rows, key=lambda row: (places.get(row.area, len(places)), kinds.index(row.kind)))


def _shared(summaries: Iterable[VisitSummary], today: date) -> Iterator[SchoolTheme]:
    for summary in summaries:
        visit = summary.visit
        reply = reply_shown(visit, today=today)
        for theme in themes_of(read_snapshot(summary.snapshot)):
            yield SchoolTheme(
                visit=_visit_words(visit),
                area=theme.area,
                scope=Scope(theme.scope).label,
                kind=Kind(theme.kind).label,
                text=theme.text,
                raised=theme.raised.words,
                reply=reply,
            )


def _visit_words(visit: Visit) -> str:
    return f"{visit.programme_year}, visit {visit.step_id}"
