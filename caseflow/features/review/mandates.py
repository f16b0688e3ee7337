"""Whether the papers show that the organisation may act for each victim (OP-ICESCR art. 2)."""

from collections.abc import Sequence

from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.models import Case, ConsentForm, ConsentScope, ConsentStatus, EvidenceKind, PersonRole
from caseflow.unit_of_work import UnitOfWork

_ON_PAPER = frozenset({ConsentForm.SIGNED, ConsentForm.WITNESSED})


def without_mandate(uow: UnitOfWork, case: Case) -> Sequence[str]:
    """Return the code names of victims for whom nothing on paper shows it: neither a signed consent that the case is submitted, nor an authorisation among the evidence.

    Where consent is not needed, its reason stands for the mandate. A victim without consent is not named: `consent.service.missing` does.
    """
    people = uow.cached(people_of_case, case)
    authorised = {
        support.case_person_id
        for piece in uow.cached(evidence_of_case, case)
        if piece.kind is EvidenceKind.AUTHORISATION and piece.removed_at is None
        for support in piece.supports
    }
    found = []
    for person in people:
        given = next((one for one in person.consents if one.scope is ConsentScope.SUBMIT), None)
        if PersonRole.VICTIM not in person.roles or given is None or given.status is not ConsentStatus.GIVEN:
            continue
        if given.how not in _ON_PAPER and person.id not in authorised:
            found.append(person.code_name)
    return found
