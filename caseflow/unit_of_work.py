"""The only way to the data: one transaction of one actor.

    with units.begin(actor) as uow:
        open_case(uow, NewCase(...))

Leaving the block writes the audit trail, commits once, and only then sends jobs; an exception rolls all of it back.
No other code commits (a test checks it).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

import structlog
from sqlalchemy import Select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import instance_state, set_committed_value
from sqlalchemy.orm.exc import StaleDataError

import caseflow.db.lengths  # noqa: F401 - checks every flush
from caseflow.access.actor import Actor, PersonActor
from caseflow.audit import AuditTrail
from caseflow.db.sealing import KeyRing
from caseflow.errors import Conflict, NotFound
from caseflow.jobs import Job
from caseflow.models import Case
from caseflow.sources import ChangedClock, Sources

Result = TypeVar("Result")
Row = TypeVar("Row")
log = structlog.get_logger(__name__)


class OutcomeUnknown(Exception):
    """The connection broke during the commit: the transaction may have been committed or not."""


SendJob = Callable[[Job, dict[str, str]], None]
"""Sends a job to the queue. It may fail: what is due is stored in tables, the queue is a hint."""

SET_JOB = text("SELECT caseflow_take_job(:job)")
ACT_AS = text("SELECT caseflow_act_as(:user)")
"""Only the worker and the command line may: the web server becomes a person by the token of their session alone."""


class UnitOfWork:
    """One transaction of one actor. Made by `Units.begin`."""

    def __init__(self, session: Session, actor: Actor, keys: KeyRing, sources: Sources) -> None:
        self.session = session
        self.actor = actor
        self.keys = keys
        self.sources = sources
        self.audit = AuditTrail(actor)
        self.changed_cases: set[UUID] = set()
        self.reassigned_cases: set[UUID] = set()
        self.changed_clocks: list[ChangedClock] = []
        """What the commit changed in computed deadlines."""
        self._cache: dict[tuple[object, UUID], Any] = {}
        self.jobs: list[tuple[Job, dict[str, str]]] = []

    @property
    def person(self) -> PersonActor:
        """The person who acts.

        Raises:
            TypeError: a background job acts; it must not call services for people.
        """
        if not isinstance(self.actor, PersonActor):
            raise TypeError(f"{self.actor.job} is no person")
        return self.actor

    def facts_changed(self, case_id: UUID) -> None:
        """Mark a case whose facts changed: before the commit its computed deadlines are reconciled."""
        self.changed_cases.add(case_id)
        self.clear_cache()

    def owner_changed(self, case_id: UUID) -> None:
        """Mark a case that has another owner: before the commit the new owner gets its open deadlines."""
        self.reassigned_cases.add(case_id)

    def cached(self, compute: Callable[["UnitOfWork", Case], Result], case: Case) -> Result:
        """Return `compute(self, case)`, cached until facts change, because several panels need it."""
        key = (compute, case.id)
        if key not in self._cache:
            self._cache[key] = compute(self, case)
        return cast("Result", self._cache[key])

    def clear_cache(self) -> None:
        """Drop all cached results, because their facts may have changed."""
        self._cache.clear()

    def after_commit(self, job: Job, **arguments: str) -> None:
        """Send a background job after the commit, when it can see the data."""
        self.jobs.append((job, arguments))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Run a step in a savepoint: an error rolls back the step, not what came before it.

        Rows keep the values that they were read with, so that a page can be drawn from them after the error.
        """
        entries, jobs = list(self.audit.entries), list(self.jobs)
        changed, reassigned = set(self.changed_cases), set(self.reassigned_cases)
        self.flush()
        read = _values_read(self.session)
        try:
            with self.session.begin_nested():
                yield
                self.flush()
        except BaseException:
            _restore_values(read)
            self.audit.entries, self.jobs = entries, jobs
            self.changed_cases, self.reassigned_cases = changed, reassigned
            self.clear_cache()
            raise

    def flush(self) -> None:
        """Send changes to the database now.

        Raises:
            Conflict: another transaction changed a row meanwhile.
        """
        try:
            self.session.flush()
        except StaleDataError as error:
            raise Conflict(
                "Someone else saved this at the same moment. Reload the page and repeat your change."
            ) from error


