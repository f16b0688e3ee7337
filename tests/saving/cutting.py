"""A connection to PostgreSQL that breaks at the commit: a small proxy between the application and its server."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

COMMIT = b"COMMIT\0"
BYTES = 65536


class Cut(Enum):
    """When the connection breaks: before the server gets the COMMIT, or before the client gets its answer."""

    BEFORE = "before"
    AFTER = "after"


class Proxy:
    """Passes bytes on. Armed, it breaks the connection at the first COMMIT after a statement with `marker`."""

    def __init__(self, server: Path) -> None:
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.cut: Cut | None = None
        self.is_refusing_after = False
        self.swallowed: socket.socket | None = None
        self.answered = threading.Event()
        self.marker = b"INSERT INTO request_key"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        server.connect(str(self.server))
        answers = threading.Thread(target=self._pass_on, args=(server, client), daemon=True)
        answers.start()
        seen = False
        with suppress(OSError), client, server:
            while data := client.recv(BYTES):
                seen = seen or self.marker in data
                if seen and self.cut is not None and COMMIT in data:
                    self._break(client, server, data)
                    return
                server.sendall(data)

    def _break(self, client: socket.socket, server: socket.socket, data: bytes) -> None:
        cut, self.cut = self.cut, None
        if self.is_refusing_after:
            self.listener.shutdown(socket.SHUT_RDWR)  # closing alone does not wake the thread that accepts
        if cut is Cut.AFTER:
            self.swallowed = client
            server.sendall(data)
            self.answered.wait()
        for end in (server, client):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(BYTES):
                if self.swallowed is client:
                    self.answered.set()
                    return
                client.sendall(data)


@contextmanager
def proxied(url: str) -> Iterator[tuple[Proxy, str]]:
    """Yield a proxy before the server of an address, and the address through it."""
    options = parse_qs(urlsplit(url).query)
    proxy = Proxy(Path(options["host"][0]) / f".s.PGSQL.{options['port'][0]}")
    try:
        yield proxy, urlsplit(url)._replace(query=f"host=127.0.0.1&port={proxy.port}").geturl()
    finally:
        proxy.listener.close()
