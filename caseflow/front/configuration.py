"""The configuration of gunicorn, in production and on one machine: `gunicorn -c python:caseflow.front.configuration wsgi:app`.

Options of the command line and the variable WEB_CONCURRENCY (processes) take precedence.
"""

import gc
import os

wsgi_app = "wsgi:app"
worker_class = "caseflow.front.worker.ReadsRequestsWhole"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
"""Loaded once and then forked: half the time to start, and half the memory."""
graceful_timeout = 20
forwarder_headers = ""
"""By default clients on the same machine may set SCRIPT_NAME, and with it the links of pages."""
control_socket_disable = True


def when_ready(_server: object) -> None:
    """Keep the garbage collector from going through the application again and again; its processes are forked after this."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
