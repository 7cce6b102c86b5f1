"""The guard that keeps tests on this machine (it is on in every test: tests/conftest.py)."""

import socket
import urllib.request

import pytest

from tests.house.network import NetworkRefusedError, is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", b"localhost", "", None])
def test_this_machine_may_be_reached(host):
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "2001:db8::1", "pins.example", "localhost.pins.example", "0.0.0.0"]
)
def test_another_machine_may_not(host: str):
    assert not is_local(host)


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as client, pytest.raises(NetworkRefusedError, match="192.0.2.1"):
        client.connect(("192.0.2.1", 80))


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(NetworkRefusedError):
        client.sendto(b"?", ("192.0.2.1", 53))


def test_a_page_of_another_machine_is_refused_by_name():
    with pytest.raises(NetworkRefusedError, match="pins.example"):
        urllib.request.urlopen("http://pins.example/")


def test_a_connection_to_this_machine_is_made():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
