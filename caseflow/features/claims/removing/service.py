"""Remove a claim that was logged by mistake. What belongs to it goes to another claim, or is removed with it; evidence never is."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.audit import Changes, contents_of
from caseflow.errors import Conflict, Invalid
from caseflow.features.cases.queries import count_and_last_position, lock_case, rights_of_claims
from caseflow.features.cases.service import EditableCase
from caseflow.features.claims.queries import claims_of
from caseflow.features.claims.removing import queries
from caseflow.features.claims.removing.commands import RemoveClaim
from caseflow.features.claims.removing.queries import Belongings
from caseflow.law.facts import MOST_ACTS, MOST_HOUSING_APPLICATIONS, MOST_OTHER_TREATIES, MOST_REMEDIES
from caseflow.models import (
    Act,
    Case,
    CaseChild,
    Claim,
    ClaimPerson,
    DomesticRemedy,
    EvidenceSupport,
    HousingApplication,
    OtherTreatyArticle,
)
from caseflow.unit_of_work import UnitOfWork

_MOST: Mapping[type[CaseChild], int] = {
    Act: MOST_ACTS,
    HousingApplication: MOST_HOUSING_APPLICATIONS,
    OtherTreatyArticle: MOST_OTHER_TREATIES,
    DomesticRemedy: MOST_REMEDIES,
}
_NAMES: Mapping[type[CaseChild], str] = {
    Act: "act",
    HousingApplication: "housing_application",
    OtherTreatyArticle: "other_treaty",
    DomesticRemedy: "remedy",
}
"""What the history calls the rows, before `.removed`."""


def why_it_stays(case: Case, belongings: Belongings, *, has_others: bool) -> str:
    """Return why a claim can't be removed, as a code of the vocabulary `claim_stays`; nothing if it can."""
    if not case.is_before_filing:
        return "filed"
    if belongings.is_decided:
        return "decided"
    return "evidence" if belongings.evidence and not has_others else ""


def remove_claim(uow: UnitOfWork, case: EditableCase, claim: Claim, asked: RemoveClaim) -> Claim:
    """Remove a claim and return it. The history keeps its content and that of all that is removed with it.

    Raises:
        Forbidden: the person does not work in the section of the case.
        Conflict: it can't be removed, or somebody changed what belongs to it meanwhile.
        Invalid: no reason, no claim that gets what belongs to it, or evidence would support nothing any more.
    """
    require_in_section(uow.actor, Permission.CASE_EDIT, case.section_id)
    lock_case(uow, case.id)
    belongings, claims = queries.belongings_of(uow, claim), claims_of(uow, case)
    others = {one.id: one for one in claims if one.id != claim.id}
    if why_it_stays(case, belongings, has_others=bool(others)):
        raise Conflict("This claim can't be removed. The page says why.")
    if belongings.digest != asked.seen:
        raise Conflict("This claim was changed meanwhile. Look at what belongs to it now, then decide again.")
    _check(belongings, others, asked)
    changes: Changes = {**contents_of(claim), "reason": [None, asked.reason.strip()]}
    if belongings.persons:
        changes["concerned"] = [{name: row.harm for name, row in belongings.persons.items()}, {}]
    if belongings.texts:
        changes["dossier_texts"] = [[one.text for one in belongings.texts], None]
    if asked.move_to is None:
        _remove_children(uow, case, belongings)
    else:
        _move(uow, case, belongings, others[asked.move_to])
    uow.audit.record("claim.removed", claim, section_id=case.section_id, case_id=case.id, changes=changes)
    uow.flush()
    uow.session.delete(claim)
    uow.flush()
    queries.close_gap(uow, case, claim.position)
    _update_rights(uow, case)
    uow.facts_changed(case.id)
    return claim


def _check(belongings: Belongings, others: Mapping[UUID, Claim], asked: RemoveClaim) -> None:
    problems: dict[str, str] = {}
    if not asked.reason.strip():
        problems["reason"] = "Say why the claim is removed."
    if asked.move_to is not None and asked.move_to not in others:
        problems["then"] = "Choose what becomes of what belongs to the claim."
    elif asked.move_to is None and belongings.evidence:
        problems["then"] = (
            "Evidence supports this claim, and evidence is never left without what it shows. Choose the claim that it supports from now on."
        )
    if problems:
        raise Invalid("The claim was not removed.", problems)


def _remove_children(uow: UnitOfWork, case: Case, belongings: Belongings) -> None:
    for row in belongings.children():
        action, changes = f"{_NAMES[type(row)]}.removed", contents_of(row)
        if isinstance(row, DomesticRemedy) and row.id in belongings.victims:
            changes["remedy_victims"] = [list(belongings.victims[row.id]), None]
        uow.audit.record(action, row, section_id=case.section_id, case_id=case.id, changes=changes)
        uow.session.delete(row)


def _move(uow: UnitOfWork, case: Case, belongings: Belongings, target: Claim) -> None:
    """Move what belongs to a claim to another one. Notes stay in the case: nobody changes them."""
    for rows in (belongings.acts, belongings.housing_applications, belongings.other_treaties, belongings.remedies):
        if rows:
            _move_children(uow, case, belongings.claim, target, rows)
    for task in belongings.tasks:
        task.claim_id = target.id
    _move_support(uow, case, belongings.claim, target)
    _move_persons(uow, case, belongings, target)


def _move_children(uow: UnitOfWork, case: Case, claim: Claim, target: Claim, rows: Sequence[CaseChild]) -> None:
    kind = type(rows[0])
    there, last = count_and_last_position(uow, kind, kind.claim_id == target.id)  # type: ignore[attr-defined]  # all of `_MOST` have it
    if there + len(rows) > _MOST[kind]:
        raise Invalid(
            "The claim was not removed.", {"then": "The other claim would have too many rows. Choose another."}
        )
    for place, row in enumerate(rows, last + 1):
        row.claim_id, row.position = target.id, place  # type: ignore[attr-defined]  # as above
        uow.audit.record(
            f"{_NAMES[kind]}.given_to_claim",
            row,
            section_id=case.section_id,
            case_id=case.id,
            changes={"claim_number": [claim.position, target.position]},
        )


def _move_support(uow: UnitOfWork, case: Case, claim: Claim, target: Claim) -> None:
    there = queries.pieces_that_support(uow, target)
    for evidence_id in sorted(queries.pieces_that_support(uow, claim) - there):
        support = EvidenceSupport(evidence_id=evidence_id, case_id=case.id, claim_id=target.id)
        uow.session.add(support)
        uow.audit.record(
            "evidence.given_to_claim",
            support,
            section_id=case.section_id,
            case_id=case.id,
            changes={"claim_number": [claim.position, target.position]},
        )


def _move_persons(uow: UnitOfWork, case: Case, belongings: Belongings, target: Claim) -> None:
    """Let the other claim concern the same persons too. One that names nobody concerns all victims already."""
    there = queries.persons_of(uow, target)
    added = {name: row for name, row in belongings.persons.items() if name not in there}
    if not there or not added:
        return
    for row in added.values():
        copied = ClaimPerson(claim_id=target.id, case_person_id=row.case_person_id, case_id=case.id, harm=row.harm)
        uow.session.add(copied)
    before = {name: row.harm for name, row in there.items()}
    after = before | {name: row.harm for name, row in added.items()}
    changes: Changes = {"concerned": [before, after]}
    uow.audit.record("claim.people_set", target, section_id=case.section_id, case_id=case.id, changes=changes)


def _update_rights(uow: UnitOfWork, case: Case) -> None:
    rights = rights_of_claims(uow, case.id)
    if rights and case.rights != rights:
        case.rights = rights
