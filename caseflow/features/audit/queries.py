"""The queries of the audit trail. Row security decides whose trail an auditor reads; no query reads the changed values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Text, Uuid, column, func, literal, select, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY

from caseflow.db.paging import Cursor
from caseflow.features.audit.commands import TrailSearch
from caseflow.models import AuditChain, AuditEntry, Membership, Section, User
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One act, without what it changed. `person` is None for a job."""

    entry_id: UUID
    at: datetime
    section: str
    person: str | None
    job: str
    action: str
    case_id: UUID | None


_AUDITED = select(func.unnest(func.caseflow_audit_sections(), type_=Uuid).label("section_id")).subquery()


def entries(uow: UnitOfWork, search: TrailSearch, place: Cursor | None, size: int) -> list[TrailEntry]:
    """Return entries, the latest first, from a cursor on: of each section the first ones, by its index. One statement."""
    columns = (AuditEntry.id, AuditEntry.at, AuditEntry.section_id, AuditEntry.actor_id, AuditEntry.job)
    own = (
        select(*columns, AuditEntry.action, AuditEntry.case_id)
        .where(AuditEntry.section_id == _AUDITED.c.section_id)
        .where(AuditEntry.at >= search.begins_at, AuditEntry.at < search.ends_at)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(size)
    )
    if search.case_id is not None:
        own = own.where(AuditEntry.case_id == search.case_id)
    if search.person_id is not None:
        own = own.where(AuditEntry.actor_id == search.person_id)
    if search.action:
        own = own.where(AuditEntry.action == search.action)
    if place is not None:
        own = own.where(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(literal(place.value), literal(place.id)))
    first = own.lateral("first")
    found = (
        select(first.c.id, first.c.at, Section.code, User.name, first.c.job, first.c.action, first.c.case_id)
        .select_from(_AUDITED.join(first, true()))
        .join(Section, Section.id == first.c.section_id)
        .outerjoin(User, User.id == first.c.actor_id)
        .order_by(first.c.at.desc(), first.c.id.desc())
        .limit(size)
    )
    return [TrailEntry(*row) for row in uow.session.execute(found)]


def references(uow: UnitOfWork, case_ids: Collection[UUID], wanted: str = "") -> dict[UUID, str]:
    """Return the references of cases by id, and of the one with a reference, if the person reads the trail of their section."""
    found = (
        func.caseflow_audited_cases(literal(list(case_ids), ARRAY(Uuid)), wanted)
        .table_valued(column("id", Uuid), column("reference", Text))
        .render_derived(name="found")
    )
    return {row.id: row.reference for row in uow.session.execute(select(found.c.id, found.c.reference))}


def views(uow: UnitOfWork, case_id: UUID, size: int) -> list[tuple[str | None, date]]:
    """Return who opened a case, and on which day, the latest first."""
    found = (
        func.caseflow_audited_views(case_id, size)
        .table_valued(column("person", Uuid), column("viewed_on", Date))
        .render_derived(name="found")
    )
    rows = select(User.name, found.c.viewed_on).select_from(found).outerjoin(User, User.id == found.c.person)
    return [(row[0], row[1]) for row in uow.session.execute(rows.order_by(found.c.viewed_on.desc(), User.name))]


def people(uow: UnitOfWork) -> dict[str, str]:
    """Return the names of the people who have or had a role in the audited sections, by id, in the order of the names."""
    members = select(Membership.user_id).join(_AUDITED, _AUDITED.c.section_id == Membership.section_id)
    listed = select(User.id, User.shown_name).where(User.id.in_(members)).order_by(User.shown_name, User.id)
    found = uow.session.execute(listed)
    return {str(row[0]): row[1] for row in found}


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of a section: how many entries it has, and the hash of the last one."""

    code: str
    name: str
    entries: int
    head: str


def chains(uow: UnitOfWork) -> list[Chain]:
    """Return the chains of the sections whose trail the acting person reads, by name."""
    found = select(Section.code, Section.name, AuditChain.last_sequence, AuditChain.last_hash)
    rows = found.join(AuditChain, AuditChain.section_id == Section.id).order_by(Section.name)
    return [Chain(row[0], row[1], row[2], row[3].hex()) for row in uow.session.execute(rows)]
