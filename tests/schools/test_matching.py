"""Which school a line of a council's list means, against real names of the register."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import history
from schools.models import ProgrammeYear, School, SuccessionToReview
from schools.queries.matching import Kind, Match, Matched, match_lines, name_key
from schools.queries.nearness import NearNames, core_of
from schools.school_lists import lines_of, read_text
from tests.factories import ParticipationFactory, SchoolFactory
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db

SAME = [
    ("Stoke-on-Tern Primary School", "stoke on tern primary"),
    ("Stoke-on-Tern Primary School", "Stoke–on—Tern Primary"),
    ("St Mary's Bluecoat CofE (VA) Primary School", "Saint Mary’s Bluecoat C.E. Primary"),
    ("St Mary's Bluecoat CofE (VA) Primary School", "St. Marys Bluecoat C of E Primary  School (VA)"),
    ("St Mary's Bluecoat CofE (VA) Primary School", "St Mary`s Bluecoat Church of England Prim. Sch."),
    ("Kinnerley Church of England Controlled Primary School", "Kinnerley CE (VC) Primary"),
    ("Onny CofE (A) Primary School", "Onny CE Primary School"),
    ("Our Lady and St Oswald's Catholic Primary School", "Our Lady & St. Oswald's RC Primary"),
    ("Our Lady and St Oswald's Catholic Primary School", "Our Lady and St Oswald’s Roman Catholic Primary"),
    ("Market Drayton Junior School", "Market Drayton Jnr"),
    ("Market Drayton Infant & Nursery School", "Market Drayton Infants and Nursery"),
    ("Albrighton Primary School & Nursery", "Albrighton Primary and Nursery School"),
    ("The Fitzroy Academy", "Fitzroy Academy"),
    ("The Community College, Bishop's Castle", "Community College Bishops Castle"),
]
DIFFERENT = [
    ("Ludlow Primary School", "Ludlow Infant School"),
    ("Meole Brace CofE Infant School", "Meole Brace CofE Primary School"),
    ("St Mary's CofE Primary School", "St Martin's CofE Primary School"),
    ("Morville CofE (Controlled) Primary School", "Morville"),
    ("Wilfred Owen School", "Wilfrid Owen School"),
]


@pytest.mark.parametrize(("registered", "typed"), SAME)
def test_one_name_however_it_is_spelt(registered, typed):
    assert name_key(typed) == name_key(registered)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_names_are_never_taken_for_one(one, other):
    assert name_key(one) != name_key(other)


@pytest.fixture
def schools(people) -> dict[str, School]:
    """Some open, some closed, two of one name in two towns, one under another local authority."""
    people.school.la_code = people.other_school.la_code = "893"
    School.objects.update(la_code="893")
    rows = [
        ("mary albrighton", "St Mary's CofE Primary School", "Albrighton", "WV7 3DS", 123458, "open", "893"),
        ("mary bucknell", "St Mary's CofE Primary School", "Bucknell", "SY7 0AA", 123537, "open", "893"),
        ("stoke", "Stoke-on-Tern Primary School", "Stoke Heath", "TF9 2LF", 123399, "open", "893"),
        ("morville old", "Morville CofE (Controlled) Primary School", "", "", 123457, "closed", "893"),
        ("morville", "Morville CofE (Controlled) Primary School", "", "", 141180, "open", "893"),
        ("junior", "Albrighton Junior School", "Albrighton", "WV7 3QS", 123352, "closed", "893"),
        ("primary", "Albrighton Primary School & Nursery", "Albrighton", "WV7 3QS", 123410, "open", "893"),
        ("far", "Oakfield Primary School", "Maidstone", "ME1 1AA", 118001, "open", "886"),
        ("wenlock", "Much Wenlock Primary School", "Much Wenlock", "TF13 6JG", 123398, "open", "893"),
    ]
    return {
        key: SchoolFactory(
            name=name, town=town, postcode=code, urn=urn, status=status, la_code=la, slug=f"s-{urn}"
        )
        for key, name, town, code, urn, status, la in rows
    }


def matched(people, text: str) -> Matched:
    return match_lines(lines_of(read_text(text)), year=ProgrammeYear.objects.get(), user=people.admin)


def one(people, text: str) -> Match:
    (match,) = matched(people, text).matches
    return match


def named(match: Match, schools: dict[str, School]) -> list[str]:
    keys = {school.pk: key for key, school in schools.items()}
    return [keys[option.pk] for option in match.options]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Stoke on Tern Primary", "stoke"),
        ("3. Stoke on Tern Primary", "stoke"),
        ("• Stoke-on-Tern Primary School", "stoke"),
        ("St Mary's CE Primary, Bucknell", "mary bucknell"),
        ("St Mary's CE Primary (Bucknell)", "mary bucknell"),
        ("St Mary's CE Primary - Bucknell", "mary bucknell"),
        ("St Mary's CE Primary Bucknell", "mary bucknell"),
        ("St Mary's CE Primary SY7 0AA", "mary bucknell"),
        ("St Mary's CE Primary sy70aa", "mary bucknell"),
        ("St Mary's CE Primary URN: 123458", "mary albrighton"),
        ("St Mary's CE Primary\t123458\tWV7 3DS", "mary albrighton"),
        ("123399", "stoke"),
        ("Morville CE Primary", "morville"),
    ],
)
def test_one_open_school_is_exact(people, schools, typed, means):
    match = one(people, typed)
    assert (match.kind, named(match, schools), match.remark) == (Kind.EXACT, [means], "")


@pytest.mark.parametrize(
    ("typed", "kind", "options", "remark"),
    [
        ("St. Mary's C of E", Kind.NEAR, {"mary albrighton", "mary bucknell"}, ""),
        ("St. Mary's C of E Primary", Kind.SEVERAL, {"mary albrighton", "mary bucknell"}, ""),
        ("Albrighton Junior", Kind.SEVERAL, {"junior"}, ""),
        (
            "St Mary's CE Primary, Ludlow",
            Kind.SEVERAL,
            {"mary albrighton", "mary bucknell"},
            "No school of this name is in Ludlow.",
        ),
        (
            "Stoke on Tern Primary, SY1 1AA",
            Kind.SEVERAL,
            {"stoke"},
            "No school of this name is at SY1 1AA.",
        ),
        (
            "Stoke on Tern Primary 123410",
            Kind.SEVERAL,
            {"stoke", "primary"},
            "The URN 123410 is that of Albrighton Primary School & Nursery, and the line has another name.",
        ),
        ("Stoke on Tern Primary 999999", Kind.SEVERAL, {"stoke"}, "No school here has the URN 999999."),
        ("Oakfield Primary", Kind.SEVERAL, {"far"}, ""),
        ("Much Wenlok Primary", Kind.NEAR, {"wenlock"}, ""),
        ("Nowhere at all", Kind.NONE, set(), ""),
        ("Primary schools:", Kind.PASSED, set(), "Taken for a heading."),
        ("School\tURN", Kind.PASSED, set(), "Taken for a heading."),
    ],
)
def test_everything_else_is_left_to_a_person(people, schools, typed, kind, options, remark):
    match = one(people, typed)
    assert (match.kind, set(named(match, schools)), match.remark) == (kind, options, remark)


def test_open_comes_before_closed_and_near_before_far(people, schools):
    SchoolFactory(name="Albrighton Junior School", status="proposed", town="B", la_code="893", slug="p")
    far = SchoolFactory(name="Albrighton Juniors", town="C", la_code="886", slug="f")
    SchoolFactory(name="Albrighton Junior", town="D", la_code="893", slug="n1")
    SchoolFactory(name="Albrighton Jnr", town="E", la_code="893", slug="n2")
    match = one(people, "Albrighton Junior")
    assert [option.town for option in match.options][:2] == ["D", "E"]
    assert far.pk not in {option.pk for option in match.options}


def test_a_closed_school_says_which_one_followed_it(people, schools):
    SuccessionToReview.objects.create(old_urn=123352, new_urn=123410, why="two successors")
    (option,) = one(people, "Albrighton Junior").options
    assert option.words == (
        "Primary, Albrighton, WV7 3QS, URN 123352, closed, followed by Albrighton Primary School & Nursery (URN 123410)"
    )


def test_the_name_of_a_place_alone_is_left_to_a_person(people, schools):
    school = SchoolFactory(name="Church Stretton School", town="Church Stretton", la_code="893", urn=123999)
    (match,) = matched(people, "Church  stretton").matches
    assert (match.kind, [one.pk for one in match.options]) == (Kind.SEVERAL, [school.pk])
    assert match.remark == "“Church stretton” is the name of a place too."
    assert one(people, "Church Stretton School").kind is Kind.EXACT
    assert one(people, "Church Stretton 123999").kind is Kind.EXACT


@pytest.mark.parametrize(
    ("phase", "kind"),
    [
        ("Secondary", Kind.SEVERAL),
        ("Not applicable", Kind.SEVERAL),
        ("Middle deemed secondary", Kind.SEVERAL),
        ("Middle deemed primary", Kind.EXACT),
        ("All-through", Kind.EXACT),
        ("", Kind.EXACT),
    ],
)
def test_among_primary_schools_another_one_is_left_to_a_person(people, schools, phase, kind):
    SchoolFactory(name="Ludlow Upper School", town="Ludlow", la_code="893", phase=phase)
    upper, primary = matched(people, "Ludlow Upper School\nStoke on Tern Primary").matches
    assert (upper.kind, primary.kind) == (kind, Kind.EXACT)
    if kind is Kind.SEVERAL:
        assert upper.remark == f"Its phase is “{phase}”, unlike that of others on the list."
        assert upper.options[0].words.startswith(f"{phase}, Ludlow")


def test_a_list_of_secondary_schools_is_as_plain_as_any(people, schools):
    for name in ("Ludlow Upper School", "Wem Upper School"):
        SchoolFactory(name=name, la_code="893", phase="Secondary")
    matches = matched(people, "Ludlow Upper School\nWem Upper School").matches
    assert [match.kind for match in matches] == [Kind.EXACT, Kind.EXACT]


def test_a_former_name_is_known_and_left_to_a_person(people, schools):
    school = schools["stoke"]
    details = {"name": {"before": "Stoke Heath Primary School", "after": school.name}}
    history.record("school.changed_by_register", "x", by=None, school=school, details=details)
    match = one(people, "Stoke Heath Primary")
    assert (match.kind, named(match, schools)) == (Kind.SEVERAL, ["stoke"])
    assert "formerly Stoke Heath Primary School" in match.options[0].words


def test_the_same_school_twice_says_which_line(people, schools):
    matches = matched(people, "Stoke on Tern Primary\n\nStoke-on-Tern Primary School").matches
    assert [match.kind for match in matches] == [Kind.EXACT, Kind.PASSED, Kind.REPEATED]
    assert matches[2].remark == "The same school as in line 1."


def test_who_is_in_the_year_is_said_and_never_offered(people, schools):
    for key in ("stoke", "mary bucknell"):
        ParticipationFactory(school=schools[key], status="confirmed")
    assert one(people, "Stoke on Tern Primary").remark == "In this year already: confirmed."
    match = one(people, "St Mary's CE Primary")
    assert named(match, schools) == ["mary albrighton"]
    assert "In this year already" in match.remark


@pytest.mark.parametrize("length", [1, 3, 300])
def test_asks_the_same_however_long_the_list_is(people, schools, django_assert_num_queries, length):
    year = ProgrammeYear.objects.get()
    lines = lines_of("\n".join(f"Stoke on Tern Primary\nNowhere {number}" for number in range(length)))
    with django_assert_num_queries(5):
        match_lines(lines, year=year, user=people.admin)


def test_whatever_is_typed_no_line_is_lost_and_none_is_guessed(people, schools):
    text = "\n".join(string.replace("\n", " ").replace("\r", " ") for string in naughty_strings())
    lines = lines_of(read_text(text))
    matches = match_lines(lines, year=ProgrammeYear.objects.get(), user=people.admin).matches
    assert [match.line for match in matches] != []
    assert len(matches) == len(lines)
    assert {match.kind for match in matches} <= {Kind.PASSED, Kind.NONE, Kind.NEAR}


QUOTES, DASHES = "'’‘ʼ`´′", "-–—‐‑−"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    quote=st.sampled_from(QUOTES), dash=st.sampled_from(DASHES), blanks=st.integers(1, 3), upper=st.booleans()
)
def test_every_quote_and_dash_is_the_same_name(quote, dash, blanks, upper):
    typed = f"St Mary{quote}s{' ' * blanks}Norton{dash}in{dash}Hales (CE) Primary"
    typed = typed.upper() if upper else typed
    assert name_key(typed) == name_key("St Mary's Norton-in-Hales CofE Primary School")


@given(st.text(max_size=60))
def test_a_name_is_the_same_as_itself_spelt_with_school(name):
    assert name_key(f"{name} School School") == name_key(f"{name} School")


def test_words_that_every_name_has_find_nothing():
    names = NearNames({1: name_key("Clun Primary School"), 2: name_key("Ludlow Primary School")})
    assert (core_of(name_key("The Primary School")), names.find("primary")) == ([], [])
    assert names.find("ludlo primary") == [2]
