"""The page client: a person's browser, which checks every page it gets.

After each GET it checks the status, the title, that every control has a label and every script the nonce, that nothing is
inline, the number of statements, and that no other section is named in the page.

Fixtures: `runtime` (on this test's database), `sent_jobs` (the jobs sent to the queue), `app`, `pages`.

    page = pages(ana).get("/cases")                   # a `Page`: .words, .links, .html
    page = pages(ana).submit("/cases/new", title="…") # fills and sends the page's form, and follows redirects
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from caseflow import web
from caseflow.access.actor import JobActor, PersonActor, SystemRole
from caseflow.app import create_app
from caseflow.clock import now
from caseflow.db.prepare import WEB
from caseflow.features.monitoring.disk import DiskCheck
from caseflow.features.monitoring.status import StatusCache
from caseflow.jobs import Job
from caseflow.models import Section
from caseflow.runtime import Runtime, make_runtime
from caseflow.web import errors
from caseflow.web.typed import NEVER_SHOWN, names_of_fields
from tests.factories.people import open_browser
from tests.markup import SILENT, Markup, PageForm
from tests.servers import TEMPLATE, Database, RunServers

MANIFEST = Path(web.__file__).parents[1] / "static" / "vendor" / "manifest.json"
MOST_STATEMENTS = 30
"""Limit for any page; tests of a page set a lower one."""
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK")
LEFT_OUT = frozenset(json.loads(MANIFEST.read_text())["left_out"].split())
"""Classes of the kit that are not in our style sheet, because nothing seemed to use them."""
NONCE = re.compile(r"script-src 'nonce-([\w-]+)'")
KINDS_WITHOUT_TITLE = ("text/csv", "application/json", "text/plain", "text/calendar", "application/pdf")


@dataclass(frozen=True)
class Page:
    """A parsed response."""

    answer: TestResponse
    statements: list[str]

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def path(self) -> str:
        return self.answer.request.path

    @cached_property
    def html(self) -> str:
        return self.answer.get_data(as_text=True)

    @cached_property
    def markup(self) -> Markup:
        return Markup(self.html)

    @property
    def words(self) -> str:
        """The visible text, with single blanks."""
        return self.markup.words

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the words of their links; for equal words the first one."""
        return self.markup.links

    def form(self, number: int = 0) -> PageForm:
        """Return the POST form with this number in the page's main part."""
        return [form for form in self.markup.main if form.is_post][number]

    def error_at(self, name: str) -> str:
        """Return the error message of a field; an empty text if there is none."""
        found = re.search(rf'id="{re.escape(name)}-error"[^>]*>(.*?)</p>', self.html, re.DOTALL)
        words = " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""
        return unescape(words).removeprefix("Error").lstrip(" :")


