"""What somebody sends after their session has ended is kept, and restored to the same person."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import TimestampSigner
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.test import Client
from django.urls import path, reverse

from accounts import held_posts
from accounts.demonstration import PASSWORD
from accounts.held_posts import KEPT_FIELD, PERSON_FIELD, PERSON_HEADER, SavedPart, person_token
from accounts.models import HeldPost
from accounts.tasks import forget_expired_held_posts
from pins.urls import urlpatterns as product
from tests.forms_on_page import post_forms

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

TAKER = "/a-form/?which=1"
TEXT = "Two lines,\r\nand a third: café & <b>“quotes”</b> +=%\r\n"
FIELDS = {"note": TEXT, "choice": ["b", "a", "b"], "blank": ""}

BY_HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/home/?a=1"}

taken: list[QueryDict] = []


def a_form(request):
    """A page that takes a POST: remembers what came, and answers as the field "answer" says."""
    taken.append(request.POST.copy())
    status = request.POST.get("answer")
    kind = SavedPart if request.POST.get("saved") else HttpResponse
    return kind("a part", status=int(status)) if status else HttpResponseRedirect("/home/")


urlpatterns = [*product, path("a-form/", a_form, name="a_form")]


@pytest.fixture(autouse=True)
def nothing_taken():
    taken.clear()


def send(person, fields=None, *, to=TAKER, client=None, **more) -> HttpResponse:
    data = {PERSON_FIELD: person_token(person), **(FIELDS if fields is None else fields)}
    return (client or Client()).post(to, data, **more)


def next_of(response) -> str:
    address = urlsplit(response.url)
    assert address.path == reverse("account_login")
    return parse_qs(address.query)["next"][0]


def send_on(client, held) -> HttpResponse:
    """Open the kept page and press its button, as a browser would."""
    page = client.get(held_posts.page_of(held)).content.decode()
    (form,) = [form for form in post_forms(page) if form.action != reverse("account_logout")]
    button = re.search(rf'<button[^>]*name="{KEPT_FIELD}" value="([^"]+)"', page)[1]
    return client.post(form.action, {**form.hidden, KEPT_FIELD: button})


class TestKeeping:
    def test_the_way_leads_through_the_sign_in_to_the_kept_page(self, people):
        response = send(people.head)
        held = HeldPost.objects.get()
        assert next_of(response) == reverse("held_post", args=[held.token])
        assert (held.user, held.path) == (people.head, TAKER)
        assert taken == []

    def test_the_sign_in_page_says_that_it_is_kept(self, people, client):
        page = client.get(send(people.head, client=client).url).content.decode()
        assert "What you sent is kept" in page

    def test_neither_tokens_nor_files_are_kept(self, people):
        file = SimpleUploadedFile("plan.pdf", b"%PDF-secret")
        send(people.head, {"note": "x", "csrfmiddlewaretoken": "y", "file": file})
        assert HeldPost.objects.get().body == {
            "form": "note=x",
            "files": ["plan.pdf"],
            "page": "",
            "words": "",
        }

    def test_htmx_is_led_by_the_whole_page(self, people):
        headers = {
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/home/",
            PERSON_HEADER: person_token(people.head),
        }
        response = Client().post(TAKER, {"note": "x"}, headers=headers)
        held = HeldPost.objects.get()
        assert response.status_code == 204
        assert str(held.token) in response["HX-Redirect"]
        assert held.body["page"] == "/home/"

    def test_a_field_that_only_belongs_to_something_about_passwords(self, people):
        send(people.head, {"shared-passwords-answer": "3"})
        assert HeldPost.objects.get().body["form"] == "shared-passwords-answer=3"

    def test_the_twenty_first_takes_the_place_of_the_oldest(self, people):
        for n in range(21):
            send(people.head, {"n": str(n)})
        kept = {held.body["form"] for held in HeldPost.objects.all()}
        assert kept == {f"n={n}" for n in range(1, 21)}

    def test_what_is_sent_with_a_session_just_arrives(self, people, sign_in):
        send(people.head, client=sign_in(people.head))
        assert len(taken) == 1
        assert not HeldPost.objects.exists()


class TestNeverKept:
    def nothing_kept(self) -> bool:
        return not HeldPost.objects.exists() and taken == []

    @pytest.mark.parametrize("token", ["", "1", "1:x:y", "é", "\x00", "1" * 10_000])
    def test_with_a_forged_token(self, token, people):
        Client().post(TAKER, {**FIELDS, PERSON_FIELD: token})
        assert self.nothing_kept()

    def test_with_a_token_signed_for_something_else(self, people):
        Client().post(TAKER, {PERSON_FIELD: TimestampSigner(salt="other").sign(str(people.head.pk))})
        assert self.nothing_kept()

    def test_from_a_page_older_than_a_week(self, people, clock):
        token = person_token(people.head)
        clock.shift(7 * 24 * 3600 + 1)
        Client().post(TAKER, {PERSON_FIELD: token})
        assert self.nothing_kept()

    def test_for_somebody_switched_off(self, people):
        people.head.is_active = False
        people.head.save()
        send(people.head)
        assert self.nothing_kept()

    def test_without_a_token_one_gets_back_to_the_page_before(self, people):
        response = Client().post(TAKER, FIELDS, headers={"referer": "http://testserver/home/?a=1"})
        assert next_of(response) == "/home/?a=1"
        assert self.nothing_kept()

    @pytest.mark.parametrize(
        "referer",
        ["https://evil.example/x", "//evil.example/x", "javascript:x", "http://testserver//evil.example"],
    )
    def test_the_page_before_is_one_of_ours(self, referer, people):
        assert next_of(Client().post(TAKER, FIELDS, headers={"referer": referer})) == reverse("home")

    def test_when_it_is_too_long(self, people):
        send(people.head, {"note": "x" * 100_001})
        assert self.nothing_kept()

    def test_when_its_address_is_too_long(self, people):
        send(people.head, to="/a-form/?" + "x" * 500)
        assert self.nothing_kept()

    def test_a_password(self, people):
        send(people.head, {"oldpassword": PASSWORD, "password1": "x"}, to=reverse("account_change_password"))
        send(people.head, {"new_password": "x"})
        send(people.head, {"sign-in-password": "x"})
        assert self.nothing_kept()

    def test_a_sign_in(self, people):
        send(people.head, {"login": "x"}, to=reverse("account_login"))
        assert self.nothing_kept()

    def test_what_goes_to_the_admin_or_nowhere(self, people):
        send(people.head, to="/django-admin/accounts/user/add/")
        assert send(people.head, to="/nowhere/").status_code == 404
        assert self.nothing_kept()

    def test_what_came_from_another_site(self, people):
        client = Client(enforce_csrf_checks=True)
        response = send(people.head, client=client, headers={"origin": "https://evil.example"})
        assert response.status_code == 403
        assert self.nothing_kept()


class TestSendingOn:
    def test_everything_arrives_as_it_was_sent(self, people, sign_in):
        send(people.head)
        response = send_on(sign_in(people.head), HeldPost.objects.get())
        assert response.url == "/home/"
        assert [dict(post.lists()) for post in taken] == [
            {"note": [TEXT], "choice": ["b", "a", "b"], "blank": [""]}
        ]

    def test_nul_and_half_characters_arrive_too(self, people, sign_in):
        body = f"{PERSON_FIELD}={person_token(people.head)}&note=a%00b%ff%f0%9f%99%82"
        Client().post(TAKER, body, content_type="application/x-www-form-urlencoded")
        send_on(sign_in(people.head), HeldPost.objects.get())
        assert taken[0]["note"] == "a\x00b\ufffd🙂"

    def test_it_is_erased_then(self, people, sign_in):
        send(people.head)
        send_on(sign_in(people.head), HeldPost.objects.get())
        assert not HeldPost.objects.exists()

    def test_it_arrives_once(self, people, sign_in):
        send(people.head)
        held, client = HeldPost.objects.get(), sign_in(people.head)
        send_on(client, held)
        again = client.post(TAKER, {KEPT_FIELD: str(held.token)})
        assert again.status_code == 404
        assert "This is not kept for you" in again.content.decode()
        assert len(taken) == 1

    @pytest.mark.parametrize("status", [422, 409, 500])
    def test_what_a_page_does_not_take_stays_for_another_try(self, people, sign_in, status):
        send(people.head, {"answer": str(status)})
        client = sign_in(people.head)
        assert send_on(client, HeldPost.objects.get()).status_code == status
        assert HeldPost.objects.exists()

    def test_a_part_that_is_saved_leads_back_to_its_page_and_says_so(self, people, sign_in):
        send(people.head, {"answer": "200", "saved": "yes"}, headers=BY_HTMX)
        client = sign_in(people.head)
        response = send_on(client, HeldPost.objects.get())
        assert (response.status_code, response.url) == (302, "/home/?a=1")
        assert "What you sent is saved." in client.get(response.url).content.decode()
        assert not HeldPost.objects.exists()

    def test_a_part_that_is_not_saved_is_set_into_a_page_and_stays_kept(self, people, sign_in):
        send(people.head, {"answer": "200"}, headers=BY_HTMX)
        held, client = HeldPost.objects.get(), sign_in(people.head)
        page = send_on(client, held).content.decode()
        assert "What you sent is not saved yet</h1>" in page
        assert "a part" in page
        assert 'href="/home/?a=1"' in page
        assert f'href="{held_posts.page_of(held)}"' in page
        assert send_on(client, held).status_code == 200
        assert len(taken) == 2

    def test_the_button_holds_under_the_csrf_check(self, people):
        send(people.head)
        client = Client(enforce_csrf_checks=True)
        client.force_login(people.head)
        assert send_on(client, HeldPost.objects.get()).status_code == 302
        assert client.post(TAKER, {KEPT_FIELD: "x"}).status_code == 403

    def test_it_goes_nowhere_but_where_it_was_sent(self, people, sign_in):
        send(people.head, to="/a-form/?which=2")
        response = sign_in(people.head).post(TAKER, {KEPT_FIELD: str(HeldPost.objects.get().token)})
        assert response.status_code == 404
        assert taken == []

    @pytest.mark.parametrize("number", ["x", "", "00000000-0000-0000-0000-000000000000"])
    def test_an_unknown_number_reaches_no_page(self, people, sign_in, number):
        assert sign_in(people.head).post(TAKER, {KEPT_FIELD: number}).status_code == 404
        assert taken == []

    def test_when_the_session_ends_once_more_one_comes_back_to_the_kept_page(self, people):
        send(people.head)
        token = str(HeldPost.objects.get().token)
        assert next_of(Client().post(TAKER, {KEPT_FIELD: token})) == reverse("held_post", args=[token])


class TestTheKeptPage:
    def test_it_says_when_and_until_when(self, people, sign_in, clock):
        send(people.head)
        page = sign_in(people.head).get(held_posts.page_of(HeldPost.objects.get())).content.decode()
        assert "What you sent at 2:02pm was kept, because your session had ended." in page
        assert "erased at 2:32pm" in page

    def test_its_button_says_what_it_does(self, people, sign_in):
        send(people.head, {"held_as": "Submit the self-audit of St Mary’s & All Saints"})
        held = HeldPost.objects.get()
        page = sign_in(people.head).get(held_posts.page_of(held)).content.decode()
        assert ">Submit the self-audit of St Mary’s &amp; All Saints</button>" in page
        assert held.body["form"] == ""

    def test_a_part_of_a_page_says_it_in_a_header(self, people):
        headers = {
            **BY_HTMX,
            PERSON_HEADER: person_token(people.head),
            "X-Held-As": "Save%20%E2%80%9CA%E2%80%9D%00",
        }
        Client().post(TAKER, {"note": "x"}, headers=headers)
        assert HeldPost.objects.get().body["words"] == "Save “A”"

    def test_it_shows_the_words_and_names_the_files(self, people, sign_in):
        send(people.head, {"note": "My own <words>", "file": SimpleUploadedFile("plan.pdf", b"x")})
        page = sign_in(people.head).get(held_posts.page_of(HeldPost.objects.get())).content.decode()
        assert "My own &lt;words&gt;" in page
        assert "choose again: plan.pdf" in page

    def test_nobody_else_sees_it_or_sends_it_on(self, people, sign_in):
        send(people.head)
        held = HeldPost.objects.get()
        for other in (people.colleague, people.admin):
            client = sign_in(other)
            refusal = client.get(held_posts.page_of(held))
            assert refusal.status_code == 404
            assert "then it waits for them" in refusal.content.decode()
            assert client.post(TAKER, {KEPT_FIELD: str(held.token)}).status_code == 404
        assert taken == []

    def test_after_half_an_hour_it_is_gone_even_before_it_is_erased(self, people, sign_in, clock):
        send(people.head)
        held = HeldPost.objects.get()
        clock.shift(30 * 60)
        client = sign_in(people.head)
        assert client.get(held_posts.page_of(held)).status_code == 404
        assert client.post(TAKER, {KEPT_FIELD: str(held.token)}).status_code == 404

    def test_the_task_erases_what_is_too_old_and_nothing_else(self, people, clock):
        send(people.head, {"n": "old"})
        clock.shift(29 * 60)
        send(people.head, {"n": "new"})
        clock.shift(60)
        forget_expired_held_posts()
        assert [held.body["form"] for held in HeldPost.objects.all()] == ["n=new"]


class TestAStalePage:
    """The session goes on, or began anew elsewhere, but the page's CSRF token has had its day."""

    def test_it_is_kept_and_one_is_led_to_the_kept_page_at_once(self, people):
        client = Client(enforce_csrf_checks=True)
        client.force_login(people.head)
        response = send(people.head, client=client)
        assert response.url == held_posts.page_of(HeldPost.objects.get())

    def test_not_for_somebody_else(self, people):
        client = Client(enforce_csrf_checks=True)
        client.force_login(people.colleague)
        assert send(people.head, client=client).status_code == 403
        assert not HeldPost.objects.exists()

    def test_with_all_cookies_gone_the_way_leads_through_the_sign_in(self, people):
        response = send(people.head, client=Client(enforce_csrf_checks=True))
        assert next_of(response) == held_posts.page_of(HeldPost.objects.get())


def test_a_page_in_parts_leads_htmx_to_the_sign_in_as_a_whole():
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/audits/1/"}
    response = Client().get("/home/", headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?next=%2Faudits%2F1%2F")


@pytest.mark.parametrize("address", ["http://[", "https://[::1/home/", "//[x/"])
@pytest.mark.parametrize("header", ["HX-Current-URL", "Referer"])
def test_an_address_that_is_none_leads_home(header, address):
    response = Client().get("/home/", headers={"HX-Request": "true", header: address})
    assert (response.status_code, response["HX-Redirect"]) == (204, "/accounts/login/?next=%2Fhome%2F")
