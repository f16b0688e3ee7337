"""A web process that can be killed: run as a script, it forks one that serves the application, and another when that one has died.

Arguments: the descriptor of a listening socket. Prints the process id of each.
"""

import os
import socket
import sys

from caseflow.app import create_app
from caseflow.front.limits import Limits
from caseflow.front.server import Front
from caseflow.runtime import make_runtime
from config import Settings


def serve(app: object, listening: socket.socket) -> None:
    """Serve until somebody kills this process."""
    front = Front(app, [listening], threads=3, backlog=50, limits=Limits())  # type: ignore[arg-type]  # a WSGI application
    print(os.getpid(), flush=True)  # noqa: T201 - read by the test
    while True:
        front.serve(0.05)


def main() -> None:
    """Fork, again and again; the application is loaded once, and connects to nothing before."""
    listening = socket.socket(fileno=int(sys.argv[1]))
    app = create_app(make_runtime(Settings.from_env(os.environ)))
    while True:
        if (child := os.fork()) == 0:
            serve(app, listening)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
