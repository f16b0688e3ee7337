"""`kill -9` of the web process while files arrive: what was answered is there as it was sent, and nothing is there by halves.

`CASEFLOW_KILLS=500` kills so often; by default it is done a few times.
"""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from io import BytesIO
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from caseflow.features.evidence import checking
from caseflow.models import EvidenceContent, EvidenceCustody, Role
from tests.factories import make_actor, make_case, make_section

KILLS = int(os.environ.get("CASEFLOW_KILLS", "8"))
ROOT = Path(__file__).parents[3]
MARK = b"Rosa Navarro, calle Mayor 4. "
LARGEST = 2_000_000


class Sender(Thread):
    """Sends files one after another, whatever happens to the server, and notes which were answered as stored."""

    def __init__(self, port, path, cookie, fields, seed):
        super().__init__(daemon=True)
        self.port, self.path, self.cookie, self.fields = port, path, cookie, fields
        self.chance, self.end = Random(seed), Event()
        self.stored, self.sent = [], 0

    def run(self):
        while not self.end.is_set():
            content = b"%PDF-1.7\n" + MARK + self.chance.randbytes(self.chance.randrange(LARGEST)) + MARK
            files = [FileStorage(BytesIO(content), filename="Rosa Navarro.pdf")]
            typed = self.fields | {"once": secrets.token_urlsafe(16), "files": files}
            boundary, body = encode_multipart(MultiDict(typed))
            head = {"Cookie": self.cookie, "Content-Type": f'multipart/form-data; boundary="{boundary}"'}
            self.sent += 1
            try:
                connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.request("POST", self.path, body, head)
                answer = connection.getresponse()
                if answer.status == 303:
                    self.stored.append(hashlib.sha256(content).digest())
                else:
                    assert answer.status >= 500, answer.read()
            except (OSError, HTTPException):
                continue
            finally:
                connection.close()


def _kill_while_they_send(server, child, senders):
    """Kill the serving process again and again; at the end wait until everybody has stored something."""
    chance = Random(14)
    for sender in senders:
        sender.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, 1.5))
        os.kill(child, signal.SIGKILL)
        child = int(server.stdout.readline())
    deadline = time.monotonic() + 120
    while not all(sender.stored for sender in senders) and time.monotonic() < deadline:
        time.sleep(0.2)
    for sender in senders:
        sender.end.set()
    for sender in senders:
        sender.join(120)


@pytest.mark.commits
@pytest.mark.slow
def test_nothing_is_there_by_halves(runtime, database, pages, tmp_path, record_property, monkeypatch):  # noqa: PLR0917
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    case = make_case(runtime.units, ana)
    browser = pages(ana)
    drawn = browser.get(f"/cases/{case.id}/evidence/new")
    fields = {"csrf_token": drawn.form(0).values()["csrf_token"][0]}
    name = browser.app.config["SESSION_COOKIE_NAME"]
    cookie = f"{name}={browser.client.get_cookie(name).value}"
    settings = database.settings.of_process(database.settings.web_database_url)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        environment = {**os.environ, **settings.to_env(), "TMPDIR": str(temporary)}
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.features.evidence.serving", str(listening.fileno())], env=environment, stdout=subprocess.PIPE,
            start_new_session=True,
            pass_fds=[listening.fileno()], cwd=ROOT,
        )  # fmt: skip
        senders = [Sender(port, drawn.path, cookie, fields, seed) for seed in range(3)]
        child = int(server.stdout.readline())
        try:
            _kill_while_they_send(server, child, senders)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            server.stdout.close()
    monkeypatch.setattr(checking, "GRACE", timedelta(seconds=-60))
    clear = [path for folder in (runtime.store.folder, temporary) for path in folder.rglob("*")
             if path.is_file() and MARK[:12] in path.read_bytes()]  # fmt: skip
    assert clear == []
    left = checking.reconcile(runtime.units, runtime.store, is_forced=True)
    assert left.missing == 0, "no row without a file"
    again = checking.reconcile(runtime.units, runtime.store, is_forced=True)
    assert again.strays == 0, "no file without a row"
    checked = checking.check_files(runtime.units, runtime.store, is_everything=True, most_seconds=600)
    assert checked.damaged == 0
    with runtime.units.begin(ana) as uow:
        rows = {row.sha256: row.evidence_id for row in uow.session.query(EvidenceContent)}
        received = {row.evidence_id for row in uow.session.query(EvidenceCustody)}
    stored, sent = [one for sender in senders for one in sender.stored], sum(sender.sent for sender in senders)
    assert stored
    assert set(stored) <= rows.keys(), "what was answered is there, as it was sent"
    assert set(rows.values()) == received, "and each with its custody"
    record_property(
        "summary",
        f"{KILLS} kills: {sent} files sent, {len(stored)} answered, {len(rows)} stored, {left.strays} left over and removed",
    )
