"""The one page client: somebody's browser, which looks at every page it gets.

On each GET it checks the status, the title, that every control has a label and every script the nonce, that nothing is
inline, how many statements the page cost, and that no other section is named in it.

Fixtures: `runtime` (parts on this test's database), `sent_jobs` (what was asked of the queue), `app`, `pages`.

    page = pages(ana).get("/cases")                   # a `Page`: .words, .links, .html
    page = pages(ana).submit("/cases/new", title="…") # fills the page's own form, as a browser does, and follows
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

import pytest
import time_machine
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, event, select
from werkzeug.test import TestResponse

from caseflow.access.actor import JobActor, PersonActor, SystemRole
from caseflow.app import create_app
from caseflow.clock import now
from caseflow.features.monitoring.status import StatusCache
from caseflow.jobs import Job
from caseflow.models import Section
from caseflow.runtime import Runtime, make_runtime
from tests.factories.people import open_browser
from tests.markup import Markup, PageForm
from tests.servers import TEMPLATE, Database, RunServers

MOST_STATEMENTS = 30
"""For one page, whatever it shows; tests of a page give its own bound."""
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK")
NONCE = re.compile(r"script-src 'nonce-([\w-]+)'")
KINDS_WITHOUT_TITLE = ("text/csv", "application/json", "text/plain", "text/calendar")


@dataclass(frozen=True)
class Page:
    """An answer, read."""

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
        """All words that a person reads, with single blanks."""
        return self.markup.words

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the words of their links; the first of equal words."""
        return self.markup.links

    def form(self, number: int = 0) -> PageForm:
        """Return a form of the page's main part that changes something, in the order of the page."""
        return [form for form in self.markup.main if form.is_post][number]

    def error_at(self, name: str) -> str:
        """Return the message that stands at a field; nothing when there is none."""
        found = re.search(rf'id="{re.escape(name)}-error"[^>]*>(.*?)</p>', self.html, re.DOTALL)
        words = " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""
        return unescape(words).removeprefix("Error").lstrip(" :")


def check(page: Page, foreign: dict[str, str]) -> None:
    """Refuse a page that lacks what every page has, or that names a section it must not name."""
    assert page.answer.headers["X-Content-Type-Options"] == "nosniff"
    for code, name in foreign.items():
        assert name not in page.html, f"{page.path} names {name} ({code}), which is none of this person's sections"
    if page.answer.mimetype in KINDS_WITHOUT_TITLE:
        return
    markup = page.markup
    assert markup.title.strip().partition("\u2013")[0].strip(), f"{page.path} has no title"
    assert not markup.unlabelled(), f"{page.path}: no label for {markup.unlabelled()}"
    assert not markup.faults, f"{page.path}: {markup.faults}"
    assert len(markup.ids) == len(set(markup.ids)), f"{page.path}: an id stands twice: {sorted(markup.ids)}"
    nonce = NONCE.search(page.answer.headers["Content-Security-Policy"])
    known = nonce[1] if nonce else None  # a page without scripts needs none
    assert all(known and script.get("nonce") == known for script in markup.scripts), (
        f"{page.path}: a script lacks the nonce"
    )


