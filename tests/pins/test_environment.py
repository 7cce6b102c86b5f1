"""What is read from the environment is what somebody wrote there, or it is refused."""

import os
import subprocess
import sys

import pytest

from pins.environment import Environment, SettingError
from tests.house.project import ROOT


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("true", True),
        ("True", True),
        (" on ", True),
        ("yes", True),
        ("1", True),
        ("false", False),
        ("FALSE", False),
        ("off", False),
        ("no", False),
        ("0", False),
    ],
)
def test_a_switch_is_read_in_the_usual_words(monkeypatch, written: str, read: bool):
    monkeypatch.setenv("PINS_DEMO", written)
    assert Environment().bool("PINS_DEMO", default=not read) is read


@pytest.mark.parametrize("default", [True, False])
def test_a_switch_left_empty_is_one_left_out(monkeypatch, default: bool):
    monkeypatch.setenv("PINS_DEMO", "")
    assert Environment().bool("PINS_DEMO", default=default) is default
    monkeypatch.delenv("PINS_DEMO")
    assert Environment().bool("PINS_DEMO", default=default) is default


@pytest.mark.parametrize("written", ["maybe", "2", "ture", "-"])
def test_a_word_that_says_neither_is_refused(monkeypatch, written: str):
    monkeypatch.setenv("PINS_DEMO", written)
    with pytest.raises(SettingError) as refusal:
        Environment().bool("PINS_DEMO", default=False)
    assert str(refusal.value) == f"PINS_DEMO is set to “{written}”. Set it to true or false, or leave it out."


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_value_is_one_left_out_whatever_its_kind(monkeypatch, empty: str):
    monkeypatch.setenv("PINS_SETTING", empty)
    env = Environment()
    assert env("PINS_SETTING", default="pins") == "pins"
    assert env.list("PINS_SETTING", default=["localhost"]) == ["localhost"]
    assert env.whole("PINS_SETTING", default=1, least=0, most=10) == 1
    assert env.number("PINS_SETTING", default=6.0, least=1, most=10) == 6.0
    assert env.one_of("PINS_SETTING", ["INFO"], default="INFO") == "INFO"
    assert env.db("PINS_SETTING", default="sqlite:////pins.sqlite3")["NAME"] == "/pins.sqlite3"
    assert env.email("PINS_SETTING", default="dummymail://")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


@pytest.mark.parametrize("written", ["$ecret", "$HOME"])
def test_a_value_that_begins_with_a_dollar_is_that_value(monkeypatch, written: str):
    monkeypatch.setenv("SECRET_KEY", written)
    assert Environment()("SECRET_KEY", default="") == written


@pytest.mark.parametrize(
    "written", ["a.example,b.example", "a.example, b.example", " a.example ,, b.example, "]
)
def test_a_list_has_commas_and_blanks_as_people_set_them(monkeypatch, written: str):
    monkeypatch.setenv("ALLOWED_HOSTS", written)
    assert Environment().list("ALLOWED_HOSTS", default=[]) == ["a.example", "b.example"]


def test_a_list_of_nothing_but_commas_is_one_left_out(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " , ")
    assert Environment().list("ALLOWED_HOSTS", default=["localhost"]) == ["localhost"]


@pytest.mark.parametrize(("written", "read"), [("0", 0), (" 3 ", 3), ("10", 10)])
def test_a_whole_number_is_read(monkeypatch, written: str, read: int):
    monkeypatch.setenv("PINS_PROXY_COUNT", written)
    assert Environment().whole("PINS_PROXY_COUNT", default=1, least=0, most=10) == read


@pytest.mark.parametrize("written", ["two", "1.5", "-1", "11", "1,0"])
def test_what_is_no_such_whole_number_is_refused(monkeypatch, written: str):
    monkeypatch.setenv("PINS_PROXY_COUNT", written)
    with pytest.raises(SettingError) as refusal:
        Environment().whole("PINS_PROXY_COUNT", default=1, least=0, most=10)
    assert str(refusal.value) == (
        f"PINS_PROXY_COUNT is set to “{written}”. Set it to a whole number from 0 to 10, or leave it out."
    )


@pytest.mark.parametrize(("written", "read"), [("1", 1.0), (" 2.5 ", 2.5), ("86400", 86400.0)])
def test_a_number_is_read(monkeypatch, written: str, read: float):
    monkeypatch.setenv("PINS_SWEEP_SECONDS", written)
    assert Environment().number("PINS_SWEEP_SECONDS", default=60, least=1, most=86_400) == read


@pytest.mark.parametrize("written", ["a minute", "60s", "1,5", "0", "-60", "0.99", "86401", "nan", "inf"])
def test_what_is_no_such_number_is_refused(monkeypatch, written: str):
    monkeypatch.setenv("PINS_SWEEP_SECONDS", written)
    with pytest.raises(SettingError) as refusal:
        Environment().number("PINS_SWEEP_SECONDS", default=60, least=1, most=86_400)
    assert str(refusal.value) == (
        f"PINS_SWEEP_SECONDS is set to “{written}”. Set it to a number from 1 to 86400, or leave it out."
    )


@pytest.mark.parametrize("written", ["warning", "WARNING", " Warning "])
def test_a_word_of_a_few_is_read_in_any_case(monkeypatch, written: str):
    monkeypatch.setenv("LOG_LEVEL", written)
    assert Environment().one_of("LOG_LEVEL", ["INFO", "WARNING"], default="INFO") == "WARNING"


def test_a_word_that_is_none_of_them_is_refused(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(SettingError) as refusal:
        Environment().one_of("LOG_LEVEL", ["DEBUG", "INFO", "WARNING"], default="INFO")
    assert str(refusal.value) == (
        "LOG_LEVEL is set to “loud”. Set it to DEBUG, INFO or WARNING, or leave it out."
    )


@pytest.mark.parametrize(
    "name",
    [
        "DEBUG",
        "PINS_DEMO",
        "PINS_SSL_REDIRECT",
        "PINS_HSTS_INCLUDE_SUBDOMAINS",
        "PINS_HSTS_PRELOAD",
    ],
)
def test_no_command_starts_with_a_switch_that_says_neither(tmp_path, name: str):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "PINS_DATA_DIR": str(tmp_path), name: "maybe"},
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )
    said = f"{name} is set to “maybe”. Set it to true or false, or leave it out.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


@pytest.mark.parametrize("password", ["ab/cd+ef==", "ab?cd", "ab#cd/", "ab%cd"])
def test_a_database_address_that_cannot_be_read_is_refused_without_its_password(monkeypatch, password):
    monkeypatch.setenv("DATABASE_URL", f"postgres://pins:{password}@127.0.0.1:5432/pins")
    with pytest.raises(SettingError) as refusal:
        Environment().database("DATABASE_URL", default="")
    assert "letters and digits only" in str(refusal.value)
    assert password not in str(refusal.value)


def test_a_database_address_may_have_escaped_characters(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://pins:a%2Fb%25@127.0.0.1:5432/pins")
    assert Environment().database("DATABASE_URL", default="")["PASSWORD"] == "a/b%"
