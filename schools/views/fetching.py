"""The school that a page is about, fetched through the person who asks."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from core.look import Crumb
from schools.access import may, may_change, schools_of
from schools.decorators import who_may
from schools.models import School, sees_every_school


def school_to_read(request: SignedInRequest, school_pk: int, verb: Verb = Verb.VIEW_SCHOOL) -> School:
    """The school, for somebody who may do or look at this there; 404 for another's, 403 where it is not theirs.

    The bar above the page names it.
    """
    school = get_object_or_404(School.objects.visible_to(request.user), pk=school_pk)
    if not may(request.user, verb, school):
        raise PermissionDenied(who_may(verb))
    request.school_here = school
    return school


def school_to_change(request: SignedInRequest, school_pk: int, verb: Verb) -> School:
    """The same for somebody who may change it; 403 also for those whose right is to look."""
    school = school_to_read(request, school_pk, verb)
    if not may_change(request.user, verb, school):
        raise PermissionDenied(who_may(verb))
    return school


def school_crumbs(request: SignedInRequest, school: School, inside: str = "") -> list[Crumb]:
    """Where a page of the school stands: below the list of schools, for whoever has more than one."""
    several = sees_every_school(request.user) or len(schools_of(request.user)) > 1
    first = Crumb("Schools", reverse("workspaces")) if several else Crumb("Home", reverse("home"))
    if not inside:
        return [first, Crumb(school.name)]
    return [first, Crumb(school.name, reverse("workspace", args=[school.pk])), Crumb(inside)]
