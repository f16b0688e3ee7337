"""A private Redis: memory only, on one unix socket in a closed folder.

It deliberately keeps nothing on disk. What is due stands in the database, and the queue only wakes a worker: Redis may
stop at any moment and nothing is lost, and no name of a person can be left in a dump file.
"""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from caseflow.local.account import Account

MEMORY = "256mb"


@dataclass(frozen=True)
class RedisServer:
    """One Redis that belongs to one caseflow home (or to one run of the tests)."""

    program: Path
    socket_path: Path
    account: Account | None

    @property
    def command(self) -> list[str]:
        """The server in the foreground, without a port and without files."""
        return [
            str(self.program),
            *("--port", "0"),
            *("--unixsocket", str(self.socket_path)),
            *("--unixsocketperm", "600"),
            *("--save", ""),
            *("--appendonly", "no"),
            *("--dir", str(self.socket_path.parent)),
            *("--databases", "64"),
            *("--maxmemory", MEMORY),
            *("--maxmemory-policy", "noeviction"),
        ]

    @property
    def environment(self) -> dict[str, str]:
        """Nothing inherited."""
        return {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def url(self, database: int = 0) -> str:
        """Return its address in the form of redis-py."""
        return f"unix://{self.socket_path}?db={database}"

    def is_ready(self) -> bool:
        """Return whether it answers."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket_path))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
