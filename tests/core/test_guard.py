"""What the guard marks and what it leaves alone, a rule a test; the rates are in test_guard_rates.py."""

import pytest

from core.guard import Kind, find


def marked(text: str, kind: Kind | None = None, **options) -> list[str]:
    return [text[one.start : one.end] for one in find(text, **options) if kind in {None, one.kind}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ruby likes the den.", "Ruby"),
        ("we asked jayden why", "jayden"),
        ("ŁUKASZ hates the bell", "ŁUKASZ"),
        ("Zoë’s chair is broken", "Zoë’s"),
        ("a letter for Anne-Marie Jones", "Anne-Marie Jones"),
        ("seen with Sophie T. at noon", "Sophie T"),
    ],
)
def test_a_first_name_is_marked_with_what_belongs_to_it(text, words):
    assert marked(text, Kind.NAME) == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask Mr. Featherstonehaugh.", "Mr. Featherstonehaugh"),
        ("ask mrs featherstone", "mrs featherstone"),
        ("Mr and Mrs Vane came", "Mr and Mrs Vane"),
        ("Mx O’Dell wrote", "Mx O’Dell"),
        ("Auntie Bo collects them", "Auntie Bo"),
    ],
)
def test_a_title_with_a_surname_is_marked(text, words):
    assert marked(text, Kind.NAME) == [words]


@pytest.mark.parametrize(
    "text",
    ["Mr and Mrs on forms is outdated", "We miss Fridays", "it took 5 ms longer", "Miss a day and it shows"],
)
def test_a_title_alone_is_none(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("is_name", "is_word"),
    [
        ("Will said no.", "Will the hall be free?"),
        ("It is hard for Will now.", "Their will is strong."),
        ("Mark was excluded.", "Mark the date."),
        ("Ivy’s mum rang.", "Ivy Class sang."),
        ("June cries when she is late.", "June was busy."),
        ("We saw Daisy there.", "Daisy chain club"),
        ("Jordan was told.", "Roman days in Year 3"),
    ],
)
def test_a_name_that_is_a_word_too_is_told_by_what_stands_around_it(is_name, is_word):
    assert (len(marked(is_name, Kind.NAME)), marked(is_word)) == (1, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("her son Qbrax hates it", "Qbrax"),
        ("the mum of Qbrax agreed", "Qbrax"),
        ("Qbrax’s dad agreed", "Qbrax’s"),
        ("The Qbrax family moved", "Qbrax"),
        ("we spoke to Qbrax again", "Qbrax"),
        ("Qbrax needs time", "Qbrax"),
        ("Qbrax was told off", "Qbrax"),
        ("a boy called qbrax", None),
    ],
)
def test_a_name_that_no_list_knows_is_told_by_what_stands_around_it(text, words):
    assert marked(text, Kind.NAME) == ([words] if words else [])


@pytest.mark.parametrize(
    "text",
    [
        "St Thomas’s and St. Mary’s",
        "Thomas Adams School",
        "Charlotte Street is closed",
        "Harry Potter day",
        "the Jack and the Beanstalk play",
        "Polish family evening",
        "Individual needs are met",
        "www.oliver.example/jack",
        "P.E. and R.E. and the T.A.",
    ],
)
def test_a_place_a_story_and_a_web_page_name_nobody(text):
    assert marked(text) == []


