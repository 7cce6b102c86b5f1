"""`bin/run` in its parts: what it prints, refuses and remembers."""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.demonstration import PEOPLE
from pins import serve
from pins.data_folder import DataFolder
from pins.demo import people


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def embedded(monkeypatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_a_taken_port_is_refused_and_another_is_proposed(taken_port: int):
    with pytest.raises(serve.CannotRunError, match=f"bin/run --port {taken_port + 1}"):
        serve.refuse_taken_port(taken_port)


def test_a_free_port_is_accepted(taken_port: int):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert free != taken_port
    serve.refuse_taken_port(free)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "web", ""])
def test_what_is_not_a_port_is_refused_in_plain_words(text: str):
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 to 65535"):
        serve.port_number(text)


def test_the_port_is_8000_unless_said_otherwise():
    assert serve.arguments([]).port == 8000
    assert serve.arguments(["--port", "8123"]).port == 8123


@pytest.mark.usefixtures("embedded")
def test_an_empty_folder_wants_the_demonstration(tmp_path: Path):
    folder = DataFolder(tmp_path / "data")
    serve.open_folder(folder, fresh=False)
    assert folder.stamp_matches("demonstration", "wanted")


@pytest.mark.usefixtures("embedded")
def test_a_folder_that_holds_something_does_not_want_the_demonstration(tmp_path: Path):
    (tmp_path / "pins.sqlite3").write_text("rows")
    folder = DataFolder(tmp_path)
    serve.open_folder(folder, fresh=False)
    assert not folder.stamp_matches("demonstration", "wanted")


@pytest.mark.usefixtures("embedded")
def test_an_interrupted_first_start_still_wants_the_demonstration(tmp_path: Path):
    folder = DataFolder(tmp_path / "data")
    serve.open_folder(folder, fresh=False)
    (folder.path / "pins.sqlite3").write_text("rows")
    serve.open_folder(folder, fresh=False)
    assert folder.stamp_matches("demonstration", "wanted")


@pytest.mark.usefixtures("embedded")
def test_fresh_empties_the_folder_and_wants_the_demonstration_again(tmp_path: Path):
    folder = DataFolder(tmp_path / "data")
    serve.open_folder(folder, fresh=False)
    folder.write_stamp("demonstration", "loaded")
    (folder.path / "pins.sqlite3").write_text("rows")
    serve.open_folder(folder, fresh=True)
    assert not (folder.path / "pins.sqlite3").exists()
    assert folder.stamp_matches("demonstration", "wanted")


def test_fresh_is_refused_when_the_database_is_elsewhere(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://localhost/pins")
    with pytest.raises(serve.CannotRunError, match="names another place"):
        serve.open_folder(DataFolder(tmp_path), fresh=True)


def test_a_fingerprint_changes_with_a_file_and_with_a_new_one(tmp_path: Path):
    first = tmp_path / "0001_initial.py"
    first.write_text("one")
    before = serve.fingerprint(tmp_path.glob("*.py"))
    assert serve.fingerprint(tmp_path.glob("*.py")) == before
    first.write_text("another")
    changed = serve.fingerprint(tmp_path.glob("*.py"))
    (tmp_path / "0002_next.py").write_text("two")
    assert len({before, changed, serve.fingerprint(tmp_path.glob("*.py"))}) == 3


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.prepare()
    return made


def test_the_greeting_names_the_address_and_every_person_with_the_password(folder: DataFolder, monkeypatch):
    monkeypatch.setenv("PINS_DEMO", "true")
    folder.write_stamp("demonstration", "loaded")
    text = serve.greeting(folder, 8123)
    assert "http://localhost:8123/" in text
    assert "pins-demo" in text
    assert [person.email for person in PEOPLE if person.email not in text] == []


def test_the_greeting_names_nobody_who_was_left_out(folder: DataFolder, monkeypatch):
    monkeypatch.setenv("PINS_DEMO", "true")
    text = serve.greeting(folder, 8123)
    assert "pins-demo" not in text
    assert "name a new folder in PINS_DATA_DIR" in text


def test_the_greeting_of_what_is_no_demonstration_names_no_people(folder: DataFolder, monkeypatch):
    monkeypatch.setenv("PINS_DEMO", "false")
    text = serve.greeting(folder, 8123)
    assert "http://localhost:8123/" in text
    assert "pins-demo" not in text


def test_the_sign_ins_are_those_of_the_demonstration():
    assert {person.email for person in PEOPLE} == {person.email for person in people.PEOPLE}


@pytest.mark.usefixtures("embedded")
def test_what_an_earlier_start_said_stays_in_the_log_of_the_set_up(tmp_path: Path):
    folder = DataFolder(tmp_path / "data")
    serve.open_folder(folder, fresh=False)
    with folder.log("set-up").open("a") as log:
        log.write("No such table\n")
    serve.open_folder(folder, fresh=False)
    said = [line.split()[0] for line in folder.log("set-up").read_text().splitlines()]
    assert said == ["Started", "No", "Started"]


@pytest.mark.parametrize(("database", "demonstration"), [("", True), ("postgres://localhost/pins", False)])
def test_a_database_elsewhere_is_no_demonstration_unless_said_so(
    monkeypatch, database: str, demonstration: bool
):
    monkeypatch.setattr("os.environ", {"DATABASE_URL": database})
    monkeypatch.setattr("environ.Env.ENVIRON", os.environ)
    monkeypatch.setattr("environ.Env.read_env", lambda _: None)
    serve.prepare_environment(8123)
    assert serve.is_demonstration() is demonstration


def test_what_is_left_empty_is_what_bin_run_sets_itself(monkeypatch):
    monkeypatch.setattr("os.environ", {"DATABASE_URL": " ", "PINS_DEMO": "", "PINS_SITE_URL": ""})
    monkeypatch.setattr("environ.Env.ENVIRON", os.environ)
    monkeypatch.setattr("environ.Env.read_env", lambda _: None)
    serve.prepare_environment(8123)
    assert serve.is_demonstration()
    assert os.environ["PINS_SITE_URL"] == "http://localhost:8123"


def said_by_run(port: int, **given: str) -> tuple[int, str]:
    """How `bin/run` ends, and what it says; on a port that is taken, so that it can never really start."""
    done = subprocess.run(
        [sys.executable, "-m", "pins.serve", "--port", str(port)],
        cwd=serve.ROOT,
        env={**os.environ, **given},
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_switch_that_says_neither_is_refused_before_anything_is_made(tmp_path: Path, taken_port: int):
    folder = tmp_path / "data"
    assert said_by_run(taken_port, PINS_DEMO="maybe", PINS_DATA_DIR=str(folder)) == (
        1,
        "\nPINS_DEMO is set to “maybe”. Set it to true or false, or leave it out.\n",
    )
    assert not folder.exists()


def test_nothing_ready_answers_where_nothing_listens():
    assert serve.answers_ready(1, seconds=60) is False
