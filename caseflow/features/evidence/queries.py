"""Queries of evidence."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import joinedload, selectinload

from caseflow.errors import Forbidden, NotFound
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import (
    Act,
    Case,
    CasePerson,
    Claim,
    CustodyKind,
    Damage,
    DomesticRemedy,
    DossierBuild,
    Evidence,
    EvidenceContent,
    EvidenceCustody,
    EvidenceKind,
    EvidenceSupport,
    User,
)
from caseflow.rendering import RENDERED
from caseflow.unit_of_work import UnitOfWork, one

_OF_CASE = (Evidence.case_id == Case.id, Evidence.removed_at.is_(None))
NUMBER_OF_EVIDENCE = select(func.count()).where(*_OF_CASE).correlate(Case).scalar_subquery()
"""How many pieces of evidence a case has, as part of a query on cases."""
_HAS_FILE = EvidenceContent.key_sealed.is_not(None)
"""Not removed."""
_WHOLE = (joinedload(Evidence.content), joinedload(Evidence.supports))


def evidence_of_case(uow: UnitOfWork, case: Case) -> Sequence[Evidence]:
    """Return the evidence of a case by number, with what was removed: one statement.

    The content of what is restricted to others is missing.
    """
    found = select(Evidence).where(Evidence.case_id == case.id).options(*_WHOLE).order_by(Evidence.number)
    return uow.session.scalars(found).unique().all()


def one_evidence(uow: UnitOfWork, case: Case, evidence_id: UUID) -> Evidence:
    """Return a piece of evidence of a case, with its content.

    Raises:
        NotFound: it does not exist, may not be seen, or is restricted to others.
    """
    content = EvidenceContent.evidence_id == Evidence.id
    found = (
        select(Evidence).join(EvidenceContent, content).where(Evidence.id == evidence_id, Evidence.case_id == case.id)
    )
    missing = NotFound("This piece of evidence does not exist, or you do not have access to it.")
    return one(uow, found.options(joinedload(Evidence.content), selectinload(Evidence.supports)), missing)


def standing_evidence(uow: UnitOfWork, case: Case, evidence_id: UUID) -> Evidence:
    """Return a piece of evidence of a case whose file was not removed.

    Raises:
        NotFound: it does not exist, may not be seen, or is restricted to others.
        Forbidden: its file was removed.
    """
    found = one_evidence(uow, case, evidence_id)
    if found.removed_at is not None:
        raise Forbidden("The file of this piece of evidence was removed. Its page says when, by whom and why.")
    return found


def added_by(uow: UnitOfWork, evidence: Evidence) -> UUID | None:
    """Return who added the file of a piece of evidence."""
    stored = EvidenceCustody.kind == CustodyKind.STORED
    return uow.session.scalar(select(EvidenceCustody.user_id).where(EvidenceCustody.evidence_id == evidence.id, stored))


def record_look(uow: UnitOfWork, evidence: Evidence, at: datetime) -> None:
    """Record that the acting person looked at the copy of a file, unless it was recorded in this hour."""
    hour, user_id = at.strftime("%Y-%m-%dT%H"), uow.person.user_id
    look = insert(EvidenceCustody).values(
        id=uuid5(evidence.id, f"{user_id} {hour}"),
        evidence_id=evidence.id,
        case_id=evidence.case_id,
        kind=CustodyKind.VIEWED,
        at=at,
        user_id=user_id,
    )
    uow.session.execute(look.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """An event of the custody. `who` is None for the nightly check, and empty for somebody whose name the reader may not know."""

    event: EvidenceCustody
    who: str | None


def custody_of(uow: UnitOfWork, evidence: Evidence) -> list[CustodyEvent]:
    """Return the custody of a piece of evidence from its beginning: one statement."""
    found = (
        select(EvidenceCustody, User.name)
        .outerjoin(User, User.id == EvidenceCustody.user_id)
        .where(EvidenceCustody.evidence_id == evidence.id)
        .order_by(EvidenceCustody.at, EvidenceCustody.kind.desc())
    )
    rows = uow.session.execute(found)
    return [CustodyEvent(event, None if event.user_id is None else name or "") for event, name in rows]


@dataclass(frozen=True, slots=True)
class Held:
    """What a case holds: the number of files, the highest number given, and bytes."""

    files: int
    last_number: int
    size: int


def held_by_case(uow: UnitOfWork, case: Case) -> Held:
    """Return how much evidence a case holds, also of what the reader may not see in detail: one statement."""
    standing = func.count().filter(Evidence.removed_at.is_(None))
    numbers = select(standing, func.coalesce(func.max(Evidence.number), 0)).where(Evidence.case_id == case.id)
    size = select(func.coalesce(func.sum(EvidenceContent.size), 0)).where(EvidenceContent.case_id == case.id, _HAS_FILE)
    row = uow.session.execute(numbers.add_columns(size.scalar_subquery())).one()
    return Held(row[0], row[1], int(row[2]))


@dataclass(frozen=True, slots=True)
class Support:
    """That a piece of evidence supports a claim, by itself or through an act or a remedy of it; `claim_id` is None for a person."""

    evidence_id: UUID
    number: int
    kind: EvidenceKind | None
    claim_id: UUID | None
    stage: str | None
    """Of the remedy that it supports."""


_SUPPORTS = (
    select(
        Evidence.id,
        Evidence.number,
        Evidence.kind,
        func.coalesce(EvidenceSupport.claim_id, Act.claim_id, DomesticRemedy.claim_id),
        DomesticRemedy.stage,
    )
    .join(EvidenceSupport, EvidenceSupport.evidence_id == Evidence.id)
    .outerjoin(Act, Act.id == EvidenceSupport.act_id)
    .outerjoin(DomesticRemedy, DomesticRemedy.id == EvidenceSupport.remedy_id)
    .where(Evidence.case_id.in_(bindparam("case_ids", expanding=True)))
    .order_by(Evidence.case_id, Evidence.number, DomesticRemedy.stage, EvidenceSupport.id)
)


def supports(uow: UnitOfWork, case_ids: Collection[UUID]) -> list[Support]:
    """Return what the evidence of cases supports, whoever may know what it is: one statement."""
    return [Support(*row) for row in uow.session.execute(_SUPPORTS, {"case_ids": list(case_ids)})]


def supports_of_case(uow: UnitOfWork, case: Case) -> list[Support]:
    """Return what the evidence of a case supports: one statement."""
    return supports(uow, [case.id])


def next_unchecked(uow: UnitOfWork, before: datetime) -> EvidenceContent | None:
    """Return the content whose file was checked longest ago, or never, if that was before a moment; locked, passing over others' locks."""
    due = EvidenceContent.verified_at.is_(None) | (EvidenceContent.verified_at < before)
    found = select(EvidenceContent).where(due, _HAS_FILE).order_by(EvidenceContent.verified_at.nulls_first()).limit(1)
    return uow.session.scalar(found.with_for_update(skip_locked=True))


