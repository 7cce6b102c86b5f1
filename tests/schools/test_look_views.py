"""An administrator changes colours and logo, and every page follows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.colours import OWN_MAIN, OWN_VOICE
from core.models import HistoryEntry, Logo, ProgrammeSettings
from tests.factories.logos import noise, png
from tests.forms_on_page import post_forms

pytestmark = pytest.mark.django_db
OWN = {"main_colour": OWN_MAIN, "voice_colour": OWN_VOICE}


@pytest.fixture
def admin(people, sign_in):
    return sign_in(people.admin)


def colours(client, name="change_look", **typed):
    page = client.get(reverse("schools:change_look")).content.decode()
    seen = post_forms(page)[-1].hidden["seen"]
    return client.post(reverse(f"schools:{name}"), {**OWN, "seen": seen, **typed})


def send(client, content: bytes, name="logo.png"):
    file = SimpleUploadedFile(name, content, "image/png")
    return client.post(reverse("schools:change_logo"), {"logo": file})


class TestColours:
    def test_change_every_page_at_once(self, admin, client):
        before = client.get(reverse("front"))
        assert "/look/" not in before.content.decode()
        assert colours(admin, main_colour="#204080").status_code == 302
        after = client.get(reverse("front"), headers={"if-none-match": before["ETag"]}).content.decode()
        look = ProgrammeSettings.load().look
        assert f'href="/look/{look.digest}.css"' in after
        assert '<meta name="theme-color" content="#204080">' in after
        assert f"/look/{look.digest}.css" in client.get("/no/such/page/").content.decode()
        assert HistoryEntry.objects.filter(kind="look.changed").count() == 1

    def test_lead_back_to_where_they_stand_and_say_that_they_are_saved(self, admin):
        answer = colours(admin, main_colour="#204080")
        assert answer["Location"] == f"{reverse('schools:programme')}#look"
        html = admin.get(reverse("schools:programme")).content.decode()
        assert 'id="look"' in html
        assert "Colours saved. Every page shows them from now on." in html
        assert "Saved:" not in html

    def test_are_a_stylesheet_that_browsers_keep_for_good(self, admin, client):
        colours(admin, main_colour="#204080")
        sheet = client.get(reverse("look_css", args=[ProgrammeSettings.load().look.digest]))
        assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
        assert sheet["Content-Type"] == "text/css; charset=utf-8"
        assert "--teal:#204080" in sheet.content.decode()
        assert client.get(reverse("look_css", args=["another"])).status_code == 404

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("#ffcc00", "#ffcc00 is too light: with the green of what is done its contrast is 1.3 to 1"),
            ("green", "Write the colour as # and six digits or letters from a to f, like #0f5c63."),
            ("", "Enter main colour"),
            ("#0f5c633", "Shorten “Main colour” to 7 characters or fewer. It has 8."),
        ],
    )
    @pytest.mark.parametrize("name", ["change_look", "preview_look"])
    def test_that_cannot_be_read_are_refused_with_a_way_to_mend_it(self, admin, name, typed, said):
        response = colours(admin, name, main_colour=typed)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert ProgrammeSettings.load().main_colour == OWN_MAIN

    def test_are_shown_first_without_saving(self, admin):
        response = colours(admin, "preview_look", voice_colour="#204080")
        assert response.status_code == 200
        html = response.content.decode()
        assert "Not saved yet" in html
        assert 'fill="#204080"' in html
        assert ProgrammeSettings.load().voice_colour == OWN_VOICE

    def test_of_two_administrators_the_second_sees_both(self, admin):
        page = admin.get(reverse("schools:change_look")).content.decode()
        ProgrammeSettings.objects.update(main_colour="#204080")
        data = {**OWN, "main_colour": "#400000", "seen": post_forms(page)[-1].hidden["seen"]}
        response = admin.post(reverse("schools:change_look"), data)
        assert response.status_code == 409
        assert "Saved: #204080" in response.content.decode()


class TestLogo:
    def test_stands_on_every_page_with_the_forums_name(self, admin, client):
        assert send(admin, png(40, 20)).status_code == 302
        logo = Logo.objects.get()
        html = client.get(reverse("front")).content.decode()
        image = (
            f'src="/look/{logo.digest}.png" alt="Parent and Carer Council Shropshire" width="40" height="20"'
        )
        assert image in html
        assert image in admin.get(reverse("home")).content.decode()

    def test_is_a_file_that_browsers_keep_for_good(self, admin, client):
        send(admin, png(40, 20))
        answer = client.get(reverse("look_logo", args=[Logo.objects.get().digest]))
        assert (answer["Content-Type"], answer["Cache-Control"]) == (
            "image/png",
            "public, max-age=31536000, immutable",
        )
        assert answer.content.startswith(b"\x89PNG")
        assert client.get(reverse("look_logo", args=["another"])).status_code == 404

    @pytest.mark.parametrize(
        ("content", "name", "said"),
        [
            (b"<svg/>", "a.svg", "This is not a picture that we can use."),
            (b"", "a.png", "The file is empty. Choose another."),
            (noise(60, 60)[:900], "a.png", "The picture is damaged or cut off."),
            (b"x" * 1_000_001, "a.png", "The file is larger than 1 MB."),
            (b"x" * 3_000_000, "a.png", "The file is larger than 1 MB."),
        ],
        ids=["svg", "empty", "cut off", "too large", "far too large"],
    )
    def test_that_cannot_be_used_is_refused_in_words(self, admin, content, name, said):
        response = send(admin, content, name)
        assert response.status_code == 422
        assert said in response.content.decode()
        assert not Logo.objects.exists()

    def test_goes_after_a_question(self, admin, client):
        send(admin, png())
        assert "Remove the logo?" in admin.get(reverse("schools:remove_logo")).content.decode()
        assert Logo.objects.exists()
        admin.post(reverse("schools:remove_logo"))
        assert "img/logo" in client.get(reverse("front")).content.decode()
