"""Finding a school of the register, for somebody who wants to add it."""

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Replace, Upper

from accounts.models import User
from schools.models import School, SchoolQuerySet
from schools.queries.public import plain_words, spellings_of

MOST_WORDS = 8
MOST_FOUND = 50
_URN = re.compile(r"[1-9][0-9]{5}")
_RARE = "[^ -_a-~\u2019]|[.] "
"""A sign beyond those of plain English names, or an abbreviation with blanks in it."""
_Row = tuple[int, str, str, str]


def find_in_register(user: User, q: str, *, most: int = MOST_FOUND) -> list[School]:
    """Schools with a word beginning like each that is asked for in name, town or postcode, or with that URN.

    Open ones first, each with its URNs; none for nothing asked. However a name is spelt ("St", "Saint", "CE",
    "C of E"), it is found. Three queries at most, one more for what the database does not find by itself.
    """
    schools = School.objects.visible_to(user)
    pks = pks_found(schools, q, most=most)
    found = schools.prefetch_related("urns").in_bulk(pks)
    return [found[pk] for pk in pks]


def pks_found(schools: SchoolQuerySet, q: str, *, most: int | None = None) -> list[int]:
    """The ids of those of the schools, in the same order; two queries at most."""
    if _URN.fullmatch(q.strip()):
        return list(schools.filter(urns__urn=int(q.strip())).values_list("pk", flat=True).distinct())
    words = plain_words(q).split()[:MOST_WORDS]
    if not words:
        return []
    is_closed = Case(When(status=School.Status.CLOSED, then=Value(1)), default=Value(0))
    ordered = schools.order_by(is_closed, Upper("name"), "pk").values_list("pk", "name", "town", "postcode")
    pks = list(islice(_with_words(_likely(ordered, words).iterator(), words), most))
    # Accents and rare signs are told apart by the database and not by us.
    rare = Q(name__regex=_RARE) | Q(town__regex=_RARE)
    return pks or list(islice(_with_words(ordered.filter(rare).iterator(), words), most))


def _likely(rows: QuerySet[School, _Row], words: Iterable[str]) -> QuerySet[School, _Row]:
    """The rows narrowed by the database to those that may have the words."""
    rows = rows.alias(bare=Replace(Replace("name", Value("\u2019"), Value("")), Value("'"), Value("")))
    for word in words:
        spelt = [Q(bare__icontains=each) | Q(town__icontains=each) for each in spellings_of(word)]
        of_postcode = Q(postcode__istartswith=word) | Q(postcode__iendswith=word) | _whole_postcode(word)
        rows = rows.filter(reduce(or_, spelt) | of_postcode)
    return rows


def _whole_postcode(word: str) -> Q:
    """A postcode that was typed without its blank."""
    return Q(postcode__iexact=f"{word[:-3]} {word[-3:]}") if 5 <= len(word) <= 7 else Q()


def _with_words(rows: Iterable[_Row], words: list[str]) -> Iterator[int]:
    beginnings = [f" {word}" for word in words]
    for pk, name, town, postcode in rows:
        text = (
            f"{plain_words(name)} {plain_words(town)} {postcode.lower()} {postcode.lower().replace(' ', '')}"
        )
        if all(beginning in text for beginning in beginnings):
            yield pk