def mark_checked(uow: UnitOfWork, content: EvidenceContent, at: datetime, damage: Damage | None) -> None:
    """Keep when a file was checked, and what was found; for whoever has its form open nothing changed."""
    content.verified_at, content.damage = at, damage
    uow.flush()


def last_verified_event(uow: UnitOfWork, content: EvidenceContent) -> datetime | None:
    """Return when the custody of a file says last that it is unchanged."""
    verified = EvidenceCustody.kind == CustodyKind.VERIFIED
    found = select(func.max(EvidenceCustody.at)).where(EvidenceCustody.evidence_id == content.evidence_id, verified)
    return uow.session.scalar(found)


_WITHOUT_COPY = (
    EvidenceContent.media_type.in_(RENDERED),
    EvidenceContent.copy_as.is_(None),
    EvidenceContent.copy_refusal.is_(None),
    _HAS_FILE,
)


def next_to_copy(uow: UnitOfWork, before: datetime, tries: int) -> EvidenceContent | None:
    """Return a content without a copy that was not begun since a moment and was tried less often than `tries`; locked, passing over others' locks."""
    begun = EvidenceContent.copy_begun_at
    is_due = (begun.is_(None) | (begun < before), EvidenceContent.copy_tries < tries)
    found = select(EvidenceContent).where(*_WITHOUT_COPY, *is_due).order_by(begun.nulls_first()).limit(1)
    return uow.session.scalar(found.with_for_update(skip_locked=True))


