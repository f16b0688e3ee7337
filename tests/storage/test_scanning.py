"""A virus scanner is asked before a file is kept: a server that speaks the protocol of clamd, on a socket and on a port."""

import socket
import struct
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from threading import Thread

import pytest
from werkzeug.datastructures import FileStorage

from caseflow.models import EvidenceContent, Role
from caseflow.storage.folder import FolderStore
from caseflow.storage.scanning import ScannerSilent, VirusFound, scanned
from caseflow.storage.settings import FileSettings
from config import _Reader
from tests.factories import make_actor, make_case, make_section
from tests.features.evidence.test_uploads import CONTENT, Sending, rows
from tests.outbound.sink import free_port

VIRUS = b"not a virus, but what this scanner looks for"
LIMIT = 30_000_000


class Clamd:
    """Takes `zINSTREAM`, pieces with their length and a last one without, and answers as clamd does."""

    def __init__(self, family, address):
        self.listening, self.seen, self.verdict = socket.socket(family, socket.SOCK_STREAM), [], None
        self.listening.bind(address)
        self.listening.listen()
        self.thread = Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                line, _ = self.listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as read:
                self.talk(line, read)

    def talk(self, line, read):
        if read.read(10) != b"zINSTREAM\0":
            return
        content = bytearray()
        while size := struct.unpack("!I", read.read(4).rjust(4, b"\0"))[0]:
            content += read.read(size)
            if len(content) > LIMIT:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(bytes(content))
        found = b"stream: Test.Invented FOUND\0" if VIRUS in content else b"stream: OK\0"
        line.sendall(found if self.verdict is None else self.verdict)

    def close(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join()


@contextmanager
def running(family, address):
    server = Clamd(family, address)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def clamd(tmp_path):
    with running(socket.AF_UNIX, str(tmp_path / "clamd.ctl")) as server:
        yield server


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "files")


def put(store, content, address, piece=70_000):
    incoming = scanned(store.begin(len(content) + 1), address)
    try:
        for at in range(0, len(content), piece):
            incoming.write(content[at : at + piece])
        return incoming.keep()
    finally:
        incoming.close()


def files(store):
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_is_clean_is_kept_and_was_shown_as_a_whole(store, clamd, tmp_path):
    for content in (b"", b"x", CONTENT):
        kept = put(store, content, str(tmp_path / "clamd.ctl"))
        assert b"".join(store.read(kept.name, kept.key)) == content == clamd.seen.pop()


def test_an_address_serves_as_well(store):
    port = free_port()
    with running(socket.AF_INET, ("127.0.0.1", port)) as server:
        assert put(store, CONTENT, f"127.0.0.1:{port}").size == len(CONTENT)
        assert server.seen == [CONTENT]


def test_what_it_finds_is_not_kept(store, clamd, tmp_path):
    assert not clamd.seen
    for content in (VIRUS, CONTENT + VIRUS, CONTENT[:69_990] + VIRUS + CONTENT):
        with pytest.raises(VirusFound, match=r"Test\.Invented"):
            put(store, content, str(tmp_path / "clamd.ctl"))
    assert not files(store)


@pytest.mark.parametrize(
    "verdict", [b"", b"stream: ", b"UNKNOWN COMMAND\0", b"stream: x lstat() failed. ERROR\0", b"\0"]
)
def test_without_a_verdict_nothing_is_kept(store, clamd, tmp_path, verdict):
    clamd.verdict = verdict
    with pytest.raises(ScannerSilent):
        put(store, CONTENT, str(tmp_path / "clamd.ctl"))
    assert not files(store)


def test_what_is_too_large_for_it_is_not_kept(store, clamd, tmp_path):
    with pytest.raises(ScannerSilent, match=r"limit|Broken pipe|reset"):
        put(store, bytes(LIMIT + 2_000_000), str(tmp_path / "clamd.ctl"))
    assert not clamd.seen
    assert not files(store)


def test_where_none_listens_nothing_is_kept(store, tmp_path):
    for address in (str(tmp_path / "nothing"), f"127.0.0.1:{free_port()}"):
        with pytest.raises(ScannerSilent):
            put(store, CONTENT, address)
    assert not files(store)


@pytest.fixture
def ana(runtime):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), name="Ana")


@pytest.fixture
def browser(runtime, ana, pages, make_app, tmp_path):
    """A browser of an application with the scanner."""
    room = replace(runtime.settings.files, scanner=str(tmp_path / "clamd.ctl"))
    browser = pages.another(ana)
    browser.app = make_app(replace(runtime, settings=replace(runtime.settings, files=room)))
    browser.__post_init__()
    return browser


def test_a_form_and_parts_are_refused_in_words_and_work_when_it_answers(browser, runtime, ana, clamd):
    case = make_case(runtime.units, ana)
    add = partial(browser.submit, f"/cases/{case.id}/evidence/new")
    wrong = [FileStorage(BytesIO(b"%PDF-1.7\n" + VIRUS), filename="a.pdf")]
    assert "found “Test.Invented” in a.pdf" in add(files=wrong, status=422).error_at("files")
    sending = Sending(browser, case, content=CONTENT + VIRUS)
    state = sending.begin()
    while state["received"] + 300_000 < len(sending.content):
        state = sending.part(state)
    assert "found “Test.Invented” in Rosa Navarro.pdf" in sending.part(state, status=422)["problem"]
    clamd.verdict = b"ERROR\0"
    good = Sending(browser, case)
    state = good.begin()
    while state["received"] + 300_000 < len(CONTENT):
        state = good.part(state)
    assert "The virus scanner does not answer" in good.part(state, status=422)["problem"]
    assert not rows(runtime, EvidenceContent, ana)
    clamd.verdict = None
    state = good.part(state)
    assert state["is_whole"], "the last part was sent again, and no other"
    assert "is stored, encrypted." in good.store(state["id"]).words


def test_its_place_is_a_setting():
    for address in ("/run/clamav/clamd.ctl", "127.0.0.1:3310", "[::1]:3310"):
        read = _Reader(FileSettings(scanner=address).to_env())
        assert FileSettings.read(read).scanner == address
        assert not read.problems
    read = _Reader({"EVIDENCE_SCANNER": "localhost"})
    FileSettings.read(read)
    assert read.problems
