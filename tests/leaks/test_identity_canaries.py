"""Who people are stands nowhere in clear: every feature is used with 300 names, numbers and phones, then all places are searched.

`PLACES` lists the places. Each is seen to be searched: it contains something that is no secret, and the search finds it there.
Whoever typed a value sees it in the answer to the form and in the own draft, and whoever asked for an identity on the pages of that
person (`Watch`); these are the only exceptions. That sealed values open in their own row and column only, and with their own key,
is tried on all rows that this left; that no process starts with another key is tested in `test_data_keys.py`, and what is said of
a value that was moved in `tests/features/people/test_identity.py`.
"""

import subprocess
import sys
import tempfile
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple
from urllib.parse import quote

import psycopg
import pytest
import structlog
from redis import Redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.access import PersonActor
from caseflow.db.base import Base
from caseflow.db.sealing import SUFFIX, KeyRing, SealBroken
from caseflow.logs import configure
from caseflow.models import Role
from caseflow.web.session_store import KEY
from tests.factories import make_actor, make_section
from tests.leaks.canaries import Canaries, Watch
from tests.leaks.planting import Planting
from tests.leaks.using import fail, run_commands, send_mails, use_everything
from tests.pages import Browsers
from tests.servers import Database, RunServers

CASES, PEOPLE_OF_EACH = 7, 3
LEAST = 300
NOT_OPENED = {
    "calendar.feed",  # opened by the browser that has its address
    "monitoring.health",  # answers 503: no worker runs
    "open_decisions.rule", "open_decisions.show",  # of a register that is the same for everybody
}  # fmt: skip
"""Endpoints that the walk over all addresses does not open, because they have no page there."""


class Piece(NamedTuple):
    """A part of a place. `allowed`: values that whoever it was for had typed, or asked for with a reason."""

    name: str
    found: bytes
    allowed: frozenset[str] = frozenset()


Found = Iterator[Piece]


@dataclass
class Evidence:
    """What a run left behind."""

    database: Database
    servers: RunServers
    watch: Watch
    log: StringIO
    temporary: Path
    printed: dict[str, str]
    since: float
    """Files of the servers that were written before are of other tests."""


def files_below(folder: Path, since: float, without: tuple[Path, ...] = ()) -> Found:
    """Yield the files that were written since then."""
    for path in sorted(folder.rglob("*")):
        if not any(path.is_relative_to(one) for one in without):
            try:
                if path.is_file() and path.stat().st_mtime >= since:
                    yield Piece(str(path.relative_to(folder)), path.read_bytes())
            except FileNotFoundError:  # servers remove files meanwhile
                continue


