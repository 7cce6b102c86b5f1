"""The data folder: made once, marked as ours, emptied only when it is."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pins.data_folder import DataFolder, DataFolderError


def test_a_new_folder_is_private_and_marked_as_ours(tmp_path: Path):
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    assert folder.is_ours
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_a_folder_that_held_something_is_used_but_never_marked(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear parent carer")
    folder = DataFolder(tmp_path)
    folder.prepare()
    assert not folder.is_ours


def with_database(folder: Path, *, schools: int) -> None:
    """What `bin/manage migrate` leaves behind, and as many schools."""
    (folder / "secret_key").write_text("a key")
    (folder / "queue").mkdir()
    with closing(sqlite3.connect(folder / "pins.sqlite3")) as database:
        database.execute("CREATE TABLE accounts_user (id)")
        database.execute("CREATE TABLE schools_school (id)")
        database.executemany("INSERT INTO schools_school VALUES (?)", [(n,) for n in range(schools)])
        database.commit()


@pytest.mark.parametrize(("schools", "new"), [(0, True), (1, False)])
def test_what_a_command_leaves_behind_is_new_until_somebody_put_something_in(
    tmp_path: Path, schools: int, new: bool
):
    with_database(tmp_path, schools=schools)
    folder = DataFolder(tmp_path)
    assert folder.is_new is new
    folder.prepare()
    assert folder.is_ours is new


def test_a_database_of_somebody_elses_beside_nothing_is_not_new(tmp_path: Path):
    (tmp_path / "pins.sqlite3").write_text("rows of another program")
    assert not DataFolder(tmp_path).is_new


def test_emptying_removes_all_that_was_in_our_folder(tmp_path: Path):
    folder = DataFolder(tmp_path)
    folder.prepare()
    (tmp_path / "pins.sqlite3").write_text("rows")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "report.pdf").write_text("%PDF")
    folder.make_empty()
    assert list(tmp_path.iterdir()) == []


def test_emptying_refuses_a_folder_that_is_not_ours(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear parent carer")
    with pytest.raises(DataFolderError, match="did not make"):
        DataFolder(tmp_path).make_empty()
    assert (tmp_path / "letter.txt").exists()


def test_emptying_removes_a_link_but_not_what_it_points_to(tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("Dear parent carer")
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    (folder.path / "link").symlink_to(elsewhere)
    folder.make_empty()
    assert (elsewhere / "letter.txt").exists()


def test_two_runs_cannot_hold_one_folder(tmp_path: Path):
    with (
        DataFolder(tmp_path).held(),
        pytest.raises(DataFolderError, match="already running"),
        DataFolder(tmp_path).held(),
    ):
        pytest.fail("held twice")


def test_a_folder_is_free_again_once_the_run_has_ended(tmp_path: Path):
    with DataFolder(tmp_path).held():
        pass
    with DataFolder(tmp_path).held():
        assert DataFolder(tmp_path).is_empty


def file_in_its_place(folder: Path) -> Path:
    folder.write_text("Dear parent carer")
    return folder


def file_above_it(folder: Path) -> Path:
    folder.write_text("Dear parent carer")
    return folder / "data"


def file_for_its_logs(folder: Path) -> Path:
    folder.mkdir()
    (folder / "logs").write_text("Dear parent carer")
    return folder


def nothing_may_be_written(_: Path) -> Path:
    return Path("/proc/self")


@pytest.mark.parametrize(
    "make", [file_in_its_place, file_above_it, file_for_its_logs, nothing_may_be_written]
)
def test_a_folder_that_cannot_be_used_is_refused_in_plain_words(tmp_path: Path, make: Callable[[Path], Path]):
    path = make(tmp_path / "data")
    folder = DataFolder(path)
    with pytest.raises(DataFolderError) as refusal, folder.held():
        folder.prepare()
    assert str(refusal.value).startswith(f"PINS Hub cannot use {path} as its data folder: ")
    assert str(refusal.value).endswith(
        "Let this account write in it, or name another folder in PINS_DATA_DIR."
    )


def test_a_folder_made_earlier_that_can_no_longer_be_written_is_refused_too(tmp_path: Path):
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    for path in (folder.log("set-up"), folder.path / ".stamps" / "static"):
        path.mkdir()
    with pytest.raises(DataFolderError, match="cannot use"):
        folder.begin_log("set-up")
    with pytest.raises(DataFolderError, match="cannot use"):
        folder.write_stamp("static", "one")


def test_what_goes_wrong_while_the_folder_is_held_is_not_taken_for_its_fault(tmp_path: Path):
    with pytest.raises(ConnectionError), DataFolder(tmp_path).held():
        raise ConnectionError


def test_a_stamp_matches_the_value_that_was_written_and_no_other(tmp_path: Path):
    folder = DataFolder(tmp_path)
    folder.prepare()
    assert not folder.stamp_matches("static", "one")
    folder.write_stamp("static", "one")
    assert folder.stamp_matches("static", "one")
    assert not folder.stamp_matches("static", "two")
