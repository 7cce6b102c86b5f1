"""What the visits app writes to people whose calendars have a visit in them."""

from visits.models import Visit


def invited(visit: Visit) -> None:
    """Send the invitation of a visit that was confirmed to the people of the school and to its workers."""


def moved(visit: Visit) -> None:
    """Send the same invitation with its new time, place or people."""


def called_off(visit: Visit) -> None:
    """Say that a visit is off, whatever the reason; it still has the date that is struck out."""
