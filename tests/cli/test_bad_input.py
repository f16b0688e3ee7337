"""Every command with every kind of bad input: one sentence, exit code 1 or 2, and never a traceback.

The commands are those of click's own tree: a new one must say here how it is called well.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text

from caseflow import cli, runtime
from caseflow.cli import settings as cli_settings
from caseflow.local import stack
from caseflow.models import Role
from tests.factories import make_actor, make_section
from tests.law.building import document

pytestmark = pytest.mark.commits  # the commands have connections of their own
FILE, ANA = "{file}", "{ana}"
CALLS = {
    # command: how it is called well. FILE stands for a file, which is varied, ANA for an address that has an account
    "up": [],
    "prepare": ["postgresql://postgres@nowhere.invalid/postgres"],
    "migrate": [],
    "assess": [FILE, "--on", "2026-01-01"],
    "routes": [FILE, "--on", "2026-01-01", "--acceptances", FILE],
    "case-facts": ["ES-2026-0001", "--as", ANA, "--on", "2026-01-01"],
    "import-facts": [FILE, "--section", "ES", "--as", ANA],
    "import-docket": [FILE, "--as", ANA],
    "import-states": [FILE],
    "import-acceptances": [FILE, "--source", "UNTC", "--checked-on", "2026-01-01", "--treaty", "ECHR"],
    "import-decisions": [FILE, FILE],
    "reassess": ["--state", "ES"],
    "section add": ["FR", "--name", "France", "--time-zone", "Europe/Paris"],
    "user add": ["new@example.org", "--name", "New", "--section", "ES", "--role", "caseworker", "--language", "en"],
    "user end-role": [ANA, "--section", "ES", "--role", "caseworker"],
    "user deactivate": [ANA],
    "user reset-password": [ANA],
    "user change-address": [ANA, "newer@example.org"],
    "user device-link": [ANA],
    "user hand-over": [ANA, "nobody@example.org", "--section", "ES"],
    "user list": ["--section", "ES"],
    "user rename": [ANA, "--name", "Ana Newer"],
    "user reopen": [ANA, "--section", "ES", "--role", "caseworker"],
    "mail-bounce": [],
    "keys rotate": [],
    "evidence verify": [],
    "evidence reconcile": [],
    "audit verify": ["--head", "ES:1:00"],
    "explain": ["one-year"],
    "facts-schema": [],
}
WITHOUT_DATABASE = {"assess", "routes", "explain", "facts-schema"}
OFTEN_WELL = {"mail-bounce"}
"""Ends well with any mail, so that the mail server sends no bounce."""


def leaves(group: click.Group = cli.main, before: str = "") -> Iterator[str]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            if isinstance(command, click.Group):
                yield from leaves(command, f"{before}{name} ")
            else:
                yield f"{before}{name}"


COMMANDS = tuple(leaves())
OF_FILES = tuple(name for name in COMMANDS if FILE in CALLS.get(name, ()))


def test_every_command_is_called_here():
    assert set(CALLS) == set(COMMANDS)


def slow_except(kinds, *fast):
    """Return parameters of which only some are tried in `make test`."""
    return [kind if kind in fast else pytest.param(kind, marks=pytest.mark.slow) for kind in kinds]


class Caller:
    """Calls commands in this process, on the database of the test."""

    def __init__(self, environ, folder, engines):
        self.environ, self.folder, self.engines = environ, folder, engines
        self.ana = "ana@example.org"

    def call(self, name, arguments, *, given=b""):
        done = CliRunner().invoke(cli.main, [*name.split(), *arguments], input=given, env=self.environ)
        while self.engines:
            self.engines.pop().dispose()
        return done

    def arguments(self, name, file=None):
        return [str(file) if each == FILE else self.ana if each == ANA else each for each in CALLS[name]]

    def refused(self, name, arguments, *, may_be_well=False, given=b""):
        done = self.call(name, arguments, given=given)
        said = f"{name} {[each[:60] for each in arguments]}: {done.exit_code}\n{done.output[-600:]}\n{done.exception!r}"
        assert "Traceback" not in done.output, said
        assert "fault of caseflow" not in done.output, said
        assert done.exception is None or isinstance(done.exception, SystemExit), said
        if done.exit_code == 0:
            assert may_be_well or name in OFTEN_WELL, said
            return ""
        assert done.exit_code in (1, 2), said
        assert 0 < len(done.stderr.replace("x" * 60_000, "").strip()) < 4_000, said
        assert done.stderr.strip()[-1] in ".!?)\"'\u2026" or name.startswith(("user", "section")), said
        return done.stderr


@pytest.fixture
def caller(database, monkeypatch, tmp_path):
    engines = []

    def kept(make):
        def made(*given, **options):
            engines.append(make(*given, **options))
            return engines[-1]

        return made

    monkeypatch.setattr(runtime, "make_engine", kept(runtime.make_engine))
    monkeypatch.setattr(cli_settings, "make_engine", kept(cli_settings.make_engine))

    def never(*_):
        raise AssertionError("the stack must not start")

    monkeypatch.setattr(stack.Supervisor, "run", never)
    for name in ("DATABASE_URL", "REDIS_URL", "PORT", "CASEFLOW_HOME", "CASEFLOW_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    return Caller(database.settings.to_env() | {"CASEFLOW_HOME": str(tmp_path / "home")}, tmp_path, engines)


@pytest.fixture
def ana(runtime, caller):
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.CASEWORKER), email=caller.ana)


def nested(depth):
    return b'{"a":' * depth + b"1" + b"}" * depth


CONTENTS = {
    "empty": b"",
    "blanks": b" \n\n\t\n",
    "binary": bytes(range(256)) * 40,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "workbook": b"PK\x03\x04" + bytes(200),
    "web page": b"<!DOCTYPE html><html><table><tr><td>Spain</td></tr></table></html>",
    "null": json.dumps({"reference": "a\0b"}).encode() + b"\0",
    "Latin": '{"reference": "España"}\nEspaña;ñ'.encode("latin-1"),
    "UTF-16": '{"reference": "Spain"}\nSpain;x'.encode("utf-16"),
    "half a sign": b'{"reference": "\xc3"}',
    "surrogate": b'{"reference": "\\ud800"}',
    "nested": nested(100_000),
    "list nested": b"[" * 100_000,
    "array": b"[1, 2, 3]",
    "number": b"1" * 5_000,
    "not a number": b"NaN",
    "wrong schema": json.dumps(document(schema="caseflow/case-facts/99")).encode(),
    "wrong types": json.dumps(document(state=7, claims="x", on=[])).encode(),
    "odd dates": json.dumps(document(on="2026-02-30")).encode(),
    "key twice": b'{"state": "ES", "state": "FI"}',
    "quotation mark": b'iso2,name,covenant,op_signed\n"ES,Spain,party,2009\n',
    "one long line": b"x" * 300_000,
    "many rows": b"state,accepted,in_force_on,ended_on\n" + b"ES,yes,,\n" * 30_000,
    "many columns": b",".join([b"iso2"] * 50_000),
    "only separators": b";" * 10_000 + b"\n" + b"," * 10_000,
    "sep alone": b"sep=;",
    "unknown State": b"state,accepted,in_force_on,ended_on\nAtlantis,yes,2010-01-01,\n",
    "odd figures": b"state,accepted,in_force_on,ended_on\nES,yes,99/99/9999,\n",
    "two days": b"state,accepted,in_force_on,ended_on\nES,yes,05/02/2013,\n",
    "formula": b"state,accepted,in_force_on,ended_on,source\nES,yes,,,=cmd|' /C calc'!A0\n",
}  # fmt: skip


@pytest.mark.parametrize(
    "kind", slow_except(CONTENTS, "empty", "binary", "nested", "UTF-16", "wrong types", "two days")
)
def test_a_file_of_this_kind(caller, ana, kind):
    file = caller.folder / "file"
    file.write_bytes(CONTENTS[kind])
    for name in OF_FILES:
        caller.refused(name, caller.arguments(name, file))
    for name in ("assess", "routes", "mail-bounce"):
        arguments = [] if name == "mail-bounce" else ["-"]
        caller.refused(name, arguments, given=CONTENTS[kind])


def test_a_file_that_is_none(caller, ana, monkeypatch):
    folder = caller.folder / "folder"
    folder.mkdir()
    (caller.folder / "dangling").symlink_to(caller.folder / "nothing")
    (caller.folder / "circle").symlink_to(caller.folder / "circle")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(caller.folder)
        server.bind("socket")
    below_a_file = caller.folder / "plain" / "below"
    below_a_file.parent.write_text("x")
    odd = ["none", "dangling", "circle", "socket", "x" * 300, "a\nb", "\udcff", "\u202eexe", "~", "--", "plain/below"]
    for path in (folder, "", "/dev/zero", *odd):
        for name in OF_FILES:
            caller.refused(name, caller.arguments(name, path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(caller, ana):
    file = caller.folder / "closed"
    file.write_text("{}")
    file.chmod(0)
    for name in OF_FILES:
        caller.refused(name, caller.arguments(name, file))


def test_a_huge_file(caller, ana):
    file = caller.folder / "huge"
    with file.open("wb") as out:
        out.truncate(3 * 1024**3)
    for name in OF_FILES:
        assert "megabytes" in (said := caller.refused(name, caller.arguments(name, file))) or "kilobytes" in said


ODD_TEXTS = {
    "empty": "", "blank": " ", "long": "x" * 60_000, "251": "x" * 251, "301": "x" * 301, "minus": "-1", "surrogate": "\udcff",
    "line break": "a\nb", "escape": "\x1b]0;x\x07", "percent": "%(x)s%s%", "quote": "';--", "zero": "0", "direction": "\u202e\u200b",
    "unknown section": "ZZ", "unknown address": "nobody@example.org", "null": "a\0b",
}  # fmt: skip
ODD_DAYS = [
    "2026-02-30", "0000-00-00", "99999-01-01", "0001-01-01", "9999-12-31", "1434-05-05", "05/02/2013", "23.11.2026", "-1",
    "today", "2026-1-1", "2026-11-23T00:00", "\u0662\u0660\u0662\u0666-\u0661-\u0661", "1e400",
]  # fmt: skip


@pytest.fixture
def facts(tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(document()))
    return file


@pytest.mark.parametrize("kind", slow_except(ODD_TEXTS, "long", "surrogate"))
def test_an_odd_text_in_every_place_of_every_command(caller, ana, facts, kind):
    for name in COMMANDS:
        if name in ("up", "migrate"):
            continue
        well = caller.arguments(name, facts)
        for place, each in enumerate(well):
            if not each.startswith("--") and each != str(facts):
                odd = [*well[:place], ODD_TEXTS[kind], *well[place + 1 :]]
                caller.refused(name, odd, may_be_well=True)


@pytest.mark.parametrize("day", slow_except(ODD_DAYS, "2026-02-30", "1e400"))
def test_an_odd_day_in_every_place_of_a_day(caller, ana, facts, day):
    for name in COMMANDS:
        well = caller.arguments(name, facts)
        for place, each in enumerate(well):
            if each == "2026-01-01":
                caller.refused(name, [*well[:place], day, *well[place + 1 :]], may_be_well=True)


def test_unknown_options_missing_and_superfluous_arguments(caller, ana, facts):
    for name in COMMANDS:
        well = caller.arguments(name, facts)
        for odd in (["--colour", "red"], ["-x"], ["--on"], ["superfluous"] * 3):
            assert caller.call(name, [*well, *odd]).exit_code == 2 or name == "up"
        if well and name not in ("reassess", "audit verify", "explain", "user list"):
            caller.refused(name, [])


def socket_of_nobody(caller):
    return f"postgresql://caseflow_app:pw@/caseflow?host={caller.folder}"


SURROUNDINGS = {
    "no server on the socket": lambda caller: {"DATABASE_URL": socket_of_nobody(caller)},
    "no server on the port": lambda _: {"DATABASE_URL": "postgresql://caseflow_app:pw@127.0.0.1:1/caseflow"},
    "no such host": lambda _: {"DATABASE_URL": "postgresql://caseflow_app:pw@nowhere.invalid/caseflow"},
    "a wrong password": lambda c: {
        "DATABASE_URL": c.environ["DATABASE_URL"].replace("caseflow_tests:", "caseflow_tests:x")
    },
    "no such database": lambda c: {"DATABASE_URL": c.environ["DATABASE_URL"].replace("/own_", "/gone_")},
    "no such role": lambda c: {"DATABASE_URL": c.environ["DATABASE_URL"].replace("caseflow_tests", "caseflow_gone")},
    "an address that can't be read": lambda _: {"DATABASE_URL": "postgresql://a:b@[::1/x?y=\udcff"},
    "an address of another database": lambda _: {"DATABASE_URL": "mysql://a:b@c/d"},
    "no secrets": lambda _: {"SECRET_KEY": "", "DATA_KEYS": ""},
    "a damaged key": lambda _: {"DATA_KEYS": "k1:AAAA"},
    "no place for mail": lambda _: {"MAIL_FOLDER": "", "SMTP_HOST": ""},
    "a file of a secret that is none": lambda c: {"SECRET_KEY": "", "SECRET_KEY_FILE": str(c.folder)},
    "an unknown environment": lambda _: {"CASEFLOW_ENVIRONMENT": "moon"},
    "a port that is none": lambda c: {"PORT": "eighty", **home(c, "port")},
    "a home that is a file": lambda c: home(c, "file"),
    "a home below a file": lambda c: home(c, "file/below"),
    "a home that was never started": lambda c: home(c, "new"),
    "a home with a file for run": lambda c: home(c, "run", files=("run",)),
    "a home with a file for logs": lambda c: home(c, "logs", files=("logs",)),
    "a home with a file for secrets": lambda c: home(c, "secrets", files=("secrets",)),
    "a home with a folder for a secret": lambda c: home(c, "folder", folders=("secrets/app_password",)),
    "a home with an empty secret": lambda c: home(c, "empty", files=("secrets/app_password", "secrets/secret_key")),
    "a home with a path too long": lambda c: home(c, "x" * 300),
    "a home whose data has no version": lambda c: home(c, "data", files=("postgres/base",)),
}


def home(caller, name, *, files=(), folders=()):
    folder = caller.folder / "homes" / name
    if name == "file":
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("")
    for each in folders:
        (folder / each).mkdir(parents=True)
    for each in files:
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_text("")
        (folder / each).chmod(0o600)
    unset = dict.fromkeys(["DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL", "CASEFLOW_ENVIRONMENT"], "")
    return {**unset, "CASEFLOW_HOME": str(folder)}


WHERE_UP_DOES_NOT_START = {
    kind for kind in SURROUNDINGS if kind.startswith("a home") or "port that" in kind or "key" in kind
} - {"a home that was never started"}


@pytest.mark.parametrize("kind", SURROUNDINGS)
def test_surroundings_of_this_kind(caller, facts, kind):
    caller.environ = {**caller.environ, **SURROUNDINGS[kind](caller)}
    for name in COMMANDS:
        if name == "up" and kind not in WHERE_UP_DOES_NOT_START:
            continue
        if name == "migrate" and kind.startswith(("a wrong", "no such", "no server")):
            continue  # it uses the owner's address, which is well
        caller.refused(name, caller.arguments(name, facts), may_be_well=name in WITHOUT_DATABASE)


STATES_OF_THE_DATABASE = {
    "at the limit of connections": ("ALTER DATABASE {name} CONNECTION LIMIT 0", "takes no more connections"),
    "of a newer caseflow": ("UPDATE alembic_version SET version_num = '9999'", "newer caseflow"),
    "of an older caseflow": ("UPDATE alembic_version SET version_num = '0001_first_tables'", "caseflow migrate"),
    "without a schema": ("DROP TABLE alembic_version", "caseflow migrate"),
}


@pytest.mark.parametrize("kind", STATES_OF_THE_DATABASE)
def test_a_database_in_this_state(caller, database, facts, kind):
    statement, sentence = STATES_OF_THE_DATABASE[kind]
    with database.as_superuser() as engine, engine.begin() as connection:
        connection.execute(text(statement.format(name=connection.scalar(text("SELECT current_database()")))))
    for name in COMMANDS:
        if name in WITHOUT_DATABASE or name in ("up", "prepare"):
            continue
        if name == "migrate" and kind in ("of an older caseflow", "without a schema"):
            continue
        assert sentence in caller.refused(name, caller.arguments(name, facts)), name


OUTPUTS = {
    "closed": ">&-",
    "full": ">/dev/full",
    "not read": "| true",
    "cut off": "| head -c 10",
    "errors closed": "2>&-",
    "errors full": "2>/dev/full",
    "input closed": "<&-",
    "ASCII": "| cat",
}


@pytest.mark.parametrize("kind", OUTPUTS)
@pytest.mark.parametrize("command", ["facts-schema", "explain --all", "assess -", "--help", "user add"])
def test_an_output_or_input_that_is_closed_or_full(kind, command, facts):
    surroundings = {"PATH": os.defpath, "PYTHONIOENCODING": "ascii:strict" if kind == "ASCII" else "utf-8"}
    line = f"{sys.executable} -m caseflow.cli {command} < {facts} {OUTPUTS[kind]}"
    done = subprocess.run(["sh", "-c", line], env=surroundings, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"fault of caseflow" not in done.stderr
    assert b"Exception ignored" not in done.stderr
