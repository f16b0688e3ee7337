"""Queries on cases. Row security decides which are visible; the filters here are not for safety."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Uuid,
    any_,
    bindparam,
    column,
    func,
    select,
    true,
)
from sqlalchemy.orm import joinedload, selectinload, undefer

from caseflow.errors import CaseMerged, NotFound
from caseflow.features.cases.commands import HistorySearch
from caseflow.models import (
    AuditEntry,
    Case,
    CaseMerge,
    CaseView,
    Claim,
    DeadlineKind,
    DomesticRemedy,
    User,
)
from caseflow.unit_of_work import UnitOfWork

_WITH_CLAIMS = selectinload(Case.claims).options(
    joinedload(Claim.acts), joinedload(Claim.other_treaty_articles), joinedload(Claim.housing_applications)
)
PARTS_OF_CASE = (_WITH_CLAIMS, selectinload(Case.other_procedures), selectinload(Case.state_objections))
"""The children that facts are read from, besides remedies: three statements for any number of cases."""


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next deadline of a case, for its row in the list."""

    kind: DeadlineKind
    title: str
    due_on: date


_CASE = (
    select(Case)
    .where(Case.id == bindparam("case_id"))
    .options(joinedload(Case.section), joinedload(Case.owner).undefer(User.shown_name), undefer(Case.owner_works_here))
)
_WHOLE_CASE = _CASE.options(
    undefer(Case.stale_version), _WITH_CLAIMS, joinedload(Case.other_procedures), joinedload(Case.state_objections)
)
"""Built once at import: building such a statement takes as long as PostgreSQL takes to run it."""


def one_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Return a case with section and owner.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    return _found(uow, case_id, uow.session.scalar(_CASE, {"case_id": case_id}))


def whole_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Return a case with section, owner, claims, acts, procedures elsewhere and objections: what its page shows.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    return _found(uow, case_id, uow.session.scalars(_WHOLE_CASE, {"case_id": case_id}).unique().one_or_none())


def whole_cases(uow: UnitOfWork, conditions: Sequence[ColumnElement[bool]]) -> Sequence[Case]:
    """Return the cases that meet all conditions, with everything that sources of facts and deadlines read."""
    found = select(Case).where(*conditions).options(joinedload(Case.section), *PARTS_OF_CASE).order_by(Case.id)
    return uow.session.scalars(found).all()


def lock_case(uow: UnitOfWork, case_id: UUID) -> None:
    """Lock a case until the transaction ends, waiting if somebody else has it. Changes of its facts and deadlines need this lock."""
    uow.session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))


def locked_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Lock a case (`lock_case`) and return its present state, with section and owner.

    Raises:
        NotFound: it may not be seen any more.
    """
    lock_case(uow, case_id)
    fresh = {"populate_existing": True}
    return _found(uow, case_id, uow.session.scalar(_CASE, {"case_id": case_id}, execution_options=fresh))


def locked_whole_case(uow: UnitOfWork, case_id: UUID) -> Case:
    """Lock a case and return its present state, with everything that `whole_case` loads.

    Of two people who save parts of one case concurrently, the second waits here and then reads both changes.

    Raises:
        NotFound: it may not be seen any more.
    """
    lock_case(uow, case_id)
    fresh = {"populate_existing": True}
    found = uow.session.scalars(_WHOLE_CASE, {"case_id": case_id}, execution_options=fresh)
    return _found(uow, case_id, found.unique().one_or_none())


def case_by_reference(uow: UnitOfWork, reference: str) -> Case:
    """Return a visible case by its reference.

    Raises:
        NotFound: none has it.
    """
    found = select(Case).where(Case.reference == reference).options(joinedload(Case.section)).limit(1)
    case = uow.session.scalar(found)
    if case is None:
        raise _MISSING
    return case


_MISSING = NotFound("This case does not exist, or you do not have access to it.")
_MERGES = select(CaseMerge.kept_id, CaseMerge.merged_reference).where(CaseMerge.undone_at.is_(None))


def _found(uow: UnitOfWork, case_id: UUID, case: Case | None) -> Case:
    if case is not None:
        return case
    merged = uow.session.execute(_MERGES.where(CaseMerge.merged_id == case_id)).first()
    raise _MISSING if merged is None else CaseMerged(*merged)


def rights_of_claims(uow: UnitOfWork, case_id: UUID) -> list[str]:
    """Return the rights of a case's claims in the order of the claims, each once."""
    lists = uow.session.scalars(select(Claim.rights).where(Claim.case_id == case_id).order_by(Claim.position))
    return list(dict.fromkeys(right for rights in lists for right in rights))


def has_remedy(uow: UnitOfWork, case_id: UUID) -> bool:
    """Return whether any domestic remedy of a case is recorded."""
    return uow.session.scalar(select(DomesticRemedy.id).where(DomesticRemedy.case_id == case_id).limit(1)) is not None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One audit entry for the case's history. `who` is None for a background job, or a user who may not be seen."""

    at: datetime
    who: str | None
    action: str
    subject: str
    changes: dict[str, list[object]]


