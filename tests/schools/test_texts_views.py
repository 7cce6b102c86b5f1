"""An administrator changes the words of the public pages."""

import pytest
from django.urls import reverse

from core.models import HistoryEntry, ProgrammeSettings, PublicText
from core.public_texts import KINDS, own_wording
from tests.forms_on_page import post_forms
from tests.naughty import naughty_strings

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def seen_at(page) -> str:
    return post_forms(page.content.decode())[-1].hidden["seen"]


def change(client, key="about", **typed):
    address = reverse("schools:change_text", args=[key])
    fields = {**own_wording(key)._asdict(), "seen": seen_at(client.get(address))}
    return client.post(address, fields | typed)


def words(response) -> str:
    return " ".join(response.content.decode().split())


class TestList:
    def test_says_which_are_ours_and_who_changed_the_others(self, admin, people):
        change(admin, title="Ours now")
        html = words(admin.get(reverse("schools:texts")))
        assert html.count("As it came") == len(KINDS) - 1
        assert f"Changed by {people.admin}, " in html

    @pytest.mark.parametrize("keys", [["about"], ["about", "privacy", "front"]])
    def test_asks_the_same_however_many_were_changed(self, admin, django_assert_num_queries, keys):
        for key in keys:
            change(admin, key, title="Ours now")
        with django_assert_num_queries(4):
            admin.get(reverse("schools:texts"))


class TestChange:
    def test_shows_at_once_on_the_page_and_stays_in_the_history(self, admin, people, client):
        before = client.get(reverse("about"))
        change(admin, title="About us", body="We are **{forum_short}**.")
        after = client.get(reverse("about"), headers={"if-none-match": before["ETag"]})
        assert '<h1 class="govuk-heading-l">About us</h1>' in words(after)
        assert "<p>We are <strong>PACC</strong>.</p>" in words(after)
        line = HistoryEntry.objects.get(kind="text.changed")
        assert line.summary == f"{people.admin} changed the text “What the programme is” of the public pages."
        assert line.details["title"]["after"] == "About us"

    @pytest.mark.parametrize(("key", "name"), [("front", "front"), ("not-listed", "schools:public_list")])
    def test_shows_where_a_part_stands(self, admin, people, client, key, name):
        client.get(reverse(name))
        change(admin, key, title="Something else")
        assert "Something else" in words(client.get(reverse(name)))

    def test_shows_on_the_page_of_a_school_and_where_there_is_none(self, admin, people, client):
        pages = [reverse("schools:public_school", args=[slug]) for slug in (people.school.slug, "never-was")]
        for page in pages:
            client.get(page)
        change(admin, "family", body="Family words")
        change(admin, "not-listed", body="Words for others")
        assert "Family words" in words(client.get(pages[0]))
        assert "Words for others" in words(client.get(pages[1]))

    @pytest.mark.parametrize(
        ("key", "told"),
        [
            ("about", "Saved: the text “What the programme is”. It shows on the page /about/."),
            (
                "family",
                "Saved: the text “What it means for families”. It shows here: on the page of each school.",
            ),
        ],
    )
    def test_lands_on_the_list_and_says_which_text_was_saved_and_where_it_shows(self, admin, key, told):
        answer = change(admin, key, title="Something else")
        assert answer["Location"] == reverse("schools:texts")
        assert told in words(admin.get(answer["Location"]))

    def test_of_nothing_stores_nothing(self, admin):
        assert change(admin).status_code == 302
        assert not PublicText.objects.exists()
        assert not HistoryEntry.objects.filter(kind="text.changed").exists()

    def test_takes_every_naughty_string_and_gives_it_back(self, admin, client):
        body = "\n\n".join(naughty_strings()).replace("{", "(").replace("](", "] (")
        assert change(admin, body=body).status_code == 302
        assert client.get(reverse("about")).status_code == 200
        assert PublicText.objects.get().body == body.replace("\r\n", "\n")

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            (
                {"body": "{forun} x"},
                "We do not know what to put in place of {forun}. There are: {programme}, ",
            ),
            ({"title": "{Forum}"}, "We do not know what to put in place of {Forum}."),
            ({"body": "[x](javascript:alert(1))"}, "The link to “javascript:alert(1)” leads nowhere."),
            (
                {"body": "[]()"},
                "A link has no words, so nobody would see it. Write some between its square brackets.",
            ),
            ({"body": "[ ](/about/)"}, "A link to “/about/” has no words, so nobody would see it."),
            (
                {"body": "[Ask us]()"},
                "The link “Ask us” has no address. Write one between its round brackets",
            ),
            ({"body": "   "}, "Enter text"),
            ({"title": ""}, "Enter heading"),
            ({"body": "x" * 20_001}, "Shorten “Text” to 20,000 characters or fewer. It has 20,001."),
        ],
    )
    def test_a_fault_is_said_and_what_was_typed_is_still_there(self, admin, typed, said):
        response = change(admin, **{"title": "Kept", **typed})
        assert response.status_code == 422
        assert said in words(response)
        assert not PublicText.objects.exists()
        assert typed.get("title", "Kept") in words(response)

    def test_of_two_the_second_sees_both_versions(self, admin):
        address = reverse("schools:change_text", args=["about"])
        seen = seen_at(admin.get(address))
        change(admin, title="By the other")
        mine = {**own_wording("about")._asdict(), "title": "By me", "seen": seen}
        response = admin.post(address, mine)
        assert response.status_code == 409
        assert "Saved: By the other" in words(response)
        assert "Yours: By me" in words(response)
        assert admin.post(address, mine | {"seen": seen_at(response)}).status_code == 302
        assert PublicText.objects.get().title == "By me"

    def test_who_changed_what_another_took_back_sees_ours(self, admin):
        change(admin, title="Mine")
        address = reverse("schools:change_text", args=["about"])
        seen = seen_at(admin.get(address))
        admin.post(reverse("schools:reset_text", args=["about"]))
        response = admin.post(address, {**own_wording("about")._asdict(), "title": "Mine 2", "seen": seen})
        assert response.status_code == 409
        assert not PublicText.objects.exists()

    def test_there_is_no_other_text(self, admin):
        assert admin.get(reverse("schools:change_text", args=["nothing"])).status_code == 404


