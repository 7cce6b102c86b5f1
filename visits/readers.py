"""Who reads a summary for the school and replies to it: somebody signed in, or the holder of an e-mailed link."""

from dataclasses import dataclass
from typing import Self

from accounts.models import User
from visits.models import VisitLink


@dataclass
class Reader:
    """One of them, as the history and the receipts name people."""

    pk: str
    name: str
    email: str

    @classmethod
    def signed_in(cls, user: User) -> Self:
        """Somebody with an account."""
        return cls(str(user.pk), str(user)[:200], user.email.lower())

    @classmethod
    def by_link(cls, link: VisitLink) -> Self:
        """Whoever holds the link, under the name and address that it was sent to."""
        return cls("", link.name or link.email, link.email)

    def __str__(self) -> str:
        return self.name