@dataclass
class Pages:
    """Somebody's browser; of nobody without an actor."""

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
        """Get a page and look at it. `may_name`: codes of other sections that stand there for a reason (a shared case)."""
        return self._look_at(self._fetch(path), status, most, may_name)

    def _fetch(self, path: str) -> Page:
        with self._counted() as statements:
            return Page(self.client.get(path), statements)

    def _look_at(self, page: Page, status: int, most: int = MOST_STATEMENTS, may_name: tuple[str, ...] = ()) -> Page:
        assert page.status == status, f"{page.path} answers {page.status}, not {status}: {page.words[:400]}"
        assert len(page.statements) <= most, f"{page.path} took {len(page.statements)}:\n" + "\n".join(page.statements)
        check(page, self._foreign_sections(may_name))
        return page

    def post(self, path: str, values: dict[str, Any]) -> Page:
        """Send just these values."""
        with self._counted() as statements:
            answer = self.client.post(path, data=values)
        return Page(answer, statements)

    def submit(self, path: str, *, form: int = 0, status: int = 200, follow: bool = True, **typed: Any) -> Page:
        """Open a page, fill its form as a browser does, and send it. Names with a dash are written with two underscores,
        and one that is also the name of an option here with one behind it (`status_`).

        A redirect is followed and the page behind it looked at, unless `follow` is false; `status` is that of the last.
        """
        drawn = self.get(path)
        return self.send(drawn, form=form, status=status, follow=follow, **typed)

    def send(self, drawn: Page, *, form: int = 0, status: int = 200, follow: bool = True, **typed: Any) -> Page:
        """Fill the form of a page that is open already, and send it."""
        values: dict[str, Any] = dict(drawn.form(form).values())
        for name, value in typed.items():
            box = name.removesuffix("_").replace("__", "-")
            assert box in values, f"{drawn.path} has no box {name}: {sorted(values)}"
            values[box] = value
        page = self.post(drawn.form(form).attributes.get("action") or drawn.answer.request.full_path, values)
        while follow and page.status in {302, 303}:
            page = self._fetch(page.answer.headers["Location"])
        return self._look_at(page, status)

    def _foreign_sections(self, may_name: tuple[str, ...]) -> dict[str, str]:
        own = {member.section_id for member in self.actor.memberships} if self.actor else set()
        with self.runtime.units.begin(JobActor(SystemRole.ACCOUNTS)) as uow:
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
class Opened:
    """Makes browsers."""

    make: Callable[[PersonActor | None], Pages]
    by_actor: dict[object, Pages] = field(default_factory=dict)

    def __call__(self, actor: PersonActor | None = None) -> Pages:
        """Return somebody's browser: the same one each time."""
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
def sent_jobs() -> list[tuple[Job, dict[str, str]]]:
    """What was asked of the queue."""
    return []


@pytest.fixture
def runtime(database: Database, sent_jobs: list[tuple[Job, dict[str, str]]]) -> Runtime:
    """The parts of the application on this test's database."""
    return make_runtime(
        database.settings,
        engine=database.engine,
        sessions=database.sessions,
        send=lambda job, arguments: sent_jobs.append((job, arguments)),
    )


@pytest.fixture(scope="session")
def make_app(run_servers: RunServers) -> Callable[[Runtime], Flask]:
    """Makes an application of one's own. Templates are compiled once for all processes of the run."""
    folder = run_servers.folder / "templates"
    folder.mkdir(exist_ok=True)

    def make(runtime: Runtime) -> Flask:
        made = create_app(runtime)
        made.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))
        return made

    return make


class SharedApp:
    """One application for all tests of a process, lent to one test after the other: making the routes takes long.

    Each test gets it with its own runtime, without what another test put into it, and without what was read of another
    database.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        tables: list[dict[Any, Any]] = [app.extensions, app.config, app.view_functions, app.jinja_env.globals]
        self._made = [(table, dict(table)) for table in tables]

    def lend(self, runtime: Runtime) -> Flask:
        """Return the application as it was made, on another runtime."""
        for table, made in self._made:
            table.clear()
            table.update(made)
        self.app.extensions["caseflow.runtime"] = runtime
        self.app.extensions["caseflow.status_cache"] = StatusCache(runtime.units)
        return self.app


@pytest.fixture(scope="session")
def shared_app(run_servers: RunServers, make_app: Callable[[Runtime], Flask]) -> SharedApp:
    """The application of this process. It is made on a database that it never asks."""
    return SharedApp(make_app(make_runtime(run_servers.settings(TEMPLATE))))


@pytest.fixture
def app(shared_app: SharedApp, runtime: Runtime) -> Flask:
    """The real application on this test's database."""
    return shared_app.lend(runtime)


@pytest.fixture
def pages(app: Flask, runtime: Runtime, database: Database) -> Opened:
    """Browsers: `pages(actor)` of somebody, `pages()` of nobody."""
    return Opened(lambda actor: Pages(app, runtime, database.engine, actor))
