"""The school that a page is about, fetched through the person who asks."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from schools.access import may, may_change
from schools.decorators import who_may
from schools.models import School


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
