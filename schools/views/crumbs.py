"""Where a page of a school stands."""

from django.urls import reverse

from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.access import schools_of
from schools.models import School, sees_every_school


def school_crumbs(request: SignedInRequest, school: School, *inside: Crumb) -> list[Crumb]:
    """The school's workspace, below the list of schools for whoever has more than one, then what is inside it."""
    several = sees_every_school(request.user) or len(schools_of(request.user)) > 1
    first = Crumb("Schools", reverse("workspaces")) if several else Crumb("Home", reverse("home"))
    own = Crumb(school.name, reverse("workspace", args=[school.pk]) if inside else "")
    return [first, own, *inside]


def people_crumb(school: School) -> Crumb:
    """The page of the school's people."""
    return Crumb("People", reverse("schools:people", args=[school.pk]))


def contacts_crumb(school: School) -> Crumb:
    """The page of the school's contacts."""
    return Crumb("Contacts", reverse("schools:contacts", args=[school.pk]))


def actions_crumb(school: School) -> Crumb:
    """The page of the school's actions."""
    return Crumb("Actions", reverse("schools:actions", args=[school.pk]))
