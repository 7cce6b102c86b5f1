"""What the settings promise beyond what other tests show."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.project import ROOT

SENTRY = """
import json, django, sentry_sdk
django.setup()
options = sentry_sdk.get_client().options
print(json.dumps([options[name] for name in ("send_default_pii", "include_local_variables", "max_request_body_size")]))
"""


HSTS = """
import django
from django.test import Client
django.setup()
answer = Client().get("/healthz", secure=True, headers={"host": "pins.example.org"})
print(answer.headers.get("Strict-Transport-Security"))
"""


CACHE_KEY = """
import django
from django.core.cache import cache
django.setup()
print(cache.make_key("tries"))
"""


LEFT_OUT = """
import json, django
from django.conf import settings
django.setup()
names = ("INSTALLATION", "SITE_URL", "ALLOWED_HOSTS", "REDIS_URL", "ALLAUTH_TRUSTED_PROXY_COUNT", "SECURE_HSTS_SECONDS",
    "SWEEP_SECONDS", "JOB_LEASE_SECONDS", "DEFAULT_FROM_EMAIL", "EMAIL_BACKEND")
print(json.dumps([
    str(settings.DATABASES["default"]["NAME"]), str(settings.STATIC_ROOT), settings.LOGGING["root"]["level"],
    *(getattr(settings, name) for name in names),
]))
"""


def said_by(program: str, folder: Path, **given: str) -> str:
    """The last line of a program that runs with these settings, in a process and a data folder of its own."""
    environment = {
        **os.environ,
        "PINS_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "pins.settings",
        **given,
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=60,
        capture_output=True,
    )
    return done.stdout.decode().splitlines()[-1]


def test_an_error_report_holds_neither_what_people_send_nor_what_functions_hold(tmp_path):
    said = said_by(SENTRY, tmp_path, SENTRY_DSN="http://key@127.0.0.1:9/1")
    assert json.loads(said) == [False, False, "never"]


@pytest.mark.parametrize(
    ("site", "given", "header"),
    [
        ("https://pins.example.org", {}, "max-age=31536000"),
        ("https://pins.example.org", {"PINS_HSTS_SECONDS": "300"}, "max-age=300"),
        (
            "https://pins.example.org",
            {"PINS_HSTS_INCLUDE_SUBDOMAINS": "true", "PINS_HSTS_PRELOAD": "true"},
            "max-age=31536000; includeSubDomains; preload",
        ),
        ("http://pins.example.org", {"PINS_HSTS_INCLUDE_SUBDOMAINS": "true"}, "None"),
    ],
)
def test_https_is_asked_of_this_name_alone_unless_somebody_says_more(tmp_path, site, given, header):
    settings_given = {"PINS_SITE_URL": site, "ALLOWED_HOSTS": "pins.example.org", **given}
    assert said_by(HSTS, tmp_path, **settings_given) == header


def test_installations_that_share_one_redis_do_not_count_each_others_sign_ins(tmp_path):
    keys = [
        said_by(CACHE_KEY, tmp_path, REDIS_URL="redis://127.0.0.1:9/0", PINS_QUEUE=name)
        for name in ("pins", "rehearsal")
    ]
    assert keys == ["pins:1:tries", "rehearsal:1:tries"]


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_what_beat_asks_for_is_dropped_once_it_asks_again(name):
    entry = settings.CELERY_BEAT_SCHEDULE[name]
    assert entry["options"] == {"expires": entry["schedule"]}


def test_a_setting_left_empty_is_one_left_out(tmp_path):
    names = (ROOT / ".env.example").read_text().splitlines()
    empty = {name.partition("=")[0].strip("# "): "" for name in names if "=" in name}
    assert json.loads(said_by(LEFT_OUT, tmp_path, **{**empty, "PINS_DATA_DIR": str(tmp_path)})) == [
        str(tmp_path / "pins.sqlite3"),
        str(tmp_path / "static"),
        "INFO",
        "pins",
        "http://127.0.0.1:8000",
        ["127.0.0.1", "localhost", "[::1]"],
        "",
        0,
        0,
        60.0,
        60.0,
        "PINS Hub <no-reply@pins.example>",
        "django.core.mail.backends.dummy.EmailBackend",
    ]


@pytest.mark.parametrize(
    ("name", "written", "allowed"),
    [
        ("PINS_PROXY_COUNT", "one", "a whole number from 0 to 10"),
        ("PINS_HSTS_SECONDS", "-1", "a whole number from 0 to 315360000"),
        ("PINS_SWEEP_SECONDS", "0", "a number from 1 to 86400"),
        ("PINS_JOB_LEASE_SECONDS", "-60", "a number from 1 to 86400"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING, ERROR or CRITICAL"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_in_words(tmp_path, name: str, written: str, allowed: str):
    given = {"PINS_DATA_DIR": str(tmp_path), "PINS_SITE_URL": "https://pins.example.org", name: written}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, **given},
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )
    said = f"{name} is set to “{written}”. Set it to {allowed}, or leave it out.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_a_relative_data_folder_is_the_same_from_wherever_a_command_is_typed(tmp_path):
    program = "from django.conf import settings; print(settings.DATA_DIR)"
    said = {
        said_by(program, Path("a/b"), SECRET_KEY="x" * 60),
        said_by(program, Path("a/b"), SECRET_KEY="x" * 60),
    }
    assert said == {str(ROOT / "a" / "b")}
