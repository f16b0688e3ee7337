"""Queries of the dossier. Row security decides what is visible."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import joinedload

from caseflow.errors import NotFound
from caseflow.features.dossier.commands import TextPlace
from caseflow.models import (
    BuildState,
    Case,
    DossierAnnex,
    DossierBuild,
    DossierKind,
    DossierText,
    State,
    User,
)
from caseflow.unit_of_work import UnitOfWork, one

LISTED: Final = 20
"""Built documents that a page shows."""
_KEYS: Final = (DossierText.part, DossierText.claim_id, DossierText.rule)


def present_texts(uow: UnitOfWork, case: Case) -> dict[TextPlace, DossierText]:
    """Return the present version of each text of a dossier, with who wrote it: one statement."""
    found = (
        select(DossierText)
        .where(DossierText.case_id == case.id)
        .options(joinedload(DossierText.written_by).undefer(User.shown_name))
        .ext(distinct_on(*_KEYS))
        .order_by(*_KEYS, DossierText.version.desc())
    )
    return {TextPlace(row.part, row.claim_id, row.rule): row for row in uow.session.scalars(found)}


def _of(case: Case, place: TextPlace) -> list[ColumnElement[bool]]:
    claim = DossierText.claim_id.is_(None) if place.claim_id is None else DossierText.claim_id == place.claim_id
    return [DossierText.case_id == case.id, DossierText.part == place.part, claim, DossierText.rule == place.rule]


def present_text(uow: UnitOfWork, case: Case, place: TextPlace) -> DossierText | None:
    """Return the present version of a text; None where nothing is written yet."""
    found = select(DossierText).where(*_of(case, place)).order_by(DossierText.version.desc()).limit(1)
    return uow.session.scalar(found)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of a text without the text. `author` is None for somebody whom the reader may not see."""

    id: UUID
    version: int
    created_at: datetime
    author: str | None


def versions_of(uow: UnitOfWork, case: Case, place: TextPlace) -> list[VersionRow]:
    """Return the versions of a text, the latest first: one statement."""
    found = (
        select(DossierText.id, DossierText.version, DossierText.created_at, User.shown_name)
        .outerjoin(User, User.id == DossierText.written_by_id)
        .where(*_of(case, place))
        .order_by(DossierText.version.desc())
    )
    return [VersionRow(*row) for row in uow.session.execute(found)]


def one_version(uow: UnitOfWork, case: Case, text_id: UUID) -> DossierText:
    """Return a version of a text, with its author.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    found = select(DossierText).where(DossierText.id == text_id, DossierText.case_id == case.id)
    found = found.options(joinedload(DossierText.written_by).undefer(User.shown_name))
    return one(uow, found, NotFound("This version does not exist, or you do not have access to it."))


def annexes_of_case(uow: UnitOfWork, case: Case) -> Mapping[UUID, DossierAnnex]:
    """Return the annexes of a case by the piece of evidence, also those that were left out: one statement."""
    found = select(DossierAnnex).where(DossierAnnex.case_id == case.id).order_by(DossierAnnex.number)
    return {row.evidence_id: row for row in uow.session.scalars(found)}


def builds_of_case(uow: UnitOfWork, case: Case) -> Sequence[DossierBuild]:
    """Return the latest documents of a case that the acting person may see, with who asked for them: one statement."""
    found = (
        select(DossierBuild)
        .where(DossierBuild.case_id == case.id)
        .options(joinedload(DossierBuild.asked_by).undefer(User.shown_name))
        .order_by(DossierBuild.number.desc())
        .limit(LISTED)
    )
    return uow.session.scalars(found).all()


def last_build_number(uow: UnitOfWork, case: Case, kind: DossierKind) -> int:
    """Return the highest number of documents of a kind of a case. Who may ask for a kind sees all of it."""
    found = select(func.max(DossierBuild.number)).where(DossierBuild.case_id == case.id, DossierBuild.kind == kind)
    return uow.session.scalar(found) or 0


def one_build(uow: UnitOfWork, case: Case, build_id: UUID) -> DossierBuild:
    """Return documents of a case.

    Raises:
        NotFound: they do not exist or may not be seen.
    """
    found = select(DossierBuild).where(DossierBuild.id == build_id, DossierBuild.case_id == case.id)
    return one(uow, found, NotFound("These documents do not exist, or you do not have access to them."))


def next_build(uow: UnitOfWork, before: datetime) -> DossierBuild | None:
    """Return documents that wait, or whose building was begun before a moment; locked, passing over others' locks."""
    died = (DossierBuild.state == BuildState.BUILDING) & (DossierBuild.begun_at < before)
    found = select(DossierBuild).where(or_(DossierBuild.state == BuildState.WAITING, died))
    found = found.order_by(DossierBuild.created_at).limit(1)
    return uow.session.scalar(found.with_for_update(skip_locked=True, of=DossierBuild))


def build_being_built(uow: UnitOfWork, build_id: UUID) -> DossierBuild | None:
    """Return documents that are still being built, locked."""
    found = select(DossierBuild).where(DossierBuild.id == build_id, DossierBuild.state == BuildState.BUILDING)
    return uow.session.scalar(found.with_for_update(of=DossierBuild))


def state_of(uow: UnitOfWork, case: Case) -> State:
    """Return the State that a case is against."""
    return uow.session.get_one(State, case.state_code)


def number_waiting(uow: UnitOfWork, case: Case) -> int:
    """Return how many documents of a case wait or are being built."""
    open_ones = (BuildState.WAITING, BuildState.BUILDING)
    found = select(func.count()).where(DossierBuild.case_id == case.id, DossierBuild.state.in_(open_ones))
    return uow.session.scalar(found) or 0
