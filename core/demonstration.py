"""What tells the demonstration's made-up people from real ones, wherever both might be."""

from django.conf import settings

DOMAIN = "pins.example"
"""Where they have their e-mail addresses: no real address can end in it (RFC 2606)."""


STAYS_HERE = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased", "locmem")
)
"""The ways of sending e-mail that reach no other computer."""


def mail_leaves() -> bool:
    """Whether e-mail is handed to a mail server, which EMAIL_URL may ask for in the demonstration too."""
    return settings.EMAIL_BACKEND not in STAYS_HERE


def is_made_up(address: str) -> bool:
    """Whether this is an address of the demonstration, in the demonstration; never elsewhere."""
    return settings.DEMO and _is_in_domain(address)


def stays_here(address: str) -> bool:
    """Whether what is sent to this address goes nowhere and is in no outbox: a real one, in the demonstration."""
    return settings.DEMO and not mail_leaves() and not _is_in_domain(address)


def is_out_of_place(address: str) -> bool:
    """Whether this is a real address, in the demonstration: with a real person it is not loaded again."""
    return settings.DEMO and not _is_in_domain(address)


def is_left_over(address: str) -> bool:
    """Whether this is an address of the demonstration where the demonstration is off: everybody knows its password."""
    return not settings.DEMO and _is_in_domain(address)


def _is_in_domain(address: str) -> bool:
    return address.lower().endswith(f"@{DOMAIN}")
