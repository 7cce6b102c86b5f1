"""Reminding people of a visit that comes near."""


def remind(pk: int) -> None:
    """Send the reminder with this id to everybody concerned, if nobody has yet and the visit still stands."""
