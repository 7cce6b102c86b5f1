"""`check --deploy` refuses what is meant for trying out."""

import pytest
from django.core.checks import run_checks

from accounts.models import User
from pins.checks import prefer_servers

pytestmark = pytest.mark.django_db

PRODUCTION = {
    "DEBUG": False,
    "DEMO": False,
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "SITE_URL": "https://pins.example.org",
    "ALLOWED_HOSTS": ["pins.example.org"],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "REDIS_URL": "redis://redis:6379/0",
    "SECURE_HSTS_PRELOAD": False,
}
POSTGRESQL, SQLITE = "django.db.backends.postgresql", "django.db.backends.sqlite3"


@pytest.fixture
def found(settings, monkeypatch):
    """Ids of our own checks that complain, in a production where these settings differ."""

    def complaints(engine: str = POSTGRESQL, **different: object) -> list[str]:
        monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", engine)
        for name, value in {**PRODUCTION, **different}.items():
            setattr(settings, name, value)
        messages = run_checks(tags=["security", "database"], include_deployment_checks=True)
        return [message.id for message in messages if message.id.startswith("pins.")]

    return complaints


def test_a_production_has_nothing_to_mend(found):
    assert found() == []


@pytest.mark.parametrize(
    ("different", "ids"),
    [
        ({"DEMO": True}, ["pins.E001"]),
        ({"SECRET_KEY": "insecure-embedded-" + "k" * 50}, ["pins.E002"]),
        ({"SITE_URL": "http://pins.example.org"}, ["pins.E003"]),
        ({"ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"]}, ["pins.E004"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["pins.E004"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, ["pins.E005"]),
        ({"engine": SQLITE}, ["pins.W001"]),
        ({"REDIS_URL": ""}, ["pins.W002"]),
        ({"SECURE_HSTS_PRELOAD": True, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True}, []),
        ({"SECURE_HSTS_PRELOAD": True, "SECURE_HSTS_INCLUDE_SUBDOMAINS": False}, ["pins.W003"]),
    ],
)
def test_a_setting_for_trying_out_is_named(found, different: dict[str, object], ids: list[str]):
    assert found(**different) == ids


def test_every_hint_speaks_of_what_a_setting_can_do(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", SQLITE)
    settings.REDIS_URL = ""
    hints = [message.hint for message in prefer_servers(None)]
    assert hints == [
        "Set DATABASE_URL to a PostgreSQL database. On one machine with a few schools it may stay so.",
        "Set REDIS_URL. On one machine with a few schools it may stay so.",
    ]


@pytest.mark.parametrize(("demo", "ids"), [(False, ["pins.W004"]), (True, ["pins.E001"])])
def test_people_left_over_from_the_demonstration_are_named(found, demo: bool, ids: list[str]):
    User.objects.create_user("head@pins.example", "pins-demo")
    assert found(DEMO=demo) == ids
