"""`caseflow up` beside clients that never finish a request."""

import urllib.request

import pytest

from bench.slow_clients import KINDS, SlowClients
from tests.local.test_stack import place, up  # noqa: F401 - fixtures
from tests.local.waiting import HANG_SECONDS

pytestmark = [pytest.mark.servers, pytest.mark.slow]
EACH = 40
PAGES = 10
GIVES_UP_SECONDS = 60
"""Far longer than a page takes on the slowest machine, and shorter than the two minutes for which forty half requests once held the
web server up."""


def test_slow_clients_hold_nobody_up(up):  # noqa: F811 - the fixture
    stack = up("home").wait_ready()
    address = f"http://127.0.0.1:{stack.port}"
    slow = [SlowClients(address, EACH, beginning) for beginning in KINDS.values()]
    for clients in slow:
        clients.start()
    try:
        for clients in slow:
            assert clients.all_open.wait(HANG_SECONDS)
        for _ in range(PAGES):
            with urllib.request.urlopen(f"{address}/sign-in", timeout=GIVES_UP_SECONDS) as answer:
                assert answer.status == 200
    finally:
        for clients in slow:
            clients.stop.set()
            clients.join()
