"""All of a case that goes into documents, read once as the acting person sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from caseflow.clock import today
from caseflow.features.chronology.service import entries
from caseflow.features.dossier.commands import TextPlace
from caseflow.features.dossier.queries import annexes_of_case, present_texts, state_of
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.people.commands import IdentityDetails
from caseflow.features.people.queries import Relation, people_of_case, relations_in_case
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import (
    Case,
    CasePerson,
    ConsentScope,
    ConsentStanding,
    DomesticRemedy,
    DossierAnnex,
    DossierPart,
    Evidence,
    PersonRole,
    State,
)
from caseflow.models.consent import standing
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork

NAMED_ROLES = (PersonRole.AUTHOR, PersonRole.REPRESENTATIVE, PersonRole.VICTIM)
"""Whose names the form asks for."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """A case with everything that its documents say. Names are in `identities` alone, by the role of the person."""

    case: Case
    on: date
    state: State
    people: Sequence[CasePerson]
    relations: Sequence[Relation]
    remedies: Sequence[DomesticRemedy]
    evidence: Sequence[Evidence]
    annexes: Mapping[UUID, DossierAnnex]
    texts: Mapping[TextPlace, str]
    entries: Sequence[DatedEntry]
    identities: Mapping[UUID, IdentityDetails] = field(default_factory=dict)

    def text(self, part: DossierPart, claim_id: UUID | None = None, rule: str = "") -> str:
        """Return the present text of a part; empty where nothing is written."""
        return self.texts.get(TextPlace(part, claim_id, rule), "")

    def of_role(self, *roles: PersonRole) -> list[CasePerson]:
        """Return the persons with one of some roles."""
        return [one for one in self.people if any(role in one.roles for role in roles)]

    @property
    def numbered(self) -> Mapping[int, int]:
        """The numbers of annexes by the number of the piece of evidence, without what was left out."""
        return {
            one.number: annex.number
            for one in self.evidence
            if (annex := self.annexes.get(one.id)) is not None and annex.left_out_at is None
        }

    def consent(self, person: CasePerson, scope: ConsentScope) -> ConsentStanding:
        """Return what a person allows today."""
        return standing(person.consents, scope, self.on)


def standing_of_case(uow: UnitOfWork, case: Case) -> list[Evidence]:
    """Return the evidence of a case whose file is there: what was removed is no annex, and its number stays unused."""
    return [one for one in uow.cached(evidence_of_case, case) if one.removed_at is None]


def gather(uow: UnitOfWork, case: Case) -> Gathered:
    """Return all that the documents of a case say. `whole_case` has loaded it; the number of statements is constant."""
    return Gathered(
        case=case,
        on=today(case.section.time_zone),
        state=state_of(uow, case),
        people=uow.cached(people_of_case, case),
        relations=uow.cached(relations_in_case, case),
        remedies=uow.cached(remedies_of_case, case),
        evidence=uow.cached(standing_of_case, case),
        annexes=uow.cached(annexes_of_case, case),
        texts={place: row.text for place, row in uow.cached(present_texts, case).items()},
        entries=entries(uow, case),
    )
