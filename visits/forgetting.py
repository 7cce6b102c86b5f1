"""Forgetting what is over: who had a record open, and the words of themes that were removed from a closed one."""

from visits.models import Presence, RemovedTheme


def forget_what_is_over() -> None:
    """Delete signs of people who have left, and words that nobody can put back any more."""
    Presence.objects.gone().delete()
    RemovedTheme.objects.of_closed_records().forget_words()
