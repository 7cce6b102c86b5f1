"""Whoever is one of few is marked by what few have: where a family is from, twins of a year, a named child's year."""

import pytest

from core.guard import Kind, find


def marked(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text) if one.kind is Kind.ONE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jack in Year 3 with autism was sent home", "Year 3 with autism"),
        ("Jack (Y3, ADHD) and his mum", "Y3, ADHD"),
        ("Amina has epilepsy and is in Year 6.", "epilepsy and is in Year 6"),
        ("deaf Kieran in Y1 cannot hear the bell", "deaf Kieran in Y1"),
        ("Tom and Mia in Year 2 with ADHD", "Year 2 with ADHD"),
    ],
)
def test_the_year_and_the_need_of_a_named_child_are_marked_beside_the_name(text, words):
    assert marked(text) == [words]
    assert any(one.kind is Kind.NAME for one in find(text))


@pytest.mark.parametrize(
    "text",
    [
        "Sharon in Reception has autism training on Friday.",
        "Sharon, Reception, autism lead, came too.",
        "Tom needs a quiet place; Year 3 children with autism do too.",
        "Ask Tom about Year 3 and autism training.",
        "Jack has ADHD. Year 3 is loud.",
        "Mrs Jones in Year 3 knows what autism is.",
        "Jack in Year 3 likes art",
    ],
)
def test_what_is_not_told_of_the_named_one_is_left(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The family from Ukraine felt lost.", "The family from Ukraine"),
        ("the family, from Ukraine, left", "the family, from Ukraine"),
        ("A mum who has just moved here from Romania", "A mum who has just moved here from Romania"),
        ("one family from Hong Kong", "one family from Hong Kong"),
        ("the new Polish family", "the new Polish family"),
        ("Polish mum said so", "Polish mum"),
        ("a Polish-speaking dad waits", "a Polish-speaking dad"),
        ("a dad who speaks only Polish", "a dad who speaks only Polish"),
        ("Two Syrian families came.", "Two Syrian families"),
        ("a Traveller family told us", "a Traveller family"),
    ],
)
def test_one_family_by_where_it_is_from_is_marked(text, words):
    assert marked(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Families from Ukraine and Poland asked for letters.",
        "Several Ukrainian families came.",
        "Any family from Ukraine may ask; no Polish parent came.",
        "One of the Polish families asked.",
        "A Polish interpreter came to the Polish club.",
        "The Polish family day and the Irish family farm",
        "The Polish parent group meets here.",
        "A family from Ludlow, and a child from another school",
        "The child from Poland Street",
        "A family who went to France on holiday",
        "They polish the floor, family by family.",
    ],
)
def test_many_and_things_of_another_country_are_not(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the twins in reception were split up", "the twins in reception"),
        ("Her twins who started in Year 1 cried.", "Her twins who started in Year 1"),
        ("the Year 4 twins are late", "Year 4 twins"),
        ("Y2 triplets, one table", "Y2 triplets"),
    ],
)
def test_twins_beside_their_year_are_marked(text, words):
    assert marked(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Twins in different classes",
        "parents of twins in Year 2",
        "any Year 2 twins may share",
        "the twins waited in reception area chairs",
        "Reception staff know twin towns",
    ],
)
def test_twins_of_any_year_are_not(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The only boy in a wheelchair", "The only boy in a wheelchair"),
        ("The only one in a wheelchair sits apart.", "The only one in a wheelchair"),
        ("the one boy in a wheelchair", "the one boy in a wheelchair"),
        ("The only mum who wears a hijab", "The only mum"),
        ("Our only foster carer", "Our only foster carer"),
    ],
)
def test_whoever_is_the_only_one_is_marked(text, words):
    assert marked(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "There is only one toilet.",
        "The only family room is upstairs, and the only quiet family room is locked.",
        "The only parents' evening was on a Friday.",
        "Our school is the only one with a SEND hub.",
        "It is the only one of three meetings in Year 3.",
        "The one thing parents want is time.",
        "On the one hand parents like it.",
        "Only one parent governor came.",
    ],
)
def test_the_only_thing_is_not(text):
    assert marked(text) == []
