"""Files in a folder: equal when they come out, sealed while they lie there, and every change of them is found."""

import hashlib
import os
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest

from caseflow.clock import now
from caseflow.storage import FileDamaged, FileMissing, Problem
from caseflow.storage.folder import FolderStore
from caseflow.storage.sealing import CHUNK, MAGIC, TAG

HEAD = len(MAGIC) + 16
MARK = b"Rosa Navarro, calle Mayor 4"
LARGE = 5_000_000


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "files")


def put(store, content, pieces=(1 << 16,)):
    """Write a file in pieces of these sizes, again and again."""
    incoming, at, number = store.begin(len(content) + 1), 0, 0
    while at < len(content):
        size = pieces[number % len(pieces)]
        incoming.write(content[at : at + size])
        at, number = at + size, number + 1
    return incoming.keep()


def taken(store, kept):
    return b"".join(store.read(kept.name, kept.key))


def alter(store, kept, change):
    place = store.place_of(kept.name)
    content = bytearray(place.read_bytes())
    place.write_bytes(bytes(change(content)))


def flipped(position, bit=0):
    def change(content):
        content[position] ^= 1 << bit
        return content

    return change


def test_forty_files_come_out_as_they_went_in(store, record_property):
    chance = Random(14)
    sizes = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, LARGE, *(chance.randrange(LARGE) for _ in range(33))]
    for size in sizes:
        content = chance.randbytes(size)
        kept = put(store, content, pieces=(1, 70_000, 1 << 16, 3))
        assert (kept.size, kept.sha256) == (size, hashlib.sha256(content).digest())
        assert taken(store, kept) == content
    record_property("summary", f"{len(sizes)} files of 0 to {LARGE:,} bytes, equal")


def test_nothing_of_a_file_is_on_the_disk_in_clear(store):
    incoming = store.begin(LARGE)
    for _ in range(40_000):
        incoming.write(MARK)  # a megabyte: more than one chunk
    found = [path for path in store.folder.rglob("*") if path.is_file()]
    assert found, "it is on the disk while it arrives"
    assert not [path for path in found if MARK[:8] in path.read_bytes()]
    kept = incoming.keep()
    assert MARK[:8] not in store.place_of(kept.name).read_bytes()
    assert kept.name.hex not in {path.name for path in (store.folder / "incoming").iterdir()}


@pytest.mark.parametrize("size", [0, 1, 1000, CHUNK, CHUNK + 1, 3 * CHUNK + 5])
def test_every_flipped_bit_is_found(store, size):
    """In the magic, the name, the content and the tag of the first, a middle and the last chunk, whichever bit of the byte."""
    content, chance = Random(size).randbytes(size), Random(size)
    length = HEAD + sum(min(CHUNK, size - at) + TAG for at in range(0, max(size, 1), CHUNK))
    chunks = range(HEAD, length, CHUNK + TAG)
    places = {0, len(MAGIC) - 1, len(MAGIC), HEAD - 1, length - 1, length - TAG}
    places |= set(chunks) | {min(start + CHUNK, length - 1) for start in chunks}
    places |= {chance.randrange(length) for _ in range(40)}
    for place in sorted(places):
        kept = put(store, content)
        assert store.place_of(kept.name).stat().st_size == length
        alter(store, kept, flipped(place, bit=chance.randrange(8)))
        with pytest.raises(FileDamaged):
            taken(store, kept)


def test_a_file_that_is_cut_off_or_grows_is_found(store):
    content = Random(1).randbytes(3 * CHUNK)
    whole = HEAD + 3 * (CHUNK + TAG)
    boundaries = [HEAD + number * (CHUNK + TAG) for number in range(3)]
    for length in [0, 5, HEAD - 1, *boundaries, *(one + 7 for one in boundaries), whole - 1]:
        kept = put(store, content)
        alter(store, kept, lambda found, length=length: found[:length])
        with pytest.raises(FileDamaged):
            taken(store, kept)
    for more in (b"\0", b"\0" * TAG, b"\0" * (CHUNK + TAG)):
        kept = put(store, content)
        alter(store, kept, lambda found, more=more: found + more)
        with pytest.raises(FileDamaged):
            taken(store, kept)


