"""The servers of a test run: one temporary PostgreSQL and one Redis, shared by all workers, removed at the end.

They are real servers, started by the code of `caseflow up`; `CASEFLOW_SERVERS=system` and `=wheel` choose which. Each
worker has a database cloned from one migrated template; each test a savepoint in it. A test marked `commits` has a
clone of its own. A test marked `holds(what=make)` begins with what `make(runtime)` made, once in each process.

Fixtures: `demo_database` (a clone with the demo coalition), `made` (what `make` returned), `settings` (of this test's database), `engine` (as the application's role), `database` (engine, sessions and the
superuser's address).
"""

import fcntl
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg._preparing import Prepare, PrepareManager
from psycopg.pq.abc import PGresult
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from caseflow.access.actor import JobActor, SystemRole
from caseflow.db.engine import make_engine
from caseflow.db.migrate import upgrade
from caseflow.db.prepare import COMMAND, CONNECTION_LIMITS, OWNER, WEB, WORKER, closing, prepare_database
from caseflow.local import process
from caseflow.local.account import hand_over, server_account
from caseflow.local.first_start import DEMO_PASSWORD, first_start
from caseflow.local.postgres import STOP_SIGNAL, THROW_AWAY, PostgresServer
from caseflow.local.programs import Servers, find_postgres, find_redis
from caseflow.local.redis import RedisServer
from caseflow.runtime import Runtime, load_all_packs, make_runtime
from config import Settings

SETTINGS = {
    **THROW_AWAY,
    "autovacuum": "off",  # the databases do not live long enough
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "plan_cache_mode": "force_generic_plan",  # planning with policies takes longer than running on few rows
}
TEMPLATE = "template_caseflow"
DEMO = "template_demo"
PASSWORD_OF_THE_DEMO = "k7fp-2mxd-9qhw-4tzn"
PASSWORD = "only-for-this-run"  # the socket's folder is closed to other accounts
TESTS = "caseflow_tests"
ROLE_OF_TESTS = (
    f"CREATE ROLE {TESTS} LOGIN PASSWORD '{PASSWORD}'",
    f"GRANT {WEB}, {WORKER}, {COMMAND} TO {TESTS}",
    # A browser of a person is opened without their password, in the transaction of the test.
    "CREATE FUNCTION tests_open_session(token bytea, who uuid, at timestamptz) RETURNS void "
    "LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS "
    "$$ INSERT INTO user_session (id, token_hash, user_id, browser, created_at, seen_at) "
    "VALUES (gen_random_uuid(), token, who, '', at, at) $$",
    f"REVOKE ALL ON FUNCTION tests_open_session FROM PUBLIC; GRANT EXECUTE ON FUNCTION tests_open_session TO {TESTS}",
    # No process may delete acceptances; tests begin with those of the pack or with none.
    "CREATE FUNCTION tests_forget_acceptances() RETURNS void "
    "LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ DELETE FROM treaty_acceptance $$",
    f"REVOKE ALL ON FUNCTION tests_forget_acceptances FROM PUBLIC; GRANT EXECUTE ON FUNCTION tests_forget_acceptances TO {TESTS}",
)
"""A role that may act as every process, because the rows of a test are in one transaction of one connection.

Pages are answered as `caseflow_web` all the same: `tests/pages.py` takes that role for each transaction of the application.
"""


