"""Engines and sessions."""

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from caseflow.db.patience import watch


def make_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Return an engine for a PostgreSQL address. Statements that wait for a lock give up after ten seconds.

    A transaction may be idle while a slow mail server accepts a mail, so the server's own idle timeout is switched off. With
    `pool_pre_ping` the application recovers by itself after a restart of PostgreSQL. `jit` is off: compiling a plan costs fifteen
    milliseconds and more, and our statements read a page of rows. `random_page_cost` is that of memory and solid-state disks:
    with the usual 4 a list reads all cases of a section and sorts them, instead of the first thousand in order. A server that
    does not answer is given up within a few seconds (`db.patience`).
    """
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,  # parameters are case data: never in logs or error pages
        connect_args={
            "connect_timeout": 3,
            # For a network that drops everything: the connection is given up when nothing was acknowledged for ten seconds.
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 10,
            "application_name": "caseflow",
            "options": "-c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=0 -c timezone=UTC -c jit=off -c random_page_cost=1.1",
        },
    )
    watch(engine)
    return engine


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    """Return a factory of sessions. Objects stay readable after the commit, for the redirect that follows."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=True)


def make_sessions_within(connection: Connection) -> sessionmaker[Session]:
    """Return a factory of sessions whose commits are parts of the connection's transaction: all of them are kept, or none."""
    return sessionmaker(connection, expire_on_commit=False, autoflush=True, join_transaction_mode="create_savepoint")
