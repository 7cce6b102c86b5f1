"""Reminding people of a visit that comes near."""

from visits.models import Visit


def remind(pk: int) -> None:
    """Send the reminder with this id to everybody concerned, if nobody has yet and the visit still stands."""


def plan_reminders(visit: Visit) -> None:
    """Plan the reminders of a confirmed visit that are still to come."""


def drop_reminders(visit: Visit) -> None:
    """Forget those that nobody got yet."""
