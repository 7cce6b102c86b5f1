"""What becomes of the schools' people when an administrator changes somebody's account."""

from typing import cast

from django.db import transaction

from accounts import services as accounts
from accounts.models import User
from core.seen import SeenForm
from schools.services.errors import ProgrammeError
from schools.services.invitations import end_invitations_of


def save_person(*, form: SeenForm, by: User) -> bool:
    """Add or change a person as accounts does; with somebody who is switched off end the invitations they sent.

    Raises what `save_seen` does, and ProgrammeError where nobody could run the programme any more.
    """
    try:
        with transaction.atomic():
            written = accounts.save_person(form=form, by=by)
            person = cast(User, form.instance)
            if written and not person.is_active:
                end_invitations_of(sender=person, by=by)
    except accounts.LastAdministrator as refusal:
        raise ProgrammeError(str(refusal)) from None
    return written