@pytest.mark.parametrize("text", ["K.T. was sent out", "the plan of R. B. is late", "RB's mum rang"])
def test_initials_are_marked(text):
    assert len(marked(text, Kind.NAME)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a Y2 girl with diabetes",
        "My year three lad is dyslexic",
        "the 9-year-old who is deaf",
        "her daughter, aged 7, has ADHD",
        "two boys in Year 6 with autism",
        "one deaf child in KS1",
        "The only girl in Year 2",
        "the only Latvian family",
        "a child in Reception with ADD",
        "Year 4, ADHD",
        "Mum rang again: Year 4, ADHD, no plan yet.",
        "A quiet one, KS2, speech and language.",
        "Reception, autism. Wants a visual timetable.",
    ],
)
def test_one_child_or_a_few_beside_a_year_and_a_need_are_marked(text):
    assert len(marked(text, Kind.ONE)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Year 2 girls and boys like art",
        "Parents of Year 3 children with ADHD",
        "Every child in Year 4 with a plan for autism",
        "A child in Year 2 sings. Training on ADHD is wanted.",
        "an autistic child",
        "a boy in Year 4",
        "They add a child to the Year 3 list",
        "the only quiet child-friendly room",
        "the only thing missing",
        "In Year 6, autism was not talked about.",
        "Year 4, ADHD training for all staff",
        "Year 4, art and music",
        "Staff of Year 4, ADHD leads",
    ],
)
def test_groups_and_halves_of_a_sentence_point_to_nobody(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("write to lee@home.example.", ["lee@home.example"]),
        ("lee.b+x@a.b.example, thanks", ["lee.b+x@a.b.example"]),
        ("lee (at) home (dot) example", ["lee (at) home (dot) example"]),
        ("office@school.example and SENCo@school.example", []),
        ("meet @ 9", []),
    ],
)
def test_an_email_address_is_marked_unless_it_is_an_offices(text, words):
    assert marked(text) == words


@pytest.mark.parametrize(
    "number",
    [
        "07700 900999",
        "+44 7700 900999",
        "(01632) 960999",
        "0044 1632 960 999",
        "07700-900-999",
        "7700 900999",
    ],
)
def test_a_telephone_number_is_marked_however_it_is_spaced(number):
    assert marked(f"on {number}, please", Kind.PHONE) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "ring 111, 999 or 116 123",
        "0800 1111",
        "0808 800 4005",
        "+44 345 678 1234",
        "URN 123456",
        "on 01.02.2018 at 10:30",
        "it cost £07700900999",
        "8:45am",
    ],
)
def test_numbers_of_services_dates_and_sums_are_no_familys(text):
    assert marked(text) == []


def test_a_short_number_is_marked_where_somebody_is_to_be_rung():
    assert marked("ring me on 960 999", Kind.PHONE) == ["960 999"]


@pytest.mark.parametrize("code", ["SY1 9ZZ", "sy19zz", "EC1A 9ZZ"])
def test_a_whole_postcode_is_marked(code):
    assert marked(f"at {code} now", Kind.POSTCODE) == [code]


@pytest.mark.parametrize("text", ["the SY8 area", "Y4 2nd group", "b2 3rd", "ZZ9 9ZZ", "at 9 2pm"])
def test_half_a_postcode_and_what_looks_like_one_are_not(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("born 4th of May 2018", "4th of May 2018"),
        ("DOB: 04.05.18", "04.05.18"),
        ("turned six on May 4th", "May 4th"),
        ("born in May 2018", "May 2018"),
        ("4 May is his birthday", "4 May"),
    ],
)
def test_a_date_of_birth_is_marked(text, words):
    assert marked(text, Kind.BIRTH) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "we met on 4 May 2027",
        "the school’s 50th birthday on 4 May",
        "turned up on 4 May",
        "built in May 2018",
    ],
)
def test_other_dates_are_not(text):
    assert marked(text) == []


def test_what_the_caller_allows_is_not_marked():
    text = "Grace Darling and Oliver met at St Oliver’s, SY1 9ZZ."
    allowed = ["Grace Darling", "SY1 9ZZ", ""]
    assert marked(text, allowed=allowed) == ["Oliver"]


def test_a_longer_name_than_the_allowed_one_is_marked():
    assert marked("Oliver Smith came", allowed=["Oliver"]) == ["Smith"]


def test_a_child_is_marked_whatever_is_allowed():
    assert marked("a Year 4 boy with ADHD", allowed=["Year 4"]) == ["Year 4 boy with ADHD"]


def test_every_mark_says_why_in_a_sentence_and_every_kind_has_one():
    marks = find("Oliver, a Year 4 boy with ADHD, born 1 May: SY1 9ZZ, 07700 900999, a@b.example")
    assert {one.kind for one in marks} == set(Kind)
    assert all(words.endswith(".") for one in marks for words in (one.why, one.kind.words))
