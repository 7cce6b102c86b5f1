"""The visit that a page is about, fetched through the person who asks."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.permissions import Verb
from accounts.requests import SignedInRequest
from schools.access import may, may_change
from schools.decorators import who_may
from visits.models import Visit


def visit_to_read(request: SignedInRequest, visit_pk: int, verb: Verb = Verb.TAKE_PART_IN_VISITS) -> Visit:
    """The visit, for somebody who may do or look at this there; 404 for another's school, 403 where it is not theirs.

    The bar above the page names its school.
    """
    visit = _visit(request, visit_pk)
    if not may(request.user, verb, visit.school):
        raise PermissionDenied(who_may(verb, to_change=False))
    request.school_here = visit.school
    return visit


def visit_to_change(request: SignedInRequest, visit_pk: int, verb: Verb = Verb.RECORD_VISITS) -> Visit:
    """The same for somebody who may change it; 403 also for those whose right is to look."""
    visit = _visit(request, visit_pk)
    if not may_change(request.user, verb, visit.school):
        raise PermissionDenied(who_may(verb))
    request.school_here = visit.school
    return visit


def _visit(request: SignedInRequest, visit_pk: int) -> Visit:
    return get_object_or_404(Visit.objects.visible_to(request.user).with_names(), pk=visit_pk)
