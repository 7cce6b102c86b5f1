"""The queue of the embedded default: messages appear whole, and one that is damaged ends nobody."""

import json
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from threading import Thread

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

TRANSPORT = "core.queue_folder:Transport"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "queue"
    made.mkdir()
    return made


@pytest.fixture
def name(tmp_path: Path) -> str:
    """A queue of the test's own: kombu remembers for the whole process which queues it has bound."""
    return tmp_path.name.replace("_", "-")


@pytest.fixture
def connection(folder: Path) -> Iterator[Connection]:
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder.parent / "control"),
    }
    with Connection(transport=TRANSPORT, transport_options=options) as made:
        yield made


def test_messages_come_back_in_their_order(connection, name):
    queue = connection.SimpleQueue(name)
    for number in range(12):
        queue.put({"number": number})
    got = [queue.get(block=False) for _ in range(12)]
    assert [message.payload["number"] for message in got] == list(range(12))
    with pytest.raises(Empty):
        queue.get(block=False)


def test_a_message_that_cannot_be_read_is_let_go_and_the_next_one_comes(connection, folder, name):
    queue = connection.SimpleQueue(name)
    (folder / f"-first.{name}.msg").write_bytes(b"")
    (folder / f"-second.{name}.msg").write_bytes(b"\xff{")
    queue.put("whole")
    assert queue.get(block=False).payload == "whole"
    assert list(folder.glob("*.msg")) == []


def test_whoever_looks_meanwhile_never_sees_half_a_message(connection, folder, name):
    queue = connection.SimpleQueue(name)
    writer = Thread(target=lambda: [queue.put({"text": "x" * 2000}) for _ in range(300)])
    writer.start()
    while writer.is_alive():
        for message in folder.glob("*.msg"):
            json.loads(message.read_bytes())
    writer.join()
    assert len(list(folder.glob("*.msg"))) == 300


def test_what_two_processes_say_about_the_same_queue_is_kept(connection, folder, name):
    with Connection(transport=TRANSPORT, transport_options=connection.transport_options) as other:
        threads = [
            Thread(target=lambda at=at, to=to: at.SimpleQueue(to).put("there"))
            for at, to in ((connection, name), (other, name), (other, f"{name}-2"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {file.name for file in (folder.parent / "control").iterdir()} == {
        f"{name}.exchange",
        f"{name}-2.exchange",
    }
    assert connection.SimpleQueue(name).get(block=False).payload == "there"


def test_a_folder_that_takes_no_file_is_an_error_that_says_so(connection, folder, name):
    queue = connection.SimpleQueue(name)
    folder.rmdir()
    with pytest.raises(ChannelError, match="takes no message"):
        queue.put("lost")