class RunServers:
    """The servers of this run. The process that made the folder starts and stops them; workers only use them."""

    def __init__(self, folder: Path | None = None) -> None:
        self.owned = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="caseflow-test-", dir="/tmp"))
        self._processes: list[tuple[process.Running, signal.Signals]] = []
        self._in_background = ThreadPoolExecutor(max_workers=1)
        self._dropped: list[Future[None]] = []
        account = server_account(os.environ.get("CASEFLOW_ACCOUNT"))
        wanted = Servers.wanted(os.environ.get("CASEFLOW_SERVERS"))
        copies, sockets = self.folder / "programs", self.folder / "run"
        if self.owned:
            self.folder.chmod(0o711)
            hand_over(sockets, account)
        programs = find_postgres(wanted, account, copies, data_version=None)
        self.postgres = PostgresServer(programs, self.folder / "postgres", sockets, PASSWORD, account, SETTINGS)
        self.redis = RedisServer(find_redis(wanted, account, copies), sockets / "redis.sock", account)

    def start(self) -> None:
        """Start both, once."""
        if not self.owned or self._processes:
            return
        self.postgres.make_data(sync=False)
        self._start(self.postgres, STOP_SIGNAL)
        self._start(self.redis, signal.SIGTERM)

    def _start(self, server: PostgresServer | RedisServer, stop: signal.Signals) -> None:
        with (self.folder / f"{type(server).__name__}.log").open("ab") as log:
            running = process.start(
                server.command,
                account=server.account,
                folder=self.folder / "run",
                environment=server.environment,
                last_signal=signal.SIGQUIT
                if stop is STOP_SIGNAL
                else signal.SIGKILL,  # nothing here is worth a checkpoint
                output=log.fileno(),
            )
        self._processes.append((running, stop))
        process.wait_until_ready(running, server.is_ready, what=type(server).__name__)

    def stop(self) -> None:
        """Stop both and remove the folder, in the process that made it."""
        if not self.owned:
            return
        for running, stop in reversed(self._processes):
            process.end(running, first=stop)
        shutil.rmtree(self.folder)

    def settings(self, database: str, redis_database: int = 0) -> Settings:
        """Return the settings of an application on that database."""
        return Settings.from_env(
            {
                "CASEFLOW_ENVIRONMENT": "test",
                "DATABASE_URL": self.postgres.url(database, TESTS, PASSWORD),
                "OWNER_DATABASE_URL": self.postgres.url(database, OWNER, PASSWORD),
                "WEB_DATABASE_URL": self.postgres.url(database, WEB, PASSWORD),
                "WORKER_DATABASE_URL": self.postgres.url(database, WORKER, PASSWORD),
                "REDIS_URL": self.redis.url(redis_database),
                "SECRET_KEY": "hVq7ZtLw3mXc9RfKp2YbN8sDgJ4uEa6T",
                "DATA_KEYS": "t1:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=",
                "BASE_URL": "http://localhost",
                "MAIL_FOLDER": str(self.folder / "mail" / database),
                "FILES_FOLDER": str(self.folder / "files" / database),
                "EVIDENCE_FREE_MB": "0",
                "ARGON2_PROFILE": "quick",
            }
        )

    def make_template(self) -> None:
        """Migrate the template once in a run."""
        with self._once(TEMPLATE) as result:
            if not result.exists():
                prepare_database(self.postgres.url("postgres"), TEMPLATE, dict.fromkeys(CONNECTION_LIMITS, PASSWORD))
                upgrade(self.postgres.url(TEMPLATE, OWNER, PASSWORD))
                with psycopg.connect(self.postgres.url(TEMPLATE), autocommit=True) as connection:
                    for statement in ROLE_OF_TESTS:
                        connection.execute(statement.encode())
                self._load_packs()
                result.touch()

    def make_demo_template(self) -> list[str]:
        """Fill a template with the demo coalition once in a run, by a first start; return what that start printed."""
        self.make_template()
        with self._once(DEMO) as result:
            if not result.exists():
                self._create(DEMO, TEMPLATE)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setenv(DEMO_PASSWORD, PASSWORD_OF_THE_DEMO)
                    lines = first_start(replace(self.settings(DEMO), demo_data=True))
                result.write_text("\n".join(lines))
            return result.read_text().splitlines()

    @contextmanager
    def _once(self, what: str) -> Iterator[Path]:
        """Yield the file that marks `what` as made; other processes wait until the block ends."""
        with (self.folder / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.folder / f"{what}.made"

    def _load_packs(self) -> None:
        runtime = make_runtime(self.settings(TEMPLATE))
        with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
            load_all_packs(uow)
        runtime.engine.dispose()  # nobody may be connected to a template that is cloned

    @contextmanager
    def clone(self, name: str, template: str = TEMPLATE) -> Iterator[str]:
        """Yield the name of a new copy of a template."""
        self.make_template()
        self._create(name, template)
        yield name
        # PostgreSQL writes a checkpoint before it drops a database, which takes seconds on a busy disk.
        self._dropped.append(self._in_background.submit(self._drop, name))

    def _drop(self, name: str) -> None:
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def finish(self) -> None:
        """Wait until the databases of this process are dropped.

        Raises:
            psycopg.Error: one could not be dropped.
        """
        self._in_background.shutdown()
        for dropped in self._dropped:
            dropped.result()

    def _create(self, name: str, template: str) -> None:
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE {template} OWNER caseflow_owner STRATEGY FILE_COPY".encode()
            )
            for statement in (*closing(name), f"GRANT TEMPORARY ON DATABASE {name} TO {TESTS}"):
                connection.execute(statement.encode())


@dataclass(frozen=True)
class Database:
    """The database of one test."""

    settings: Settings
    engine: Engine  # real commits: only with the marker `commits`
    sessions: sessionmaker[Session]  # what they commit is rolled back at the end (not with `commits`)
    superuser_url: str = field(repr=False)

    @contextmanager
    def as_superuser(self) -> Iterator[Engine]:
        """Yield an engine of the superuser, who is not subject to row security."""
        engine = create_engine(self.superuser_url)
        yield engine
        engine.dispose()