def check(page: Page, foreign: dict[str, str]) -> None:
    """Fail if a page lacks what every page must have, or names a section in `foreign` (names by code)."""
    assert page.answer.headers["X-Content-Type-Options"] == "nosniff"
    for code, name in foreign.items():
        assert name not in page.html, f"{page.path} names {name} ({code}), which is none of this person's sections"
    if page.answer.mimetype in KINDS_WITHOUT_TITLE:
        return
    markup = page.markup
    assert markup.title.strip().partition("\u2013")[0].strip(), f"{page.path} has no title"
    assert not markup.unlabelled(), f"{page.path}: no label for {markup.unlabelled()}"
    assert not markup.faults, f"{page.path}: {markup.faults}"
    assert len(markup.ids) == len(set(markup.ids)), f"{page.path}: an id is used twice: {sorted(markup.ids)}"
    unstyled = markup.classes & LEFT_OUT
    assert not unstyled, (
        f"{page.path}: the style sheet has no {unstyled}: run python deploy/vendor.py, or see UNASKED there"
    )
    nonce = NONCE.search(page.answer.headers["Content-Security-Policy"])
    known = nonce[1] if nonce else None  # not needed on a page without scripts
    assert all(known and script.get("nonce") == known for script in markup.scripts), (
        f"{page.path}: a script lacks the nonce"
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


NOT_TYPED = {*SILENT, "password", "file"}


@dataclass
class Pages:
    """A browser of a person; not signed in without an actor."""

    app: Flask
    runtime: Runtime
    connections: Any
    actor: PersonActor | None = None
    token: str = ""

    def __post_init__(self) -> None:
        self.client = self.app.test_client()
        if self.actor is not None:
            self.token = open_browser(self.runtime.units, self.actor)
            with self.client.session_transaction() as session:
                session["_user_id"] = self.token

    def get(self, path: str, *, status: int = 200, most: int = MOST_STATEMENTS, may_name: tuple[str, ...] = ()) -> Page:
        """Get a page and check it. `may_name`: codes of other sections that may be named (a shared case)."""
        return self._checked(self._fetch(path), status, most, may_name)

    def _fetch(self, path: str) -> Page:
        with self._counted() as statements:
            return Page(self.client.get(path), statements)

    def _checked(self, page: Page, status: int, most: int = MOST_STATEMENTS, may_name: tuple[str, ...] = ()) -> Page:
        assert page.status == status, f"{page.path} answers {page.status}, not {status}: {page.words[:400]}"
        assert len(page.statements) <= most, f"{page.path} took {len(page.statements)}:\n" + "\n".join(page.statements)
        check(page, self._foreign_sections(may_name))
        assert not self._lost_fields(page), f"{page.path}: lost when the session ends: {self._lost_fields(page)}"
        return page

    def _lost_fields(self, page: Page) -> set[str]:
        """Return the boxes of the page's forms that do not come back when they are sent after the session has ended."""
        found: set[str] = set()
        for form in page.markup.main if page.answer.mimetype not in KINDS_WITHOUT_TITLE else []:
            boxes = {one.name.partition("-")[0] for one in form.controls if one.name and one.kind not in NOT_TYPED}
            if form.is_post and boxes:
                address = form.attributes.get("action") or page.path
                endpoint, _ = self.app.url_map.bind("").match(address.partition("?")[0], method="POST")
                with self.app.app_context():
                    found |= boxes - names_of_fields(str(endpoint)) - NEVER_SHOWN
        return found

    def post(self, path: str, values: dict[str, Any]) -> Page:
        """Send a POST with exactly these values; files among them are `FileStorage`."""
        sent: dict[str, Any] = {"data": values}
        if any(isinstance(one, FileStorage) for value in values.values() for one in _listed(value)):
            boundary, body = encode_multipart(MultiDict(values))  # Werkzeug's client would write it to a temporary file
            sent = {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}
        with self._counted() as statements:
            answer = self.client.post(path, **sent)
        return Page(answer, statements)

    def submit(self, path: str, *, form: int = 0, status: int = 200, follow: bool = True, **typed: Any) -> Page:
        """Get a page, fill its form as a browser does, and send it.

        In names of fields, two underscores stand for a dash; a field with the name of an option here gets a trailing
        underscore (`status_`). Redirects are followed unless `follow` is false; `status` is that of the last page.
        """
        drawn = self.get(path)
        return self.send(drawn, form=form, status=status, follow=follow, **typed)

    def send(self, drawn: Page, *, form: int = 0, status: int = 200, follow: bool = True, **typed: Any) -> Page:
        """Fill the form of a page, and send it."""
        values: dict[str, Any] = dict(drawn.form(form).values())
        for name, value in typed.items():
            box = name.removesuffix("_").replace("__", "-")
            assert box in values, f"{drawn.path} has no box {name}: {sorted(values)}"
            values[box] = value
        page = self.post(drawn.form(form).attributes.get("action") or drawn.answer.request.full_path, values)
        while follow and page.status in {302, 303}:
            page = self._fetch(page.answer.headers["Location"])
        return self._checked(page, status)

    def _foreign_sections(self, may_name: tuple[str, ...]) -> dict[str, str]:
        own = {member.section_id for member in self.actor.memberships} if self.actor else set()
        with self.runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
            rows = uow.session.execute(select(Section.id, Section.code, Section.name)).all()
        return {row.code: row.name for row in rows if row.id not in own and row.code not in may_name}

    @contextmanager
    def _counted(self) -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(NOT_COUNTED):
                statements.append(" ".join(statement.split())[:200])

        event.listen(self.connections, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(self.connections, "before_cursor_execute", note)


@dataclass
class Browsers:
    """Makes browsers, and keeps one per person."""

    make: Callable[[PersonActor | None], Pages]
    by_actor: dict[object, Pages] = field(default_factory=dict)

    def __call__(self, actor: PersonActor | None = None) -> Pages:
        """Return the browser of a person, always the same one."""
        key = actor.user_id if actor else None
        if key not in self.by_actor:
            self.by_actor[key] = self.make(actor)
        return self.by_actor[key]

    def another(self, actor: PersonActor | None) -> Pages:
        """Return a second browser of the same person."""
        return self.make(actor)


@pytest.fixture
def frozen_clock() -> Iterator[None]:
    """The clock stands still: on a busy machine a session would age between two pages, which costs a statement."""
    with time_machine.travel(now(), tick=False):
        yield


@pytest.fixture
def quick_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers with 404 do not wait for their moment (tested in `leaks/test_not_found_timing.py`): for walks that get thousands."""
    monkeypatch.setattr(errors, "NOT_FOUND_SECONDS", 0.001)


@pytest.fixture
def sent_jobs() -> list[tuple[Job, dict[str, str]]]:
    """The jobs that were sent to the queue."""
    return []


@pytest.fixture
def runtime(database: Database, sent_jobs: list[tuple[Job, dict[str, str]]]) -> Runtime:
    """The runtime of the application on this test's database."""
    return make_runtime(
        database.settings,
        engine=database.engine,
        sessions=_takes_role(database.sessions, "none"),
        send=lambda job, arguments: sent_jobs.append((job, arguments)),
    )


@pytest.fixture(scope="session")
def make_app(run_servers: RunServers) -> Callable[[Runtime], Flask]:
    """Makes a separate application. Templates are compiled once for all processes of the run."""
    folder = run_servers.folder / "templates"
    folder.mkdir(exist_ok=True)

    def make(runtime: Runtime) -> Flask:
        made = create_app(runtime)
        made.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
        return made

    return make


class SharedApp:
    """One application for all tests of a process, because making it is slow.

    Each test gets it with its own runtime, and without changes and cached data of other tests.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        tables: list[dict[Any, Any]] = [app.extensions, app.config, app.view_functions, app.jinja_env.globals]
        self._made = [(table, dict(table)) for table in tables]

    def lend(self, runtime: Runtime) -> Flask:
        """Return the application in its original state, with another runtime."""
        for table, made in self._made:
            table.clear()
            table.update(made)
        self.app.extensions["caseflow.runtime"] = runtime
        self.app.extensions["caseflow.status_cache"] = StatusCache(runtime.units)
        self.app.extensions["caseflow.disk_check"] = DiskCheck(runtime.units)
        return self.app


@pytest.fixture(scope="session")
def shared_app(run_servers: RunServers, make_app: Callable[[Runtime], Flask]) -> SharedApp:
    """The application of this process. It is made with a database that it never queries."""
    return SharedApp(make_app(make_runtime(run_servers.settings(TEMPLATE))))


def _takes_role(sessions: sessionmaker[Session], role: str) -> sessionmaker[Session]:
    """Return sessions that take a role of the database for each of their transactions, past the counted statements."""
    taking = sessionmaker(**sessions.kw)

    def take(_session: Session, _transaction: object, connection: Connection) -> None:
        connection.connection.driver_connection.execute(f"SET LOCAL ROLE {role}".encode())  # type: ignore[union-attr]

    event.listen(taking, "after_begin", take)
    return taking


@pytest.fixture
def app(shared_app: SharedApp, runtime: Runtime) -> Flask:
    """The real application on this test's database, which may do there what the web server may."""
    units = replace(runtime.units, sessions=_takes_role(runtime.units.sessions, WEB))
    return shared_app.lend(replace(runtime, units=units))


@pytest.fixture
def pages(app: Flask, runtime: Runtime, database: Database) -> Browsers:
    """Browsers: `pages(actor)` of a person, `pages()` without sign-in."""
    return Browsers(lambda actor: Pages(app, runtime, database.engine, actor))