def test_chunks_in_another_order_or_twice_are_found(store):
    one = CHUNK + TAG
    for order in ((1, 0, 2), (0, 0, 2), (0, 2), (0, 1, 1, 2)):
        kept = put(store, Random(1).randbytes(3 * CHUNK))

        def change(found, order=order):
            parts = [found[HEAD + number * one : HEAD + (number + 1) * one] for number in range(3)]
            return found[:HEAD] + b"".join(parts[number] for number in order)

        alter(store, kept, change)
        with pytest.raises(FileDamaged):
            taken(store, kept)


def test_two_files_that_change_places_are_found(store):
    first, second = put(store, b"a" * 1000), put(store, b"b" * 1000)
    here, there = store.place_of(first.name), store.place_of(second.name)
    one, other = here.read_bytes(), there.read_bytes()
    here.write_bytes(other)
    there.write_bytes(one)
    for kept in (first, second):
        with pytest.raises(FileDamaged):
            taken(store, kept)


def test_a_chunk_of_another_file_is_found_even_with_its_key(store, monkeypatch):
    """Two files never have one key; if they had, the name in the tag would still tell them apart."""
    monkeypatch.setattr("caseflow.storage.folder.new_key", lambda: bytes(32))
    first, second = put(store, b"a" * 1000), put(store, b"b" * 1000)
    body = store.place_of(second.name).read_bytes()[HEAD:]
    alter(store, first, lambda found: found[:HEAD] + body)
    with pytest.raises(FileDamaged):
        taken(store, first)


def test_a_file_that_is_not_there_is_missing(store):
    kept = put(store, b"gone")
    store.set_aside(kept.name)
    with pytest.raises(FileMissing):
        taken(store, kept)
    store.set_aside(uuid4())


def test_what_was_set_aside_is_kept_for_a_while(store):
    kept = put(store, b"nobody's")
    os.utime(store.place_of(kept.name), (0, 0))
    store.set_aside(kept.name)
    assert list(store.names(now() + timedelta(days=1))) == []
    assert store.remove_set_aside(now() - timedelta(hours=1)) == 0, "counted from when it was set aside"
    assert store.remove_set_aside(now() + timedelta(hours=1)) == 1


def test_what_is_too_large_is_thrown_away_while_it_arrives(store):
    incoming = store.begin(10)
    for _ in range(3):
        assert incoming.write(b"12345") == 5
    assert incoming.problem is Problem.TOO_LARGE
    assert not list((store.folder / "incoming").iterdir())


def test_a_full_disk_is_said_before_and_while_a_file_arrives(store, monkeypatch):
    store.reserve = store.free_bytes() + 1
    assert store.begin(10, announced=1).problem is Problem.NO_ROOM
    store.reserve = 0
    incoming = store.begin(LARGE)

    def full(_data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(incoming._sealing, "_write", full)
    incoming.write(b"x" * 2 * CHUNK)
    assert incoming.problem is Problem.NO_ROOM
    assert not list((store.folder / "incoming").iterdir())
    incoming.close()
    again = store.begin(LARGE)
    assert again.problem is None, "it heals when there is room again"
    again.close()


def test_only_old_files_are_named_and_unfinished_ones_removed(store):
    kept, begun = put(store, b"one"), store.begin(10)
    begun.write(b"two")
    yesterday, tomorrow = now() - timedelta(days=1), now() + timedelta(days=1)
    assert list(store.names(yesterday)) == []
    assert list(store.names(tomorrow)) == [kept.name]
    assert store.remove_unfinished(yesterday) == 0
    assert store.remove_unfinished(tomorrow) == 1
    begun.close()
    assert taken(store, kept) == b"one"


def test_no_other_account_may_read_the_folder(store):
    kept = put(store, b"x")
    for path in (store.folder, store.place_of(kept.name)):
        assert path.stat().st_mode & 0o077 == 0, path


def test_the_memory_for_a_large_file_is_that_of_a_few_chunks(store):
    """Counted by the pieces that come out, and by what waits to be sealed."""
    kept = put(store, os.urandom(20 * CHUNK))
    assert max(map(len, store.read(kept.name, kept.key))) <= CHUNK
    incoming = store.begin(100 * CHUNK)
    for _ in range(100):
        incoming.write(bytes(CHUNK // 2))
        assert len(incoming._sealing._rest) <= CHUNK
    incoming.close()
