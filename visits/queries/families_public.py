"""The edition that the families of a school read now."""

from django.urls import reverse

from core.prepared import Prepared
from schools.more_pages import MorePage
from visits.models import FamiliesEdition

LABEL = "You said, we are doing, done: what families asked for, and what becomes of it"

_current = Prepared(lambda school_pk: FamiliesEdition.objects.current().filter(school_id=school_pk), int)
_is_there = Prepared(
    lambda school_pk: FamiliesEdition.objects.current().filter(school_id=school_pk).values_list("pk"), int
)


def edition_of(school_pk: int) -> FamiliesEdition | None:
    """The edition of a school that is on the public list; one query. Whether it is there, is asked before."""
    return _current.first(school_pk)


def page_of(school_pk: int, slug: str) -> MorePage | None:
    """The link from the school's public page, while an edition is published; one query."""
    if _is_there.first(school_pk) is None:
        return None
    return MorePage(LABEL, reverse("visits:families_public", args=[slug]))
