"""`caseflow up`: which processes make one caseflow, in which order they start, and what is printed when it answers."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from caseflow.errors import CaseflowError
from caseflow.local.account import Account, can_run, hand_over
from caseflow.local.home import Home, open_home
from caseflow.local.logs import Terminal
from caseflow.local.postgres import STOP_SIGNAL, PostgresServer, data_version
from caseflow.local.programs import Servers, find_postgres, find_redis
from caseflow.local.redis import RedisServer
from caseflow.local.settings import local_settings, own_servers, port_of
from caseflow.local.supervisor import Program, Supervisor
from config import Settings

PASSED_ON = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONDONTWRITEBYTECODE")
JOB_PROCESSES = 2
PATIENCE_SECONDS = 10.0  # for the port of a stack that was killed a moment ago


def up(environ: Mapping[str, str]) -> None:
    """Run the whole stack until it is stopped."""
    port = port_of(environ)
    bind = environ.get("CASEFLOW_BIND") or "127.0.0.1"
    home = open_home(environ)
    terminal = Terminal()
    settings = local_settings(environ, home, port=port)
    with home.locked(settings.base_url) as unclean:
        _require_free_port(bind, port, patience=PATIENCE_SECONDS if unclean else 0)
        terminal.write(f"Starting caseflow in {home.folder} ...\n")
        greeting = home.run / "greeting"
        account = _python_account(home.account, terminal)
        stages = _stages(environ, home, settings, account, greeting, web=(bind, port))

        def announce() -> None:
            terminal.write(f"\nCaseflow answers on {settings.base_url}\n")
            terminal.write(greeting.read_text(encoding="utf-8") + "\nStop it with Ctrl-C.\n\n")
            greeting.unlink()

        try:
            Supervisor(stages, home.logs, terminal).run(announce)
        finally:
            home.forget_sockets()


def _stages(
    environ: Mapping[str, str],
    home: Home,
    settings: Settings,
    account: Account | None,
    greeting: Path,
    *,
    web: tuple[str, int],
) -> list[list[Program]]:
    """Servers, as far as the environment names none; migrations and first contents; the application."""
    wanted = Servers.wanted(environ.get("CASEFLOW_SERVERS"))
    own_postgres, own_redis = own_servers(environ)
    prepare_environment = {**_environment(settings, home), "CASEFLOW_GREETING": str(greeting)}
    if settings.demo_data:
        prepare_environment["CASEFLOW_DEMO_PASSWORD"] = home.secret("demo_password")
    servers = []
    if own_postgres:
        server = _postgres(home, wanted)
        server.make_data()
        prepare_environment["CASEFLOW_ADMIN_URL"] = server.url("postgres")
        servers.append(
            Program(
                "postgres",
                server.command,
                home.run,
                server.environment,
                home.account,
                is_ready=server.is_ready,
                before=server.forget_dead_server,
                stop_signal=STOP_SIGNAL,
            )
        )
    if own_redis:
        redis = RedisServer(
            find_redis(wanted, home.account, home.programs), home.sockets() / "redis.sock", home.account
        )
        servers.append(
            Program("redis", redis.command, home.run, redis.environment, home.account, is_ready=redis.is_ready)
        )
    hand_over(settings.files.folder, account)
    prepare = Program(
        "prepare",
        [sys.executable, "-m", "caseflow.local.prepare"],
        home.run,
        prepare_environment,
        account,
        runs_once=True,
        start_seconds=600,
    )
    return [servers, [prepare], _application(home, settings, account, *web)]


def _postgres(home: Home, wanted: Servers) -> PostgresServer:
    programs = find_postgres(wanted, home.account, home.programs, data_version=data_version(home.postgres))
    return PostgresServer(programs, home.postgres, home.sockets(), home.secret("postgres_password"), home.account)


def _application(home: Home, settings: Settings, account: Account | None, bind: str, port: int) -> list[Program]:
    """The three Python processes; each gets the role of its own, and none the owner's."""
    if settings.mail_folder is not None:
        hand_over(settings.mail_folder, account)
    of_web = _environment(settings.of_process(settings.web_database_url), home)
    of_worker = _environment(settings.of_process(settings.worker_database_url), home)
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "-A", "worker.app"]
    web = [
        *(*python, "gunicorn", "--config", "python:caseflow.front.configuration"),
        *("--bind", f"{bind}:{port}", "--worker-tmp-dir", str(home.run)),
    ]
    worker = [
        *celery,
        "worker",
        "--loglevel",
        "INFO",
        "--concurrency",
        str(JOB_PROCESSES),
        "--without-mingle",
        "--without-gossip",
    ]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile=", "--schedule", str(home.run / "beat-schedule")]
    return [
        Program("web", web, home.run, of_web, account, is_ready=lambda: _answers(bind, port)),
        Program("worker", worker, home.run, of_worker, account, ready_line=" ready."),
        # The beat has nothing to save, and once outlived a killed supervisor: so it is killed.
        Program("beat", beat, home.run, of_worker, account, ready_line="beat: Starting", stop_signal=signal.SIGKILL),
    ]


def _environment(settings: Settings, home: Home) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {"LANG": "C.UTF-8", **inherited, "HOME": str(home.run), "PYTHONUNBUFFERED": "1", **settings.to_env()}


def _python_account(account: Account | None, terminal: Terminal) -> Account | None:
    """Return the account for the Python processes: that of the servers, if it can run this Python and code."""
    if account is None or can_run(account, [sys.executable, "-c", "import caseflow, click, config"]):
        return account
    terminal.write(
        f"The account {account.name} can't run {sys.executable}, so web and worker run as root "
        "(PostgreSQL and Redis do not). A Python that every account may run changes that.\n"
    )
    return None


def _require_free_port(bind: str, port: int, *, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((bind, port))
            except OSError as error:
                if time.monotonic() < deadline:
                    time.sleep(0.1)
                    continue
                raise CaseflowError(
                    f"Port {port} on {bind} can't be used: {error.strerror}. Another program (or another caseflow) has it. "
                    f"Choose another, for example: PORT={port + 1} make run"
                ) from None
            return


def _answers(bind: str, port: int) -> bool:
    """Request /health; 503 is an answer too: at first the worker has not been seen yet."""
    connection = http.client.HTTPConnection("127.0.0.1" if bind == "0.0.0.0" else bind, port, timeout=5)  # noqa: S104 - compared
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status in (http.HTTPStatus.OK, http.HTTPStatus.SERVICE_UNAVAILABLE)
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
