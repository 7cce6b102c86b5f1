"""Forgetting what is over: who had a record open, the words of themes that were removed from a closed one, and groups
in which nothing is left and to which nothing can come back.
"""

from django.db import transaction

from visits.emptied import end_empty_groups
from visits.models import Presence, RemovedTheme, ThemeGroup


def forget_what_is_over() -> None:
    """Delete signs of people who have left, words that nobody can put back any more, and what they leave empty."""
    Presence.objects.gone().delete()
    RemovedTheme.objects.of_closed_records().forget_words()
    with transaction.atomic():
        removed = RemovedTheme.objects.with_words().values_list("was", flat=True)
        kept = {(was or {}).get("group_id") for was in removed}
        empty = ThemeGroup.objects.filter(themes=None).values_list("pk", flat=True)
        end_empty_groups(set(empty) - kept)
