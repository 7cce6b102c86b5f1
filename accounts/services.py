"""What an administrator does with the people who work for the programme: add somebody, change what they may do."""

from typing import cast

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.emails import added
from accounts.models import User
from core.seen import SeenForm, save_seen


class LastAdministrator(Exception):  # noqa: N818 - it says a state, and reads as one
    """Nobody would be left who can run the programme."""

    def __init__(self) -> None:
        super().__init__(
            "This is the only administrator who can sign in. Make somebody else administrator first."
        )


def save_person(*, form: SeenForm, by: User) -> bool:
    """Add a person with roles that hold everywhere, or change one; somebody new is told by e-mail.

    A new person has no password and signs in by e-mailed code. With a changed address nothing is left of the former
    one. Raises what `save_seen` does, and LastAdministrator.
    """
    person = cast(User, form.instance)
    is_new = person.pk is None
    if is_new:
        person.set_unusable_password()
    with transaction.atomic():
        others = _other_administrators(person)
        kind = "person.added" if is_new else "person.changed"
        did = "added" if is_new else "changed"
        written = save_seen(form, kind=kind, tell=lambda row: f"{by} {did} {row}.", by=by)
        if not (others or (person.is_active and person.is_administrator)):
            raise LastAdministrator
        if is_new:
            added(person=person, by=by)
        elif "email" in form.changed_data:
            forget_former_addresses(person)
    return written


def forget_former_addresses(person: User) -> None:
    """Drop what allauth keeps of a person's addresses beside the one that they have."""
    EmailAddress.objects.filter(user=person).delete()


def _other_administrators(person: User) -> int:
    """How many others can run the programme, all locked until the transaction ends: of two who go, one is refused."""
    administrators = User.objects.select_for_update().filter(is_active=True, is_administrator=True)
    return len([one for one in administrators.order_by("pk") if one.pk != person.pk])
