"""No test talks to another machine: a test that needs one is wrong, and fails here instead of hanging elsewhere."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

LOCAL_NAMES = {"localhost", "ip6-localhost", "", None}


class NetworkRefusedError(AssertionError):
    """A test reached for a machine that is not this one."""


def is_local(host: Any) -> bool:
    """Whether the host is this machine. Names other than localhost count as elsewhere: to look one up is to ask."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def check(family: int, address: Any) -> None:
    """Raises NetworkRefusedError unless the address is a local one."""
    if family in {socket.AF_INET, socket.AF_INET6} and not is_local(address[0]):
        raise NetworkRefusedError(f"A test tried to reach {address[0]}: only this machine may be reached.")


@contextmanager
def network_refused() -> Iterator[None]:
    """Meanwhile, connections and look-ups beyond this machine raise NetworkRefusedError in this process."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    sendto, getaddrinfo = socket.socket.sendto, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(self.family, address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, data: Any, *rest: Any) -> int:
        check(self.family, rest[-1])
        return sendto(self, data, *rest)

    def guarded_getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
        check(socket.AF_INET, (host,))
        return getaddrinfo(host, *rest, **named)

    with (
        mock.patch.object(socket.socket, "connect", guarded_connect),
        mock.patch.object(socket.socket, "connect_ex", guarded_connect_ex),
        mock.patch.object(socket.socket, "sendto", guarded_sendto),
        mock.patch.object(socket, "getaddrinfo", guarded_getaddrinfo),
    ):
        yield
