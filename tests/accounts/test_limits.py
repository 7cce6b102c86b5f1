"""Too many tries: counted over all processes, and the page says how long to wait."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.limits import wait_in_words
from tests.house.project import ROOT

LOGIN = reverse("account_login")


def try_to(client: Client, email: str, password: str, **more: str) -> str:
    response = client.post(LOGIN, {"login": email, "password": password}, **more)
    return "in" if response.status_code == 302 else response.content.decode()


@pytest.mark.django_db
class TestWrongPasswords:
    def test_after_five_the_right_one_must_wait_too(self, client, people):
        for _ in range(5):
            assert "password is wrong" in try_to(client, people.head.email, "wrong")
        page = try_to(client, people.head.email, "pins-demo")
        assert "That was too many tries. Wait 5 minutes, then try again" in page

    def test_the_wait_grows_shorter(self, client, people, clock):
        for _ in range(5):
            try_to(client, people.head.email, "wrong")
        clock.shift(3 * 60 + 30)
        assert "Wait 2 minutes" in try_to(client, people.head.email, "pins-demo")

    def test_and_ends(self, client, people, clock):
        for _ in range(5):
            try_to(client, people.head.email, "wrong")
        clock.shift(5 * 60 + 1)
        assert try_to(client, people.head.email, "pins-demo") == "in"

    def test_capitals_and_another_of_our_names_are_no_way_round(self, people, settings):
        settings.ALLOWED_HOSTS = ["testserver", "localhost"]
        for email, host in (("head@school.example", "localhost"), ("HEAD@school.example", "testserver")) * 3:
            page = try_to(Client(), email, "wrong", headers={"host": host})
        assert "too many tries" in page

    def test_an_unknown_address_is_limited_alike(self, client, people):
        for _ in range(5):
            try_to(client, "nobody@school.example", "wrong")
        assert "too many tries" in try_to(client, "nobody@school.example", "wrong")

    def test_others_behind_the_same_address_sign_in(self, client, people):
        for _ in range(6):
            try_to(client, people.head.email, "wrong")
        assert try_to(client, people.colleague.email, "pins-demo") == "in"

    def test_right_ones_do_not_count(self, people):
        assert {try_to(Client(), people.head.email, "pins-demo") for _ in range(8)} == {"in"}

    def test_a_code_still_opens_the_door(self, client, people):
        for _ in range(6):
            try_to(client, people.head.email, "wrong")
        response = client.post(reverse("account_request_login_code"), {"email": people.head.email})
        assert response.url == reverse("account_confirm_login_code")


@pytest.mark.django_db
def test_too_many_codes_for_one_address_have_to_wait(client, people):
    ask = reverse("account_request_login_code")
    for _ in range(3):
        assert Client().post(ask, {"email": people.head.email}).status_code == 302
    page = Client().post(ask, {"email": people.head.email}).content.decode()
    assert "Wait 1 minute, then ask again." in page


@pytest.mark.django_db
def test_a_flood_from_one_address_gets_a_page_in_our_words(client, people):
    reset = reverse("account_reset_password")
    for _ in range(5):
        client.post(reset, {"email": "a@school.example"})
    response = client.post(reset, {"email": "a@school.example"})
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "Wait 1 minute" in response.content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 minute"),
        (1, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (5_400, "90 minutes"),
        (5_401, "2 hours"),
    ],
)
def test_a_wait_is_rounded_up(seconds, words):
    assert wait_in_words(seconds) == words


COUNT = """
import django; django.setup()
from django.test import RequestFactory
from allauth.core.internal import ratelimit
request = RequestFactory().post("/")
print(sum(bool(ratelimit.consume(request, app="x", action="a", config={"a": "25/5m/key"}, key="k")) for _ in range(20)))
"""


def test_four_processes_together_get_no_try_more_than_the_limit(settings, tmp_path):
    """Four times twenty tries at once, of which twenty-five are allowed."""
    import os

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "pins.settings", "PINS_DATA_DIR": str(tmp_path)}

    def run(_):
        command = [sys.executable, "-c", COUNT]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return int(done.stdout)

    with ThreadPoolExecutor(4) as four:
        assert sum(four.map(run, range(4))) <= 25


class TestTheSharedCache:
    def test_of_many_who_add_at_once_one_does(self):
        start = Barrier(8)

        def winners(_: int) -> int:
            start.wait()
            return sum(cache.add(f"lock-{n}", 1, 10) for n in range(50))

        with ThreadPoolExecutor(8) as eight:
            assert sum(eight.map(winners, range(8))) == 50

    def test_add_stores_once(self):
        assert cache.add("lock", 1, 10)
        assert not cache.add("lock", 2, 10)
        assert cache.get("lock") == 1

    @pytest.mark.skipif(bool(settings.REDIS_URL), reason="the clock of the test does not move Redis")
    def test_add_stores_again_once_it_has_expired(self, clock):
        cache.add("lock", 1, 10)
        clock.shift(11)
        assert cache.add("lock", 2, 10)
        assert cache.get("lock") == 2
