"""Large bodies: taken for the page that takes files and for no other, and never on the disk in clear."""

import os
from io import BytesIO
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from caseflow.front import spool
from caseflow.front.limits import LARGEST_REQUEST, LARGEST_UPLOAD, takes_files
from caseflow.front.spool import IN_MEMORY, Room, SealedSpool
from tests.front.test_front import PATIENT, answer, running  # noqa: F401 - a fixture
from tests.local.waiting import until

MARK = b"Rosa Navarro, calle Mayor 4. "
CASE, PIECE = UUID(int=1), UUID(int=2)
"""Not random: they are in the names of tests, which every worker of pytest must find alike."""
UPLOAD = f"/cases/{CASE}/evidence/new"


def head(path, length):
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode()


def temporary_files():
    """Return the contents of the files without a name that this process has open."""
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if "(deleted)" in str(entry.readlink()):
                found.append(entry.read_bytes())
        except OSError:
            continue
    return found


def _large(files):
    return [len(one) for one in files if len(one) > IN_MEMORY]


@pytest.mark.parametrize(
    ("path", "takes"),
    [
        (UPLOAD, True),
        (UPLOAD + "/", False),
        ("/cases/new", False),
        (f"/cases/{CASE}/evidence/{PIECE}/edit", False),
        ("/x" + UPLOAD, False),
        (UPLOAD + "\n", False),
    ],
)
def test_one_page_takes_files(path, takes):
    assert takes_files(path) is takes


def test_a_large_body_is_taken_for_files_and_refused_elsewhere(running):  # noqa: F811 - the fixture
    one = running(PATIENT)
    body = MARK * (LARGEST_REQUEST // len(MARK) + 10)
    with one.client(head(UPLOAD, len(body)) + body) as connection:
        assert answer(connection)[1] == b"got " + body
    with one.client(head("/echo", len(body)) + body) as connection:
        assert answer(connection)[1] == b"got "
    with one.client(head(UPLOAD, LARGEST_UPLOAD + 1)) as connection:
        assert answer(connection)[1] == b"got ", "what is far too large is answered at once"


def test_half_of_a_body_is_on_the_disk_sealed(running):  # noqa: F811 - the fixture
    one = running(PATIENT)
    body = MARK * 100_000
    half = len(body) // 2
    with one.client(head(UPLOAD, len(body)) + body[:half]) as connection:
        until(lambda: any(len(found) > half // 2 for found in temporary_files()), "the half")
        assert not [found for found in temporary_files() if MARK[:12] in found]
        connection.sendall(body[half:])
        assert answer(connection)[1] == b"got " + body
    until(lambda: not one.front.room.promised, "the end of the spool")
    with one.client(head(UPLOAD, len(body)) + body[:half]):
        until(lambda: one.front.room.promised, "the second spool")
    until(lambda: not one.front.room.promised, "the end of what broke off")
    assert not _large(temporary_files())


def test_the_search_for_clear_text_would_find_it(tmp_path):
    with (tmp_path / "clear").open("w+b") as file:
        file.write(MARK)
        file.flush()
        (tmp_path / "clear").unlink()
        assert [found for found in temporary_files() if MARK[:12] in found]


def test_a_file_on_its_way_out_waits_in_memory(running):  # noqa: F811 - the fixture
    one = running(PATIENT)
    with one.client(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n", SO_RCVBUF=4096) as connection:
        until(lambda: any(each.total_outbufs_len > IN_MEMORY for each in one.connections), "the answer")
        assert not _large(temporary_files())
        assert len(answer(connection)[1]) == 10_000_000


def test_what_there_is_no_room_for_is_thrown_away_and_said(running, monkeypatch):  # noqa: F811 - the fixture
    one = running(PATIENT)
    seen = []
    monkeypatch.setattr(spool, "MOST_PROMISED", 2_000_000)
    original = one.application.__call__

    def noting(environ, start_response):
        seen.append(environ.get("HTTP_CASEFLOW_NO_ROOM"))
        return original(environ, start_response)

    one.front.listeners[0].application = noting
    body = MARK * 50_000
    with one.client(head(UPLOAD, len(body)) + body[:1000]) as first:
        until(lambda: one.front.room.promised, "the first spool")
        with one.client(head(UPLOAD, len(body)) + body) as second:
            assert answer(second)[1] == b"got "
        assert seen == ["yes"]
        first.sendall(body[1000:])
        assert answer(first)[1] == b"got " + body
    said = head(UPLOAD, 4).replace(b"Host", b"Caseflow-No-Room: yes\r\nHost")
    with one.client(said + b"mine") as connection:
        assert answer(connection)[1] == b"got mine"
    assert seen[-1] is None, "only the front says it"


def test_spools_give_back_what_was_put_in():
    room, chance = Room(), Random(3)
    for size in (0, 1, IN_MEMORY, IN_MEMORY + 1, 3_000_000):
        content = chance.randbytes(size)
        one = SealedSpool(size, room)
        for at in range(0, size, 70_001):
            one.append(content[at : at + 70_001])
        assert len(one) == size
        assert room.promised == size
        assert one.getfile().read() == content
        one.close()
        assert room.promised == 0


def test_a_spool_is_read_by_lines_and_pieces():
    one = SealedSpool(2 * IN_MEMORY, Room())
    lines = [os.urandom(8).hex().encode() + b"\n" for _ in range(2 * IN_MEMORY // 17)]
    one.append(b"".join(lines))
    file = one.getfile()
    assert file.readline() == lines[0]
    assert list(file) == lines[1:]
    one.close()
    assert isinstance(SealedSpool(1, Room()).getfile(), BytesIO)
