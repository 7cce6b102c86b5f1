"""Whom to write to at a school."""

from django.db import transaction

from accounts.models import User
from core import history
from core.seen import SeenForm, save_seen
from schools.models import SchoolContact


def save_contact(*, form: SeenForm, by: User) -> bool:
    """Add or change a contact, with a history line; raises ChangedMeanwhile or SavedTwice."""
    return save_seen(form, kind="contact.saved", tell=_tell, by=by)


def _tell(contact: SchoolContact) -> str:
    return f"{contact.get_role_display()}: {contact.name} is whom to write to."


def remove_contact(*, contact: SchoolContact, by: User) -> None:
    """Take a contact off the list, with a history line; one that somebody else removed a moment ago is gone."""
    with transaction.atomic():
        removed, _ = SchoolContact.objects.filter(pk=contact.pk).delete()
        if removed:
            summary = f"{contact.get_role_display()}: {contact.name} is no longer on the list of contacts."
            history.record("contact.removed", summary, by=by, target=contact, school=contact.school)