def content_to_copy(uow: UnitOfWork, evidence_id: UUID) -> EvidenceContent | None:
    """Return the content of a piece of evidence, locked, if it still has no copy."""
    found = select(EvidenceContent).where(EvidenceContent.evidence_id == evidence_id, *_WITHOUT_COPY)
    return uow.session.scalar(found.with_for_update())


def further_files(uow: UnitOfWork) -> set[UUID]:
    """Return the names in the store of what is no evidence: copies for looking, and documents of dossiers."""
    copies = select(EvidenceContent.copy_as).where(EvidenceContent.copy_as.is_not(None))
    documents = select(DossierBuild.stored_as).where(DossierBuild.stored_as.is_not(None))
    return {name for name in uow.session.scalars(union_all(copies, documents)) if name is not None}


def known_files(uow: UnitOfWork) -> dict[UUID, UUID]:
    """Return the name in the store of every file that was not removed, and whose it is."""
    rows = uow.session.execute(select(EvidenceContent.stored_as, EvidenceContent.evidence_id).where(_HAS_FILE))
    return {row.stored_as: row.evidence_id for row in rows}


def removed_files(uow: UnitOfWork) -> set[UUID]:
    """Return the names in the store of all files that were removed, and of their copies."""
    rows = uow.session.execute(select(EvidenceContent.stored_as, EvidenceContent.copy_as).where(~_HAS_FILE))
    return {name for row in rows for name in row if name is not None}


def next_to_destroy(uow: UnitOfWork) -> EvidenceContent | None:
    """Return the content of a removed file whose bytes are still to be destroyed; locked, passing over others' locks."""
    found = select(EvidenceContent).where(~_HAS_FILE, EvidenceContent.destroyed_at.is_(None)).limit(1)
    return uow.session.scalar(found.with_for_update(skip_locked=True))


Row = Claim | Act | DomesticRemedy | CasePerson
COLUMNS: Final[dict[type[Row], str]] = {
    Claim: "claim_id",
    Act: "act_id",
    DomesticRemedy: "remedy_id",
    CasePerson: "case_person_id",
}
"""What evidence can support, and the column that names it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something of a case that evidence can support."""

    row: Row
    claim_number: int | None
    """Of the claim that it is, or is part of: 1 for the first."""

    @property
    def column(self) -> str:
        """The column of `evidence_support` that names it."""
        return COLUMNS[type(self.row)]

    @property
    def code(self) -> str:
        """What stands for it in a form."""
        return code_of(self.column, self.row.id)


def code_of(column: str, row_id: UUID) -> str:
    """Return what stands for a row in a form."""
    return f"{column.removesuffix('_id')}:{row_id}"


def codes_of(evidence: Evidence) -> tuple[str, ...]:
    """Return the codes of what a piece of evidence supports, in the order in which it was said."""
    return tuple(map(_code_of_support, evidence.supports))


def _code_of_support(one: EvidenceSupport) -> str:
    named = {column: getattr(one, column) for column in COLUMNS.values()}
    return next(code_of(column, row_id) for column, row_id in named.items() if row_id is not None)


def targets_of_case(uow: UnitOfWork, case: Case, claims: Sequence[Claim] | None = None) -> list[Target]:
    """Return all that evidence of a case can support: claim by claim with its acts and remedies, then persons.

    Four statements, or two if the claims are loaded with their acts.
    """
    if claims is None:
        own_claims = select(Claim).where(Claim.case_id == case.id).options(selectinload(Claim.acts))
        claims = uow.session.scalars(own_claims.order_by(Claim.position)).all()
    remedies = uow.cached(remedies_of_case, case)
    people = select(CasePerson).where(CasePerson.case_id == case.id).order_by(CasePerson.position)
    found: list[Target] = []
    for number, claim in enumerate(claims, 1):
        own = [one for one in remedies if one.claim_id == claim.id]
        rows: list[Row] = [claim, *claim.acts, *own]
        found += [Target(row, number) for row in rows]
    return found + [Target(person, None) for person in uow.session.scalars(people)]
