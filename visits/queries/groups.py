"""Groups of themes: which there are, what is in them, and how they stood when a page was drawn."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from core.seen import digest
from schools.models import Area
from visits.models import Theme, ThemeGroup

MOST_AT_ONCE = 200
"""Themes that are gathered in one step; an address holds no more."""


def chosen_themes(user: User, asked: Iterable[str]) -> list[Theme]:
    """The themes whose ids an address names, as far as this person may see them; anything else is left out."""
    pks = [int(one) for one in asked if one.isdecimal() and len(one) < 10][:MOST_AT_ONCE]
    themes = Theme.objects.visible_to(user).filter(pk__in=pks)
    return list(themes.select_related("area", "group", "visit__school").order_by("visit__school__name", "pk"))


def themes_in(group: ThemeGroup) -> QuerySet[Theme]:
    """The themes of a group, by school."""
    themes = Theme.objects.filter(group=group).select_related(
        "area", "group", "visit__school", "visit__programme_year"
    )
    return themes.order_by("visit__school__name", "visit__starts_at", "pk")


def groups_with_counts() -> QuerySet[ThemeGroup]:
    """All groups in order with their themes, schools and parent carers, exactly: for the forum alone."""
    counted = ThemeGroup.objects.select_related("area").annotate(
        themes_count=Count("themes"),
        schools_count=Count("themes__visit__school", distinct=True),
        raised_count=Sum("themes__raised_by", default=0),
    )
    return counted.order_by("area__position", "kind", "name", "pk")


@dataclass(frozen=True)
class GroupShown:
    """A group with the areas over which it was gathered, in words."""

    group: ThemeGroup
    areas: str


def groups_shown(groups: Iterable[ThemeGroup]) -> list[GroupShown]:
    """These groups with the areas of their themes; one in which nothing is has its own. Two queries more."""
    rows = list(groups)
    found: dict[int, set[int]] = defaultdict(set)
    themes = Theme.objects.filter(group__in=[group.pk for group in rows])
    for group, area in themes.order_by().values_list("group_id", "area_id").distinct():
        found[group or 0].add(area)
    areas = {area.pk: area for area in Area.objects.order_by("position")}
    return [GroupShown(group, areas_words(areas, found[group.pk] or {group.area_id})) for group in rows]


def areas_words(areas: Mapping[int, Area], found: Collection[int]) -> str:
    """The area of a group; of one that was gathered over several, all of them, since it counts more than any does."""
    names = [area.name for pk, area in areas.items() if pk in found]
    return names[0] if len(names) == 1 else f"Gathered over several areas: {', '.join(names)}"


def grouping_seen(themes: Iterable[Theme]) -> str:
    """A mark that differs once one of the themes stands in another group."""
    return digest({str(theme.pk): theme.group_id for theme in themes})


def merging_seen(group: ThemeGroup) -> str:
    """A mark that differs once the group has other themes, or any group another name."""
    themes = Theme.objects.filter(group=group).order_by("pk").values_list("pk", flat=True)
    names = ThemeGroup.objects.order_by("pk").values_list("pk", "name")
    return digest([[list(row) for row in names], list(themes)])