class TestPreview:
    def test_shows_what_was_typed_and_saves_nothing(self, admin):
        address = reverse("schools:preview_text", args=["about"])
        typed = {"title": "Tried", "description": "D", "body": "## One\n\n<i>{county}</i>", "seen": "x"}
        response = admin.post(address, typed)
        assert response.status_code == 200
        html = words(response)
        assert '<p class="pins-preview__title">Tried</p>' in html
        assert '<h2 class="govuk-heading-m">One</h2> <p>&lt;i&gt;Shropshire&lt;/i&gt;</p>' in html
        form = post_forms(response.content.decode())[-1]
        assert form.hidden["seen"] == "x"
        assert f'action="{reverse("schools:change_text", args=["about"])}"' in html
        assert not PublicText.objects.exists()

    def test_is_a_button_beside_the_one_that_saves(self, admin):
        html = words(admin.get(reverse("schools:change_text", args=["about"])))
        assert f'formaction="{reverse("schools:preview_text", args=["about"])}"' in html


BLANK = "{phone} stands for nothing yet: the telephone number is not filled in."


class TestBlankName:
    """A name in the text for a setting that is empty is no fault, and is said."""

    def preview(self, client, body):
        typed = {"title": "T", "description": "D", "body": body, "seen": "x"}
        return client.post(reverse("schools:preview_text", args=["about"]), typed)

    def test_is_said_beside_the_preview(self, admin):
        response = self.preview(admin, "Call {phone} or {email}")
        assert response.status_code == 200
        assert BLANK in words(response)
        assert "{email} stands for nothing" not in words(response)

    def test_is_said_once_it_is_saved_and_whenever_it_is_opened(self, admin):
        answer = change(admin, body="Call {phone}")
        html = words(admin.get(answer["Location"]))
        assert "Saved: the text" in html
        assert BLANK in html
        assert BLANK in words(admin.get(reverse("schools:change_text", args=["about"])))

    def test_is_not_said_where_it_is_filled_in(self, admin):
        ProgrammeSettings.objects.update(contact_phone="01234 567890")
        assert "stands for nothing" not in words(self.preview(admin, "Call {phone}"))
        answer = change(admin, body="Call {phone}")
        assert "stands for nothing" not in words(admin.get(answer["Location"]))

    @pytest.mark.parametrize("key", KINDS)
    def test_stands_in_none_of_our_own_texts(self, admin, key):
        html = words(admin.get(reverse("schools:change_text", args=[key])))
        assert "stands for nothing" not in html


class TestReset:
    def test_asks_first_and_shows_what_is_given_up(self, admin):
        change(admin, title="Given up")
        assert "Given up" in words(admin.get(reverse("schools:reset_text", args=["about"])))
        assert PublicText.objects.exists()

    def test_goes_back_to_ours_and_keeps_the_other_in_the_history(self, admin, client):
        change(admin, title="Given up")
        admin.post(reverse("schools:reset_text", args=["about"]))
        assert "What PINS is" in words(client.get(reverse("about")))
        assert HistoryEntry.objects.get(kind="text.reset").details["title"] == "Given up"

    def test_of_what_is_ours_writes_nothing(self, admin):
        admin.post(reverse("schools:reset_text", args=["about"]))
        assert not HistoryEntry.objects.filter(kind="text.reset").exists()
