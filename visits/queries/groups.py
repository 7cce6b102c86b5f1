"""Groups of themes: which there are, what is in them, and how they stood when a page was drawn."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from core.seen import digest
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


def grouping_seen(themes: Iterable[Theme]) -> str:
    """A mark that differs once one of the themes stands in another group."""
    return digest({str(theme.pk): theme.group_id for theme in themes})


def merging_seen(group: ThemeGroup) -> str:
    """A mark that differs once the group has other themes, or any group another name."""
    themes = Theme.objects.filter(group=group).order_by("pk").values_list("pk", flat=True)
    names = ThemeGroup.objects.order_by("pk").values_list("pk", "name")
    return digest([[list(row) for row in names], list(themes)])