_MERGED_INTO = select(CaseMerge.merged_id).where(
    CaseMerge.kept_id == bindparam("case_id"), CaseMerge.undone_at.is_(None)
)
_OF_CASE = AuditEntry.case_id == any_(
    func.array_append(func.array(_MERGED_INTO.scalar_subquery()), bindparam("case_id"))
)
"""Of the case, or of one that was merged into it."""
_ITS_CASES = (
    func.unnest(func.array_append(func.array(_MERGED_INTO.scalar_subquery()), bindparam("case_id")))
    .table_valued(column("id", Uuid))
    .render_derived(name="its_cases")
)
"""The case, and those that were merged into it."""


def _entries(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the latest entries that meet all conditions. Of each case no more are read than shown: the index has them in order."""
    limit = bindparam("limit", type_=Integer)
    latest = (
        select(
            AuditEntry.at,
            AuditEntry.sequence,
            User.shown_name,
            AuditEntry.action,
            AuditEntry.subject,
            AuditEntry.changes,
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.case_id == _ITS_CASES.c.id, *conditions)
        .order_by(AuditEntry.at.desc(), AuditEntry.sequence.desc())
        .limit(limit)
        .lateral()
    )
    shown = [one for one in latest.c if one is not latest.c.sequence]
    found = select(*shown).select_from(_ITS_CASES).join(latest, true())
    return found.order_by(latest.c.at.desc(), latest.c.sequence.desc()).limit(limit)


_HISTORY = _entries()


def history(
    uow: UnitOfWork, case_id: UUID, *, limit: int, before: datetime | None = None, search: HistorySearch | None = None
) -> list[HistoryEntry]:
    """Return the history of a case, the latest entry first."""
    conditions = [*(_wanted(search) if search else ()), *([] if before is None else [AuditEntry.at < before])]
    entries = _entries(*conditions) if conditions else _HISTORY
    return [HistoryEntry(*row) for row in uow.session.execute(entries, {"case_id": case_id, "limit": limit})]


def _wanted(search: HistorySearch) -> Iterator[ColumnElement[bool]]:
    if search.actions:
        yield AuditEntry.action.in_(search.actions)
    if search.person_id is not None:
        yield User.id == search.person_id
    if search.is_unnamed:
        yield User.id.is_(None)
    if search.begins_at is not None:
        yield AuditEntry.at >= search.begins_at
    if search.ends_at is not None:
        yield AuditEntry.at < search.ends_at


_PEOPLE_OF_HISTORY = (
    select(User.id, User.shown_name)
    .where(User.id.in_(select(AuditEntry.actor_id).where(_OF_CASE)))
    .order_by(User.name, User.id)
)


def people_of_history(uow: UnitOfWork, case_id: UUID) -> dict[UUID, str]:
    """Return the names of the people who appear in the history of a case, by id."""
    found = uow.session.execute(_PEOPLE_OF_HISTORY, {"case_id": case_id})
    return {row.id: row.shown_name for row in found}


_VIEWERS = (
    select(User.shown_name, func.max(CaseView.viewed_on))
    .join(User, User.id == CaseView.user_id)
    .where(CaseView.case_id == bindparam("case_id"))
    .group_by(User.id)
    .order_by(func.max(CaseView.viewed_on).desc(), User.name)
    .limit(bindparam("limit", type_=Integer))
)


def viewers(uow: UnitOfWork, case_id: UUID, *, limit: int) -> list[tuple[str, date]]:
    """Return the latest viewers of a case, with their days."""
    return [(name, day) for name, day in uow.session.execute(_VIEWERS, {"case_id": case_id, "limit": limit})]


def state_of_latest_case(uow: UnitOfWork, section_id: UUID) -> str:
    """Return the State of a section's latest case; empty if it has no cases."""
    latest = (
        select(Case.state_code)
        .where(Case.section_id == section_id)
        .order_by(Case.opened_on.desc(), Case.id.desc())
        .limit(1)
    )
    return uow.session.scalar(latest) or ""


def count_and_last_position(uow: UnitOfWork, kind: Any, among: ColumnElement[bool]) -> tuple[int, int]:
    """Return the number of rows in a list, and their last position, or 0 if there are none."""
    found = uow.session.execute(select(func.count(), func.coalesce(func.max(kind.position), 0)).where(among)).one()
    return found[0], found[1]


def neighbour(uow: UnitOfWork, row: Any, among: ColumnElement[bool], *, earlier: bool) -> Any:
    """Return the row before or after another in its list; None at the end."""
    kind = type(row)
    found = select(kind).where(among)
    if earlier:
        found = found.where(kind.position < row.position).order_by(kind.position.desc())
    else:
        found = found.where(kind.position > row.position).order_by(kind.position)
    return uow.session.scalar(found.limit(1))