def database_files(evidence: Evidence) -> Found:
    with psycopg.connect(evidence.database.superuser_url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert row is not None
    data = evidence.servers.postgres.data
    others = tuple(one for one in (data / "base").iterdir() if one.name.isdigit() and one.name != str(row[0]))
    yield from files_below(data, evidence.since, (*others, data / "pg_wal"))


def write_ahead_log(evidence: Evidence) -> Found:
    yield from files_below(evidence.servers.postgres.data / "pg_wal", evidence.since)


def dump(evidence: Evidence) -> Found:
    program = evidence.servers.postgres.programs.folder / "pg_dump"
    command = [str(program if program.exists() else "pg_dump"), evidence.database.superuser_url]
    yield Piece("pg_dump", subprocess.run(command, capture_output=True, check=True).stdout)


def redis_values(evidence: Evidence) -> Found:
    read: dict[bytes, Callable[[Redis, bytes], object]] = {
        b"string": lambda redis, key: redis.get(key),
        b"list": lambda redis, key: redis.lrange(key, 0, -1),
        b"set": lambda redis, key: redis.smembers(key),
        b"zset": lambda redis, key: redis.zrange(key, 0, -1, withscores=True),
        b"hash": lambda redis, key: redis.hgetall(key),
    }
    with Redis.from_url(evidence.database.settings.redis_url) as redis:
        for key in redis.scan_iter():
            value = read[redis.type(key)](redis, key)
            text = value if isinstance(value, bytes) else repr(value).encode()
            yield Piece(repr(key), key + b" " + text)
            with suppress(ValueError, zlib.error):  # a kept page as it would be without its seal
                yield Piece(f"{key!r}, unpacked", zlib.decompress(b64decode(text)))


def logs(evidence: Evidence) -> Found:
    yield Piece("application", evidence.log.getvalue().encode())


def server_logs(evidence: Evidence) -> Found:
    for path in evidence.servers.folder.glob("*.log"):
        yield Piece(path.name, path.read_bytes())


def temporary_files(evidence: Evidence) -> Found:
    yield from files_below(evidence.temporary, 0)


def other_files(evidence: Evidence) -> Found:
    data = evidence.servers.postgres.data
    yield from files_below(evidence.servers.folder, evidence.since, (data, evidence.servers.folder / "programs"))


def mails(evidence: Evidence) -> Found:
    for path in Path(str(evidence.database.settings.mail_folder)).glob("*"):
        yield Piece(path.name, path.read_bytes())


def urls(evidence: Evidence) -> Found:
    for one in evidence.watch.answers:
        yield Piece(one.name, one.url.encode() + b"\n" + one.addresses)


def headers(evidence: Evidence) -> Found:
    yield from (Piece(one.name, one.headers) for one in evidence.watch.answers)


def titles(evidence: Evidence) -> Found:
    yield from (Piece(one.name, one.title) for one in evidence.watch.answers)


def printed(evidence: Evidence) -> Found:
    yield from (Piece(name, text.encode()) for name, text in evidence.printed.items())


def bodies(*kinds: str, errors: bool = False) -> Callable[[Evidence], Found]:
    """Return what reads the bodies of these kinds: of error pages alone, or of all."""

    def read(evidence: Evidence) -> Found:
        for one in evidence.watch.answers:
            if one.answer.mimetype in kinds and (one.answer.status_code >= 400 or not errors):
                yield Piece(one.name, one.body, one.allowed)

    return read


CONTROL = b"\0control"
"""Stands for the word that is no secret: it was written into the titles of cases, and where a place says so."""
PLACES: dict[str, tuple[Callable[[Evidence], Found], bytes]] = {
    "database files: tables, indexes, temporary files of queries": (database_files, CONTROL),
    "write-ahead log": (write_ahead_log, CONTROL),
    "pg_dump": (dump, CONTROL),
    "Redis: keys and values": (redis_values, CONTROL),  # written there by the test: all values are sealed
    "log of the application": (logs, CONTROL),  # logged by the test: no value is ever logged
    "logs of PostgreSQL and Redis": (server_logs, b"ready to accept connections"),
    "temporary files": (temporary_files, CONTROL),  # written there by the test
    "other files of the servers: mails, compiled templates": (other_files, b"Message-ID"),
    "mails": (mails, b"/sign-in"),
    "addresses: asked for, led to, linked": (urls, CONTROL),
    "headers and cookies": (headers, b"Location: /cases/"),
    "titles": (titles, b"Find a person"),
    "pages": (bodies("text/html"), CONTROL),
    "error pages": (bodies("text/html", errors=True), CONTROL),
    "calendar feeds": (bodies("text/calendar"), b"BEGIN:VEVENT"),
    "tables as files": (bodies("text/csv"), b"ES"),
    "other answers": (bodies("application/json", "text/plain"), b"{"),
    "what commands print, case facts too": (printed, b'"victims"'),
}


def search(evidence: Evidence, control: str) -> tuple[dict[str, list[str]], list[str]]:
    """Return what was found where it must not be, by place; and the places where the search does not find what is there."""
    leaks: dict[str, list[str]] = {}
    blind = []
    for place, (read, known) in PLACES.items():
        wanted = (control.encode() if known == CONTROL else known).lower()
        is_seen = False
        for piece in read(evidence):
            is_seen = is_seen or wanted in piece.found.lower()
            values = evidence.watch.canaries.find(piece.found) - piece.allowed
            leaks.setdefault(place, []).extend(f"{one} in {piece.name}" for one in sorted(values))
        blind += [] if is_seen else [place]
    return {place: found for place, found in leaks.items() if found}, blind


@pytest.fixture
def canaries():
    return Canaries(SystemRandom())


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files of this process."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def log(runtime, monkeypatch):
    """What the application writes into its log, all of it."""
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure("DEBUG")
    yield written
    monkeypatch.undo()
    configure("INFO")


@pytest.fixture
def coalition(runtime):
    """People with every role, by role; and a stranger, a caseworker of another section."""
    spain, ecuador = make_section(runtime.units, "ES"), make_section(runtime.units, "EC")
    people: dict[object, PersonActor] = {role: make_actor(runtime.units, (spain, role)) for role in Role}
    return people | {"stranger": make_actor(runtime.units, (ecuador, Role.CASEWORKER))}


def plant(runtime, watch: Watch, pages: Browsers, by: PersonActor, control: str) -> Planting:
    """Type into every form that asks who somebody is."""
    planting = Planting(runtime.units, by, watch.browser(pages(by)), watch, control)
    make = watch.canaries
    for _ in range(CASES):
        case = planting.capture()
        for _ in range(PEOPLE_OF_EACH):
            person = planting.add_person(case)
        planting.add_channel(case, person)
        planting.add_household(case)
        planting.intake()
    for _ in range(3):
        planting.find(name=make.name(), phone=make.phone(), number=make.number(), email=make.email())
    planting.be_refused(case, person)
    planting.leave_drafts(case, person)
    planting.conflict(watch.browser(pages.another(by)), case, person)
    planting.come_back_late(watch.browser(pages.another(by)), case)
    return planting


def sealed_values(database: Database) -> dict[str, bytes]:
    """Return every sealed value of the database, by what it is bound to."""
    found = {}
    with database.as_superuser() as engine, Session(engine) as session:
        for mapper in Base.registry.mappers:
            fields = [one.key.removesuffix(SUFFIX) for one in mapper.columns if one.key.endswith(SUFFIX)]
            for row in session.scalars(select(mapper.class_)) if fields else ():
                values = {row.bound_to(one): getattr(row, one + SUFFIX) for one in fields}
                assert len(values) == len(fields), f"two columns are bound to the same: {sorted(values)}"
                assert not values.keys() & found.keys(), f"two rows are bound to the same: {sorted(values)}"
                found |= {bound: value for bound, value in values.items() if value is not None}
    return found


def opens(keys: KeyRing, value: bytes, bound_to: str) -> bool:
    """Return whether a sealed value is given out."""
    try:
        keys.open(value, bound_to)
    except SealBroken:
        return False
    return True


def check_sealed(database: Database, keys: KeyRing) -> int:
    """Each sealed value opens where it is, in no other row or column, and with no other key. Return how many there are."""
    values = sealed_values(database)
    wrong = KeyRing({keys.current: bytes(32)}, keys.current)
    for bound, value in values.items():
        assert opens(keys, value, bound), bound
        assert not opens(wrong, value, bound), f"{bound} opens with another key"
        moved = [one for one in values if one != bound and opens(keys, value, one)]
        assert not moved, f"{bound} opens as {moved}"
    return len(values)


@pytest.mark.slow
@pytest.mark.commits
def test_who_people_are_stands_nowhere_in_clear(  # noqa: PLR0917 - fixtures
    run_servers,
    database,
    settings,
    runtime,
    app,
    pages,
    coalition,
    canaries,
    temporary,
    log,
    monkeypatch,
    record_property,
):
    since, watch = time.time() - 1, Watch(canaries)
    control = "Control" + canaries.word_stem[::-1]
    with Redis.from_url(settings.redis_url) as redis:
        monkeypatch.setattr(app.extensions[KEY], "_redis", redis)
        monkeypatch.setattr(app.extensions[KEY], "_paused_until", 0.0)
        planting = plant(runtime, watch, pages, coalition[Role.CASEWORKER], control)
        assert len(canaries.made) >= LEAST
        assert use_everything(app, pages, coalition, planting) <= NOT_OPENED
        fail(app, monkeypatch, planting)
        send_mails(runtime, monkeypatch, planting)
        printed = run_commands(runtime, monkeypatch, planting)
        redis.set("control", control)
        kept = [key for key in redis.scan_iter(_type="string") if len(redis.get(key) or b"") > 1000]
        assert kept, "pages that answered forms are kept in Redis"
    structlog.get_logger().info("control", control=control)
    (temporary / "control").write_text(control)
    evidence = Evidence(database, run_servers, watch, log, temporary, printed, since)
    leaks, blind = search(evidence, control)
    assert not leaks, "\n".join(f"{place}: {len(found)}, as {found[:3]}" for place, found in leaks.items())
    assert not blind, "the search does not see what stands there"
    assert check_sealed(database, runtime.units.keys) > len(planting.people)
    record_property(
        "summary", f"identity canaries: {len(canaries.made)} in {len(watch.answers)} answers, {len(PLACES)} places"
    )


WAYS = {
    "as it is": str.encode,
    "in capitals": lambda text: text.upper().encode(),
    "UTF-16, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "in an address": lambda text: quote(text).encode(),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "base64": lambda text: b64encode(text.encode()),
    "base64, a byte later": lambda text: b64encode(b"." + text.encode()),
    "base64, two bytes later": lambda text: b64encode(b".." + text.encode()),
}


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)
def test_a_word_is_found_however_it_is_written(canaries, write):
    for value in (canaries.name(), canaries.word(), canaries.number(), canaries.email(), canaries.address()):
        assert canaries.find(b"\0z" + write(value) + b"z\0"), value
    assert not canaries.find(write("Zo\u00eb Nobody-of-these"))


@pytest.mark.parametrize("way", ["as it is", "in an address"])
def test_numbers_and_days_are_found(canaries, way):
    for value in (canaries.phone(), canaries.birth_date()):
        assert canaries.find(b"1" + WAYS[way](value) + b"1") == {value.removeprefix("+34 ")}
