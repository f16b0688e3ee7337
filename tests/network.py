"""Blocks network access in tests, so that no test can send a real mail."""

import socket
from collections.abc import Iterator

import pytest

LOOPBACK = ("127.0.0.1", "::1", "localhost")
REAL_MAIL_PORTS = (25, 465, 587)  # a mail server on this machine would deliver


class NetworkRefused(RuntimeError):
    """A test tried to connect to a server that is not its own."""


def _check(connection: socket.socket, address: object) -> None:
    if connection.family == socket.AF_UNIX or not isinstance(address, tuple):
        return
    host, port = address[0], address[1]
    if host not in LOOPBACK:
        raise NetworkRefused(
            f"Tests do not reach the network: {host}:{port}. Use a server of the test's own on the loopback."
        )
    if port in REAL_MAIL_PORTS:
        raise NetworkRefused(f"Port {port} may be a real mail server. Use a sink of the test's own on a free port.")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            original = getattr(socket.socket, name)

            def guarded(self: socket.socket, *arguments: object, _original: object = original) -> object:
                _check(self, arguments[-1])
                return _original(self, *arguments)  # type: ignore[operator]  # a method of socket.socket

            patch.setattr(socket.socket, name, guarded)
        yield
