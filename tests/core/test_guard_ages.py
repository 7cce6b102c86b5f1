"""An age that is one child's, and a need before a year group, are marked; what only looks like them is not."""

import pytest

from core.guard import Kind, find


def marked(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text) if one.kind is Kind.ONE]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a 7 year old cried", "a 7 year old"),
        ("A six-year-old was sent home.", "A six-year-old"),
        ("the 8 year old who runs", "the 8 year old"),
        ("my 5yo hates it", "my 5yo"),
        ("7 year old hides under the table", "7 year old"),
        ("he is seven", "he is seven"),
        ("She’s only six, we heard", "She’s only six"),
        ("he is 6 years old and alone", "he is 6 years old"),
        ("my son turned 7", "son turned 7"),
        ("a boy who is nine", "boy who is nine"),
        ("the twins are 5", "twins are 5"),
        ("her daughter, aged 6, was told off", "daughter, aged 6"),
        ("a lad of ten was left out", "lad of ten"),
        ("My daughter, 8, hates it", "daughter, 8"),
        ("his sister (9) copies him", "sister (9"),
    ],
)
def test_the_age_of_one_child_is_marked(text, words):
    assert marked(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "7 years of experience",
        "a 7 year old minibus and a two year old policy",
        "our school is seven years old",
        "every 7 year old should swim",
        "a club for 7 year olds",
        "seven year olds find it loud",
        "he is seven minutes late",
        "she is two of the three",
        "she is 45 and a governor",
        "it is seven already",
        "children aged 5 to 7",
        "a child aged 5 to 7 may join",
        "one pupil of ten",
        "children of seven find it hard",
        "every child, 7, 8 or 9, may join",
        "ask a child. Seven came.",
    ],
)
def test_other_numbers_are_not(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ella, ADHD, Year 4", "ADHD, Year 4"),
        ("Ella (ADHD, Year 4) hates lunch.", "ADHD, Year 4"),
        ("Mum rang: autism and anxiety, Y2, no plan yet", "autism and anxiety, Y2"),
        ("Dyslexia, Key Stage 2.", "Dyslexia, Key Stage 2"),
        ("Ella, epilepsy, aged 9", "epilepsy, aged 9"),
    ],
)
def test_a_need_before_a_year_group_between_commas_is_marked(text, words):
    assert marked(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Year 4 asked for more quiet time",
        "ADHD, Year 4 training for all staff",
        "a talk about ADHD, Year 4 and sleep",
        "we heard of autism, Year 6, and sleep",
        "ADHD. Year 4 sang.",
    ],
)
def test_a_talk_about_a_need_and_a_year_group_is_not(text):
    assert marked(text) == []
