"""The one road to the data: a transaction that knows who asks.

    with units.begin(actor) as uow:
        open_case(uow, NewCase(...))

Leaving the block writes the audit trail, commits once, and only then sends jobs; an exception rolls all of it back.
Nothing else commits (a test looks).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from caseflow.access.actor import Actor, PersonActor
from caseflow.audit import AuditTrail
from caseflow.db.sealing import KeyRing
from caseflow.errors import Conflict
from caseflow.jobs import Job

log = structlog.get_logger(__name__)

SendJob = Callable[[Job, dict[str, str]], None]
"""Hands a job to the queue. May fail: what is due stands in tables, the queue is a hint."""

WHO_ASKS = text("SELECT set_config('caseflow.user', :user, true), set_config('caseflow.job', :job, true)")


class UnitOfWork:
    """One transaction of one actor. Made by `Units.begin`."""

    def __init__(self, session: Session, actor: Actor, keys: KeyRing) -> None:
        self.session = session
        self.actor = actor
        self.keys = keys
        self.audit = AuditTrail(actor)
        self.changed_cases: set[UUID] = set()
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
        """Say that facts of a case changed: its clocks are computed anew before the commit."""
        self.changed_cases.add(case_id)

    def after_commit(self, job: Job, **arguments: str) -> None:
        """Ask for a background job once the data it needs is there for all to see."""
        self.jobs.append((job, arguments))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try a step that may be refused: an error undoes the step, not what came before it."""
        entries, touched, jobs = list(self.audit.entries), set(self.changed_cases), list(self.jobs)
        try:
            with self.session.begin_nested():
                yield
                self.flush()
        except BaseException:
            self.audit.entries, self.changed_cases, self.jobs = entries, touched, jobs
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
                "Somebody else saved this at the same moment. Load the page again and repeat your change."
            ) from error


@dataclass(frozen=True, slots=True)
class Units:
    """Makes units of work. `on_touched` is called for each case whose facts changed, before the commit."""

    sessions: sessionmaker[Session]
    keys: KeyRing
    send: SendJob
    facts_changed: Callable[[UnitOfWork, UUID], None]

    @contextmanager
    def begin(self, actor: Actor) -> Iterator[UnitOfWork]:
        """Open a transaction in the actor's name; commit when the block ends well."""
        with self.sessions() as session:
            uow = UnitOfWork(session, actor, self.keys)
            user = str(actor.user_id) if isinstance(actor, PersonActor) else ""
            job = "" if isinstance(actor, PersonActor) else actor.job.value
            session.execute(WHO_ASKS, {"user": user, "job": job})
            yield uow
            self._finish(uow)
        self._send(uow)

    def _finish(self, uow: UnitOfWork) -> None:
        uow.flush()
        for case_id in sorted(uow.changed_cases):
            self.facts_changed(uow, case_id)
        uow.flush()
        uow.audit.write(uow.session)
        uow.session.commit()

    def _send(self, uow: UnitOfWork) -> None:
        for job, arguments in uow.jobs:
            try:
                self.send(job, arguments)
            except OSError as error:  # the queue is down: the sweep finds what is due in the tables
                log.warning("job_not_sent", job=job.value, error=type(error).__name__)
