"""A PostgreSQL that is stopped in the middle of its work: it accepts what is sent and answers nothing."""

import json
import os
import signal
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bench.people import TOKEN, Browser
from bench.processes import descendants
from bench.server import running_server
from caseflow.db.engine import make_engine
from tests.local.test_stack import administrator, place, up  # noqa: F401 - fixtures
from tests.local.waiting import until

pytestmark = pytest.mark.servers
GIVES_UP_SECONDS = 40.0
"""Far longer than the two or three seconds it takes, and shorter than the minute after which it once did not answer yet."""


@contextmanager
def frozen(pid):
    """Stop a process and all that it started, and let them go on at the end."""
    os.kill(pid, signal.SIGSTOP)  # first, so that it starts no others while they are listed
    try:
        signal_all(descendants(pid), signal.SIGSTOP)
        yield
    finally:
        signal_all(descendants(pid), signal.SIGCONT)


def signal_all(pids, sent):
    """Send a signal to processes, of which some may have ended since they were listed."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sent)


@pytest.fixture(scope="module")
def server():
    with running_server() as running:
        yield running


@pytest.fixture
def engine(server):
    made = make_engine(server.url("postgres"))
    yield made
    made.dispose()


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().split()[0])


def ask(engine, statement="SELECT 1"):
    with engine.connect() as connection:
        return connection.scalar(text(statement))


def works(engine):
    try:
        return ask(engine) == 1
    except OperationalError:
        return False


@pytest.mark.parametrize("known", [True, False], ids=["connected before", "new connection"])
def test_a_frozen_server_is_given_up(server, engine, known):
    if known:
        assert ask(engine) == 1
    with ThreadPoolExecutor() as pool, frozen(postmaster(server)), pytest.raises(OperationalError):
        pool.submit(ask, engine).result(GIVES_UP_SECONDS)
    assert until(lambda: works(engine), "it answers again")


def test_a_statement_that_is_under_way_is_given_up(server, engine):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with ThreadPoolExecutor() as pool, frozen(postmaster(server)), pytest.raises(OperationalError):
            pool.submit(connection.execute, text("SELECT 2")).result(GIVES_UP_SECONDS)


def test_a_server_that_is_only_busy_is_waited_for(server, engine):
    assert ask(engine, "SELECT 'done' FROM pg_sleep(3.5)") == "done"


@pytest.fixture
def closes():
    with ExitStack() as stack:
        yield stack


@pytest.mark.slow
def test_pages_and_health_say_that_the_database_does_not_respond(up, closes):  # noqa: F811 - the fixture
    stack = up("home").wait_ready()
    browser = Browser(f"http://127.0.0.1:{stack.port}")
    closes.callback(browser.close)
    _, drawn = browser.ask("/sign-in")
    form = {"csrf_token": TOKEN.search(drawn)[1], "email": "a@example.org", "password": "no such password"}
    with frozen(stack.children()["postgres"]):
        begun = time.monotonic()
        status, body = health(stack.port)
        assert (status, json.loads(body)["database"]) == (503, False)
        status, page = browser.ask("/sign-in", form)
        assert status == 503
        assert "The database does not respond" in page
        assert time.monotonic() - begun < GIVES_UP_SECONDS
    until(lambda: browser.ask("/sign-in", form)[0] == 422, "it answers again")


def health(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=GIVES_UP_SECONDS) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