def _values_read(session: Session) -> list[tuple[object, dict[str, Any]]]:
    """Return the rows of a session with all that is loaded of them; collections are copied."""
    return [
        (
            row,
            {
                name: list(value) if isinstance(value, list) else value
                for name, value in instance_state(row).dict.items()
            },
        )
        for row in session.identity_map.values()
    ]


def _restore_values(read: list[tuple[object, dict[str, Any]]]) -> None:
    """Give rows the values back that the rollback of a savepoint took from them.

    SQLAlchemy expires every row that was changed in the savepoint, with its relationships, which are never loaded again
    (`raise_on_sql`). The row may also have been removed by another transaction meanwhile.
    """
    for row, values in read:
        state = instance_state(row)
        for name in state.expired_attributes.intersection(values):
            set_committed_value(row, name, values[name])


@dataclass(frozen=True, slots=True)
class Identified:
    """The person whose session it is, and whether finding them wrote to the database."""

    person: PersonActor
    is_written: bool


@dataclass(frozen=True, slots=True)
class Units:
    """Opens units of work.

    Before the commit `facts_changed` is called for each case whose facts changed, and `owner_changed` for each other case
    with a new owner.
    """

    sessions: sessionmaker[Session]
    keys: KeyRing
    send: SendJob
    sources: Sources
    facts_changed: Callable[[UnitOfWork, UUID], None]
    owner_changed: Callable[[UnitOfWork, UUID], None]

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[UnitOfWork]:
        """Open a transaction for an actor; commit when the block ends without an error."""
        uow = UnitOfWork(self.sessions(), actor, self.keys, self.sources)
        with self.resume(uow):
            if isinstance(actor, PersonActor):
                uow.session.execute(ACT_AS, {"user": actor.user_id})
            else:
                uow.session.execute(SET_JOB, {"job": actor.job.value})
            yield uow

    def identify(self, find: Callable[[Session], Identified | None]) -> UnitOfWork | None:
        """Open a transaction for the person that `find` returns; None if it returns none. `find` sets the actor in the database.

        If `find` wrote something, that is committed at once: the page must not hold a lock on the person's session. When it
        finds nobody, it may have ended a session.

        Use it with `with units.resume(uow)`, which commits; a caller that does not must close the session.
        """
        session = self.sessions()
        try:
            found = find(session)
            if found is None or found.is_written:
                session.commit()
            if found is not None and found.is_written:
                found = find(session)
        except BaseException:
            session.close()
            raise
        if found is None:
            session.close()
            return None
        return UnitOfWork(session, found.person, self.keys, self.sources)

    @contextmanager
    def resume(self, uow: UnitOfWork) -> Iterator[UnitOfWork]:
        """Commit an open unit of work when the block ends without an error."""
        with uow.session:
            yield uow
            self._finish(uow)
        self._send(uow)

    def _finish(self, uow: UnitOfWork) -> None:
        uow.flush()
        uow.clear_cache()  # another transaction may have changed the case meanwhile
        for case_id in sorted(uow.changed_cases):
            self.facts_changed(uow, case_id)
        for case_id in sorted(uow.reassigned_cases - uow.changed_cases):
            self.owner_changed(uow, case_id)
        uow.flush()
        uow.audit.write(uow.session)
        try:
            uow.session.commit()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise  # PostgreSQL has answered that it refused
            raise OutcomeUnknown from error

    def _send(self, uow: UnitOfWork) -> None:
        for job, arguments in uow.jobs:
            try:
                self.send(job, arguments)
            except OSError as error:  # the queue is down: what is due is found in the tables
                log.warning("job_not_sent", job=job.value, error=type(error).__name__)
            except Exception:
                log.exception("job_not_sent", job=job.value)  # no reason to call what was committed a failure


def one(uow: UnitOfWork, statement: Select[Row], otherwise: NotFound) -> Row:
    """Return the one row that a statement finds.

    Raises:
        NotFound: `otherwise`, when there is no such row or it may not be seen.
    """
    found = uow.session.scalar(statement)
    if found is None:
        raise otherwise
    return found