_RUN = pytest.StashKey[RunServers]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers before the workers of xdist; without xdist the first test that needs them does."""
    worker_input = getattr(config, "workerinput", None)
    if worker_input is not None:
        config.stash[_RUN] = RunServers(Path(worker_input["servers_folder"]))
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: servers stopped, folder removed
    if config.getoption("dist", "no") != "no" and not config.option.collectonly:
        config.stash[_RUN] = RunServers()
        config.stash[_RUN].start()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Pass the folder of the servers to a new worker."""
    node.workerinput["servers_folder"] = str(node.config.stash[_RUN].folder)  # type: ignore[attr-defined]  # xdist's own


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers, also after Ctrl-C."""
    servers = config.stash.get(_RUN, None)
    if servers is not None:
        servers.stop()


@pytest.fixture(scope="session")
def run_servers(pytestconfig: pytest.Config) -> Iterator[RunServers]:
    """PostgreSQL and Redis of this run."""
    if _RUN not in pytestconfig.stash:
        pytestconfig.stash[_RUN] = RunServers()
        pytestconfig.stash[_RUN].start()
    yield pytestconfig.stash[_RUN]
    pytestconfig.stash[_RUN].finish()


class KeptPlans(PrepareManager):
    """Statements that are prepared when they come a second time, and stay so when a test is rolled back.

    Planning a statement with the policies of its tables takes longer than running it on the few rows of a test. psycopg forgets
    what is prepared at each rollback, because a table might be another one afterwards.
    """

    prepare_threshold = 1
    prepared_max = 500

    def _should_discard(self, prep: Prepare, results: Sequence[PGresult]) -> bool:
        return super()._should_discard(prep, [one for one in results if one.command_status != b"ROLLBACK"])


def keep_plans(connection: psycopg.Connection, _record: object) -> None:
    """Let a connection keep its plans."""
    connection._prepared = KeptPlans()


def _worker_number() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


Make = Callable[[Runtime], Any]


class Prepared:
    """The databases of a process that tests share or copy: the empty one, and each thing that is made once (marker `holds`)."""

    def __init__(self, servers: RunServers) -> None:
        self._servers, self._open = servers, ExitStack()
        self._made: dict[Make, tuple[str, Any]] = {}
        self._shared: dict[str, tuple[str, Engine]] = {}

    def made(self, make: Make) -> tuple[str, Any]:
        """Return the database in which `make` was called once, to which nobody is connected, and what it returned."""
        if make not in self._made:
            name = self._open.enter_context(self._servers.clone(f"made_{_worker_number()}_{len(self._made)}"))
            runtime = make_runtime(self._servers.settings(name), send=lambda _job, _arguments: None)
            self._made[make] = name, make(runtime)
            runtime.engine.dispose()
        return self._made[make]

    def shared(self, template: str) -> tuple[str, Engine]:
        """Return the copy of a template in which every test is rolled back, and its engine."""
        if template not in self._shared:
            name = self._open.enter_context(
                self._servers.clone(f"worker_{_worker_number()}_{len(self._shared)}", template)
            )
            engine = make_engine(self._servers.settings(name).database_url)
            event.listen(engine, "connect", keep_plans)
            self._open.callback(engine.dispose)
            self._shared[template] = name, engine
        return self._shared[template]

    def close(self) -> None:
        """Drop all of them."""
        self._open.close()


@pytest.fixture(scope="session")
def prepared(run_servers: RunServers) -> Iterator[Prepared]:
    """The databases that the tests of this process share."""
    databases = Prepared(run_servers)
    yield databases
    databases.close()


@contextmanager
def own_database(servers: RunServers, template: str = TEMPLATE) -> Iterator[Database]:
    """Yield a separate database for real commits. Tests of a module that roll back their changes may share one."""
    with servers.clone(f"own_{_worker_number()}_{secrets.token_hex(4)}", template) as name:
        settings = servers.settings(name, _worker_number())
        engine = make_engine(settings.database_url)
        event.listen(engine, "connect", keep_plans)
        yield Database(settings, engine, sessionmaker(engine, expire_on_commit=False), servers.postgres.url(name))
        engine.dispose()


@pytest.fixture
def demo_database(run_servers: RunServers) -> Iterator[Database]:
    """A database with the demo coalition, for real commits."""
    run_servers.make_demo_template()
    with own_database(run_servers, DEMO) as database:
        yield database


def _held(request: pytest.FixtureRequest, prepared: Prepared) -> tuple[str, Any]:
    """Return the template of a test, and what was made in it."""
    marker = request.node.get_closest_marker("holds")
    return prepared.made(marker.kwargs["what"]) if marker else (TEMPLATE, None)


@pytest.fixture
def made(request: pytest.FixtureRequest, prepared: Prepared) -> Any:
    """What the function named in the marker `holds` returned. The database of the test holds it."""
    return _held(request, prepared)[1]


@pytest.fixture
def database(request: pytest.FixtureRequest, run_servers: RunServers, prepared: Prepared) -> Iterator[Database]:
    """The database of this test: the worker's with a savepoint, or with the marker `commits` a separate one."""
    template, _ = _held(request, prepared)
    if request.node.get_closest_marker("commits") is not None:
        with own_database(run_servers, template) as database:
            yield database
        return
    name, engine = prepared.shared(template)
    settings = run_servers.settings(name, _worker_number())
    with engine.connect() as connection:
        outer = connection.begin()
        sessions = sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        yield Database(settings, engine, sessions, run_servers.postgres.url(name))
        outer.rollback()


@pytest.fixture
def settings(database: Database) -> Settings:
    """The settings of an application on this test's database."""
    return database.settings


@pytest.fixture
def engine(database: Database) -> Engine:
    """The application's engine on this test's database."""
    return database.engine
