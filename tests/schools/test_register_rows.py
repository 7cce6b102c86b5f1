"""One row of the register in our own terms."""

from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.register import rows
from schools.register.reading import Line
from tests.schools.register_files import a_row, read_row


def read(**cells: str):
    row, errors, notes = read_row(Line(2, a_row(**cells)))
    assert errors == []
    return row.values, notes


def test_a_whole_row():
    values, notes = read()
    assert values == {
        "name": "Caer Ridge Primary School",
        "status": "open",
        "phase": "Primary",
        "type_name": "Community school",
        "la_code": "893",
        "laestab": "893/2032",
        "town": "Church Stretton",
        "postcode": "SY6 6EX",
        "opened_on": date(1950, 9, 1),
        "closed_on": None,
        "easting": 350460,
        "northing": 295700,
        "website": "https://caer-ridge.example/",
        "pupils": 203,
    }
    assert notes == []


@pytest.mark.parametrize(
    ("code", "status"), [("1", "open"), ("01", "open"), ("02", "closed"), ("3", "closing"), ("4", "proposed")]
)
def test_status_zero_padded_or_bare(code, status):
    assert read(**{"EstablishmentStatus (code)": code})[0]["status"] == status


@pytest.mark.parametrize(
    ("authority", "number", "laestab"),
    [("893", "2032", "893/2032"), ("0893", "02032", "893/2032"), ("893", "", ""), ("893", "32", "893/0032")],
)
def test_laestab(authority, number, laestab):
    values, _ = read(**{"LA (code)": authority, "EstablishmentNumber": number})
    assert values["laestab"] == laestab


@pytest.mark.parametrize(
    ("website", "kept"),
    [
        ("www.caer-ridge.example", "https://www.caer-ridge.example"),
        ("http://caer-ridge.example/home", "http://caer-ridge.example/home"),
        ("HTTPS://Caer-Ridge.example", "HTTPS://Caer-Ridge.example"),
        ("//caer-ridge.example", "https://caer-ridge.example"),
        ("caer-ridge.example:8080/x", "https://caer-ridge.example:8080/x"),
        ("Not applicable", ""),
    ],
)
def test_websites(website, kept):
    values, notes = read(SchoolWebsite=website)
    assert values["website"] == kept
    assert notes == []


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "ftp://caer-ridge.example",
        "data:text/html,x",
        "no website",
        "http:///x",
        "x" * 400,
        "JaVaScRiPt://caer.example/%0aalert(1)",
    ],
)
def test_a_website_that_no_browser_should_follow_is_left_out_with_a_note(website):
    values, notes = read(SchoolWebsite=website)
    assert values["website"] == ""
    assert any("no web address" in note for note in notes)


@pytest.mark.parametrize(
    ("easting", "northing"), [("9999999", "295700"), ("350460", "1300000"), ("350460", ""), ("0", "295700")]
)
def test_a_point_outside_great_britain_is_left_out_with_a_note(easting, northing):
    values, notes = read(Easting=easting, Northing=northing)
    assert (values["easting"], values["northing"]) == (None, None)
    assert "not in Great Britain" in notes[0]


def test_no_point_is_no_mistake():
    values, notes = read(Easting="", Northing="0")
    assert (values["easting"], values["northing"], notes) == (None, None, [])


@pytest.mark.parametrize(
    ("text", "day"), [("31-08-2024", date(2024, 8, 31)), ("31/08/2024", date(2024, 8, 31))]
)
def test_dates(text, day):
    assert read(CloseDate=text)[0]["closed_on"] == day


@pytest.mark.parametrize("text", ["2024-08-31", "31-02-2024", "08-31-2024", "31-08-24", "yesterday"])
def test_a_date_that_is_none_makes_the_file_unusable(text):
    row, errors, _ = read_row(Line(2, a_row(CloseDate=text)))
    assert row is None
    assert errors == [f"“CloseDate” is {text}. Write dates like 31-08-2024."]


@pytest.mark.parametrize(
    "urn", ["", "12345", "1234567", "abc", "-12345", "\uff11\uff12\uff13\uff10\uff10\uff11", "12 300"]
)
def test_a_urn_has_six_digits(urn):
    row, errors, _ = read_row(Line(2, a_row(URN=urn)))
    assert row is None
    assert errors[0].endswith("It has six digits.")


def test_empty_not_applicable_and_does_not_apply():
    values, _ = read(NumberOfPupils="Does not apply", **{"PhaseOfEducation (name)": "Not applicable"})
    assert values["pupils"] is None
    assert values["phase"] == "Not applicable"


def test_a_number_that_is_none_is_left_out_with_a_note():
    values, notes = read(NumberOfPupils="about 200")
    assert values["pupils"] is None
    assert notes == ["“NumberOfPupils” is not a whole number (about 200); it was left out."]


@pytest.mark.parametrize(
    "website",
    [
        "www.caer-ridge.example",
        "http://caer-ridge.example/home",
        "https://caer_ridge.example",
        "https://-caer.example",
        "https://caer-.example",
        "https://caer..example",
        "https://caer.example.",
        f"https://{'a.' * 120}example",
        f"https://{'a' * 64}.example",
        "https://caer.e",
        "https://caer.123",
        "https://127.0.0.1/",
        "caer.example/a b",
        "caer.example?x=1",
        "caer.example/\u00e9",
    ],
)
def test_a_plain_website_is_taken_only_where_the_whole_check_agrees(website, monkeypatch):
    quick = read(SchoolWebsite=website)
    monkeypatch.setitem(rows._PLAIN, "website", lambda cell: None)
    assert read(SchoolWebsite=website) == quick


@given(
    st.text(
        st.sampled_from(["a", "Z", "7", "-", ".", " ", "'", "\u2019", "\xa0", "\t", "\u200b"]), max_size=12
    )
)
def test_a_plain_name_is_taken_only_where_reading_changes_nothing(name):
    cells = {"EstablishmentName": f"Caer {name}", "Postcode": name}
    quick = read(**cells)
    with patch.dict(rows._PLAIN, dict.fromkeys(rows._PLAIN, lambda cell: None)):
        assert read(**cells) == quick


def test_hidden_characters_and_double_blanks_go():
    assert read(EstablishmentName="Caer\u200b  Ridge\t\x07School\xa0")[0]["name"] == "Caer Ridge School"


def test_postcodes_are_spaced_alike_and_others_left_out():
    assert read(Postcode="sy66ex")[0]["postcode"] == "SY6 6EX"
    values, notes = read(Postcode="=1+1")
    assert values["postcode"] == ""
    assert notes


def test_a_school_without_a_name_or_with_an_unknown_status_makes_the_file_unusable():
    _, errors, _ = read_row(Line(2, a_row(EstablishmentName=" ", **{"EstablishmentStatus (code)": "9"})))
    assert len(errors) == 2


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("1743254254", "01743 254254"),
        ("01743254254", "01743 254254"),
        ("01743 254 254", "01743 254254"),
        ("1214960000", "0121 496 0000"),
        ("1539676790", "015396 76790"),
        ("01539676790", "015396 76790"),
        ("2079460000", "020 7946 0000"),
        ("", ""),
        ("Not applicable", ""),
    ],
)
def test_telephone_numbers(cell, kept):
    values, notes = read(TelephoneNum=cell)
    assert (values["telephone"], notes) == (kept, [])


def test_a_number_that_cannot_be_rung_is_left_out_with_a_note():
    values, notes = read(TelephoneNum="ask the office")
    assert (values["telephone"], notes) == (
        "",
        ["The telephone number ask the office is none; it was left out."],
    )
