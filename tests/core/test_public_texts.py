"""The texts of the public pages: our own files, what an administrator wrote, and the names in them."""

import re

import pytest

from core.models import ProgrammeSettings, PublicText
from core.public_texts import (
    FOLDER,
    KINDS,
    PLACEHOLDERS,
    Wording,
    own_wording,
    shown,
    unknown_placeholders,
    values_of,
    wording,
)
from core.rich_text import refused_links, unfinished_links
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db
OTHERS = ProgrammeSettings(
    programme_name="Nurture and Nest",
    programme_short_name="NEST",
    forum_name="Parents <Together> & Co",
    forum_short_name="P*T",
    county="Rutland",
    contact_email="a_b_c@pt.example",
    site_name="Nest Hub",
)


def test_each_text_has_its_file_and_each_file_its_text():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(KINDS)


@pytest.mark.parametrize("key", KINDS)
class TestOwn:
    def test_can_be_saved_as_it_is(self, key):
        text = own_wording(key)
        PublicText(key=key, **{**text._asdict(), "description": text.description}).full_clean()
        assert bool(text.description) == KINDS[key].is_page
        assert unknown_placeholders("".join(text)) == []
        assert refused_links(text.body) == []
        assert unfinished_links(text.body) == []

    def test_leaves_no_mark_and_no_brace_on_the_page(self, key):
        told = shown(own_wording(key), OTHERS)
        assert re.findall(r"[{}]|\*\*|\]\(|##|\\", "".join(told)) == []

    def test_names_no_forum_and_no_programme_of_its_own(self, key):
        assert re.findall("PINS|PACC|Shropshire", "".join(own_wording(key))) == []

    def test_is_short_enough_for_a_search_engine(self, key):
        told = shown(own_wording(key), ProgrammeSettings())
        assert len(told.title) <= 70
        assert len(told.description) <= 200


@pytest.mark.parametrize("key", ["parent-carers", "family", "forum", "about", "for-schools"])
def test_three_meetings_are_promised_to_nobody_but_a_school_in_its_first_full_year(key):
    """Most listed schools have lighter support or training alone, and which of them is not public."""
    body = own_wording(key).body
    assert re.search("three times|[Tt]hree meetings", body)
    assert re.search("first year on the full programme", body)
    assert re.search("(the school asks|you ask)", body)
    assert "embedding" not in body


def test_no_other_text_speaks_of_how_often_we_meet():
    others = set(KINDS) - {"parent-carers", "family", "forum", "about", "for-schools"}
    assert [key for key in others if re.search("three (times|meetings)", own_wording(key).body)] == []


def test_a_schools_page_promises_specialists_in_that_year_alone_and_says_whom_to_ask():
    body = own_wording("family").body
    assert "Ask the school what it does at present." in body
    line = next(line for line in body.splitlines() if "specialists" in line)
    assert line.startswith("- In its first year on the full programme ")


def test_every_placeholder_has_a_value():
    assert set(values_of(OTHERS)) == set(PLACEHOLDERS)


def test_names_stand_in_the_page_as_they_are_and_never_as_markup():
    told = shown(
        Wording("{ forum }", "{county}", "{forum} {forum_short} [{email}](mailto:{email}) {Forum}"), OTHERS
    )
    assert told.title == "Parents <Together> & Co"
    assert told.body == (
        "<p>Parents &lt;Together&gt; &amp; Co P*T "
        '<a href="mailto:a_b_c@pt.example" class="govuk-link">a_b_c@pt.example</a> {Forum}</p>\n'
    )


@pytest.mark.parametrize(
    "name", ["*x*", "[a](javascript:b)", "<b>", "# a", "1. a", "- a", "> a", "a_b_c", "![a](b)"]
)
def test_no_name_is_read_as_a_mark(name):
    body = shown(Wording("", "", "{county}"), ProgrammeSettings(county=name)).body
    assert re.sub("<p>|</p>\n", "", body) == name.replace("<", "&lt;").replace(">", "&gt;")


def test_no_naughty_name_breaks_a_page():
    for name in naughty_strings():
        body = shown(Wording("", "", "{forum}, x"), ProgrammeSettings(forum_name=name)).body
        assert body.startswith("<p>")
        assert body.count("<") == 2


def test_what_we_do_not_know_is_found():
    assert unknown_placeholders("{forum} {forun} {} {1} { County } {forun}") == ["forun", "County"]


def test_a_changed_text_holds_until_it_goes(django_assert_num_queries):
    row = PublicText.objects.create(key="about", title="T", body="B")
    with django_assert_num_queries(1):
        assert wording("about") == Wording("T", "", "B")
    row.delete()
    assert wording("about") == own_wording("about")
