"""Where a page of a school stands."""

from django.urls import NoReverseMatch, reverse

from core.look import Crumb
from schools.models import School


def of_school(school: School, *inside: Crumb) -> list[Crumb]:
    """The school's workspace, then what is inside it."""
    try:
        return [Crumb(school.name, reverse("workspace", args=[school.pk])), *inside]
    except NoReverseMatch:  # an installation of this app alone has no workspace
        return list(inside)


def people_crumb(school: School) -> Crumb:
    """The page of the school's people."""
    return Crumb("People", reverse("schools:people", args=[school.pk]))


def contacts_crumb(school: School) -> Crumb:
    """The page of the school's contacts."""
    return Crumb("Contacts", reverse("schools:contacts", args=[school.pk]))
