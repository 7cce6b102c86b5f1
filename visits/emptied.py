"""Groups of themes in which none is left."""

from collections.abc import Iterable

from visits.models import ThemeGroup


def end_empty_groups(pks: Iterable[int | None]) -> list[str]:
    """End those of these groups in which no theme is left; returns their names. The caller holds a transaction."""
    locked = ThemeGroup.objects.select_for_update(of=("self",)).filter(pk__in=[pk for pk in pks if pk])
    ended = ThemeGroup.objects.filter(pk__in=[group.pk for group in locked.order_by("pk")], themes=None)
    names = list(ended.values_list("name", flat=True))
    ended.delete()
    return names
