"""The one road to the data: a transaction that knows who asks.

    with units.begin(actor) as uow:
        open_case(uow, NewCase(...))

Leaving the block writes the audit trail, commits once, and only then sends jobs; an exception rolls all of it back.
Nothing else commits (a test looks).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

import structlog
from sqlalchemy import Select, text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from caseflow.access.actor import Actor, PersonActor
from caseflow.audit import AuditTrail
from caseflow.db.sealing import KeyRing
from caseflow.errors import Conflict, NotFound
from caseflow.jobs import Job
from caseflow.models import Case
from caseflow.sources import Sources

Result = TypeVar("Result")
Row = TypeVar("Row")
log = structlog.get_logger(__name__)

SendJob = Callable[[Job, dict[str, str]], None]
"""Hands a job to the queue. May fail: what is due stands in tables, the queue is a hint."""

WHO_ASKS = text("SELECT set_config('caseflow.user', :user, true), set_config('caseflow.job', :job, true)")


class UnitOfWork:
    """One transaction of one actor. Made by `Units.begin`."""

    def __init__(self, session: Session, actor: Actor, keys: KeyRing, sources: Sources) -> None:
        self.session = session
        self.actor = actor
        self.keys = keys
        self.sources = sources
        self.audit = AuditTrail(actor)
        self.changed_cases: set[UUID] = set()
        self.handed_over_cases: set[UUID] = set()
        self._remembered: dict[tuple[object, UUID], Any] = {}
        self.jobs: list[tuple[Job, dict[str, str]]] = []

    @property
    def person(self) -> PersonActor:
        """The person who acts.

        Raises:
            TypeError: a background job acts; services for people must not be called from it.
        """
        if not isinstance(self.actor, PersonActor):
            raise TypeError(f"{self.actor.job} is no person")
        return self.actor

    def facts_changed(self, case_id: UUID) -> None:
        """Note that facts of a case changed: all sources of deadlines are asked before the commit."""
        self.changed_cases.add(case_id)
        self.forget()

    def owner_changed(self, case_id: UUID) -> None:
        """Note that a case has another owner: its open deadlines are handed over before the commit."""
        self.handed_over_cases.add(case_id)

    def remember(self, compute: Callable[["UnitOfWork", Case], Result], case: Case) -> Result:
        """Return what a function computes from a case, computed once until facts change: several panels ask for it."""
        key = (compute, case.id)
        if key not in self._remembered:
            self._remembered[key] = compute(self, case)
        return cast("Result", self._remembered[key])

    def forget(self) -> None:
        """Drop all that is remembered: what it was computed from may have changed."""
        self._remembered.clear()

    def after_commit(self, job: Job, **arguments: str) -> None:
        """Ask for a background job once the data it needs is there for all to see."""
        self.jobs.append((job, arguments))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try a step that may be refused: an error undoes the step, not what came before it."""
        entries, jobs = list(self.audit.entries), list(self.jobs)
        changed, handed_over = set(self.changed_cases), set(self.handed_over_cases)
        try:
            with self.session.begin_nested():
                yield
                self.flush()
        except BaseException:
            self.audit.entries, self.jobs = entries, jobs
            self.changed_cases, self.handed_over_cases = changed, handed_over
            self.forget()
            raise

    def flush(self) -> None:
        """Send changes to the database now.

        Raises:
            Conflict: somebody else saved a row in the meantime.
        """
        try:
            self.session.flush()
        except StaleDataError as error:
            raise Conflict(
                "Someone else saved this at the same moment. Reload the page and repeat your change."
            ) from error


@dataclass(frozen=True, slots=True)
class Units:
    """Makes units of work.

    Before the commit `facts_changed` is called for each case whose facts changed, and `owner_changed` for each other one that
    has another owner.
    """

    sessions: sessionmaker[Session]
    keys: KeyRing
    send: SendJob
    sources: Sources
    facts_changed: Callable[[UnitOfWork, UUID], None]
    owner_changed: Callable[[UnitOfWork, UUID], None]

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[UnitOfWork]:
        """Open a transaction in the actor's name; commit when the block ends well."""
        uow = UnitOfWork(self.sessions(), actor, self.keys, self.sources)
        with self.resume(uow):
            user = str(actor.user_id) if isinstance(actor, PersonActor) else ""
            job = "" if isinstance(actor, PersonActor) else actor.job.value
            uow.session.execute(WHO_ASKS, {"user": user, "job": job})
            yield uow

    def identify(self, find: Callable[[Session], PersonActor | None]) -> UnitOfWork | None:
        """Open a transaction as the person whom `find` finds, and names to the database; None where it finds nobody.

        The block `with units.resume(uow)` ends it as `begin` does; a caller that does not get there closes its session.
        """
        session = self.sessions()
        try:
            actor = find(session)
        except BaseException:
            session.close()
            raise
        if actor is None:
            session.close()
            return None
        return UnitOfWork(session, actor, self.keys, self.sources)

    @contextmanager
    def resume(self, uow: UnitOfWork) -> Iterator[UnitOfWork]:
        """Commit a unit of work that is open when the block ends well."""
        with uow.session:
            yield uow
            self._finish(uow)
        self._send(uow)

    def _finish(self, uow: UnitOfWork) -> None:
        uow.flush()
        uow.forget()  # somebody else may have changed the case in the meantime
        for case_id in sorted(uow.changed_cases):
            self.facts_changed(uow, case_id)
        for case_id in sorted(uow.handed_over_cases - uow.changed_cases):
            self.owner_changed(uow, case_id)
        uow.flush()
        uow.audit.write(uow.session)
        uow.session.commit()

    def _send(self, uow: UnitOfWork) -> None:
        for job, arguments in uow.jobs:
            try:
                self.send(job, arguments)
            except OSError as error:  # the queue is down: the sweep finds what is due in the tables
                log.warning("job_not_sent", job=job.value, error=type(error).__name__)


def one(uow: UnitOfWork, statement: Select[Row], otherwise: NotFound) -> Row:
    """Return the one row that a statement finds.

    Raises:
        NotFound: there is none, or it may not be seen; `otherwise` says so in words.
    """
    found = uow.session.scalar(statement)
    if found is None:
        raise otherwise
    return found
