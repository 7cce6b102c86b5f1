"""Finding a school of the register, for somebody who wants to add it."""

import re

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Upper

from accounts.models import User
from schools.models import School, SchoolQuerySet

MOST_WORDS = 8
_URN = re.compile(r"[1-9][0-9]{5}")


def find_in_register(user: User, q: str) -> SchoolQuerySet:
    """Schools whose name, town, postcode or URN is asked for, open ones first; none for nothing asked."""
    words = q.split()[:MOST_WORDS]
    schools = School.objects.visible_to(user)
    if not words:
        return schools.none()
    if _URN.fullmatch(q.strip()):
        return schools.filter(urns__urn=int(q.strip())).distinct()
    for word in words:
        schools = schools.filter(
            Q(name__icontains=word)
            | Q(town__icontains=word)
            | Q(postcode__istartswith=word)
            | Q(postcode__iendswith=word)
        )
    is_closed = Case(When(status=School.Status.CLOSED, then=Value(1)), default=Value(0))
    return schools.order_by(is_closed, Upper("name"), "pk")
