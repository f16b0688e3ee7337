"""What belongs to a claim, and what becomes of it when the claim is removed."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from caseflow.models import (
    Act,
    Case,
    CaseChild,
    CasePerson,
    Claim,
    ClaimDecision,
    ClaimPerson,
    DomesticRemedy,
    DossierText,
    Evidence,
    EvidenceSupport,
    HousingApplication,
    Note,
    OtherTreatyArticle,
    RemedyPerson,
    Task,
)
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Belongings:
    """What belongs to a claim."""

    claim: Claim
    acts: Sequence[Act]
    housing_applications: Sequence[HousingApplication]
    other_treaties: Sequence[OtherTreatyArticle]
    remedies: Sequence[DomesticRemedy]
    victims: Mapping[UUID, Sequence[str]]
    """Whom a remedy concerns, by its id, where it does not concern all: code names."""
    evidence: Mapping[int, bool]
    """The numbers of the evidence that supports it, and whether the claim itself and not only an act or a remedy of it."""
    persons: Mapping[str, ClaimPerson]
    """Whom it concerns, by code names; nobody stands for all victims."""
    notes: Sequence[UUID]
    tasks: Sequence[Task]
    texts: Sequence[DossierText]
    """What is written on it in the dossier, in the present versions: removed with it, as it is about this claim."""
    is_decided: bool
    """Whether the outcome of the claim is recorded."""

    def children(self) -> Iterator[CaseChild]:
        """Yield the rows that go to another claim, or are removed."""
        yield from (*self.acts, *self.housing_applications, *self.other_treaties, *self.remedies)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has to be decided."""
        return not (any(self.children()) or self.evidence or self.persons or self.tasks)

    @property
    def digest(self) -> str:
        """Return a digest of the claim and all that belongs to it: another one if a colleague changed any of it."""
        rows = [(str(one.id), one.version) for one in (self.claim, *self.children())]
        rows += [(str(task.id), task.version) for task in self.tasks]
        rows += [(str(text.id), text.version) for text in self.texts]
        others = [*self.persons, *self.evidence.items(), *self.notes]
        return hashlib.sha256(repr((rows, sorted(map(str, others)))).encode()).hexdigest()[:32]


def belongings_of(uow: UnitOfWork, claim: Claim) -> Belongings:
    """Return what belongs to a claim: twelve statements."""
    acts = uow.session.scalars(select(Act).where(Act.claim_id == claim.id).order_by(Act.position)).all()
    housing = select(HousingApplication).where(HousingApplication.claim_id == claim.id)
    treaties = select(OtherTreatyArticle).where(OtherTreatyArticle.claim_id == claim.id)
    remedies = select(DomesticRemedy).where(DomesticRemedy.claim_id == claim.id).order_by(DomesticRemedy.position)
    decided = select(ClaimDecision.id).where(ClaimDecision.claim_id == claim.id)
    return Belongings(
        claim,
        acts,
        uow.session.scalars(housing.order_by(HousingApplication.position)).all(),
        uow.session.scalars(treaties.order_by(OtherTreatyArticle.position)).all(),
        uow.session.scalars(remedies).all(),
        _victims_of_remedies(uow, claim),
        _evidence_of(uow, claim),
        persons_of(uow, claim),
        uow.session.scalars(select(Note.id).where(Note.claim_id == claim.id)).all(),
        uow.session.scalars(select(Task).where(Task.claim_id == claim.id).order_by(Task.id)).all(),
        _texts_of(uow, claim),
        is_decided=uow.session.scalar(select(decided.exists())) or False,
    )


def _texts_of(uow: UnitOfWork, claim: Claim) -> Sequence[DossierText]:
    found = select(DossierText).where(DossierText.claim_id == claim.id).ext(distinct_on(DossierText.part))
    found = found.order_by(DossierText.part, DossierText.version.desc())
    return [one for one in uow.session.scalars(found) if one.text]


def _victims_of_remedies(uow: UnitOfWork, claim: Claim) -> dict[UUID, list[str]]:
    found = (
        select(RemedyPerson.domestic_remedy_id, func.array_agg(CasePerson.code_name))
        .join(CasePerson, CasePerson.id == RemedyPerson.case_person_id)
        .join(DomesticRemedy, DomesticRemedy.id == RemedyPerson.domestic_remedy_id)
        .where(DomesticRemedy.claim_id == claim.id)
        .group_by(RemedyPerson.domestic_remedy_id)
    )
    return {row[0]: sorted(row[1]) for row in uow.session.execute(found)}


def _evidence_of(uow: UnitOfWork, claim: Claim) -> dict[int, bool]:
    direct = func.bool_or(func.coalesce(EvidenceSupport.claim_id == claim.id, False))
    found = (
        select(Evidence.number, direct)
        .join(EvidenceSupport, EvidenceSupport.evidence_id == Evidence.id)
        .where(Evidence.case_id == claim.case_id, Evidence.removed_at.is_(None))
        .where(
            or_(
                EvidenceSupport.claim_id == claim.id,
                EvidenceSupport.act_id.in_(select(Act.id).where(Act.claim_id == claim.id)),
                EvidenceSupport.remedy_id.in_(select(DomesticRemedy.id).where(DomesticRemedy.claim_id == claim.id)),
            )
        )
        .group_by(Evidence.number)
        .order_by(Evidence.number)
    )
    return {row[0]: row[1] for row in uow.session.execute(found)}


def persons_of(uow: UnitOfWork, claim: Claim) -> dict[str, ClaimPerson]:
    """Return whom a claim names, by code names."""
    found = (
        select(CasePerson.code_name, ClaimPerson)
        .join(ClaimPerson, ClaimPerson.case_person_id == CasePerson.id)
        .where(ClaimPerson.claim_id == claim.id)
        .order_by(CasePerson.position)
    )
    return {row[0]: row[1] for row in uow.session.execute(found)}


def pieces_that_support(uow: UnitOfWork, claim: Claim) -> set[UUID]:
    """Return the ids of the evidence that supports a claim itself."""
    return set(uow.session.scalars(select(EvidenceSupport.evidence_id).where(EvidenceSupport.claim_id == claim.id)))


def close_gap(uow: UnitOfWork, case: Case, position: int) -> None:
    """Move the later claims one place forward, one by one: no two may have one place. Nobody's form depends on the place."""
    later = select(Claim.id).where(Claim.case_id == case.id, Claim.position > position).order_by(Claim.position)
    for claim_id in uow.session.scalars(later).all():
        uow.session.execute(update(Claim).where(Claim.id == claim_id).values(position=Claim.position - 1))
