"""The persons of a case as facts for the law engine, by their code names, and where each fact is entered."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from caseflow import law
from caseflow.clock import today
from caseflow.features.people.queries import people_of_case, people_of_cases
from caseflow.models import Case, CasePerson, ConsentScope, ConsentStanding, PersonKind, PersonRole, standing
from caseflow.sources import FactsPart, FieldPlace
from caseflow.unit_of_work import UnitOfWork

COLUMNS = {
    "identified": "is_identified",
    "within_jurisdiction": "is_within_jurisdiction",
    "personally_affected": "is_affected",
}
"""Name of a fact in a victim -> name of the column of the role."""


def facts(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, FactsPart]:
    """Return the victims and the author of each case, and whom its claims concern: two statements, none for a cached case."""
    people: dict[UUID, list[CasePerson]] = {case.id: [] for case in cases}
    found = uow.cached(people_of_case, cases[0]) if len(cases) == 1 else people_of_cases(uow, people)
    for one in found:
        people[one.case_id].append(one)
    return {case.id: _facts(case, people[case.id]) for case in cases}


def _facts(case: Case, people: Sequence[CasePerson]) -> FactsPart:
    victims = [one for one in people if PersonRole.VICTIM in one.roles]
    places = {"/victims": _nobody(case), **_place_of_author(case, people)}
    for number, one in enumerate(victims):
        here = f"/victims/{number}"
        places[here] = _place(one, "roles")
        places.update({f"{here}/{fact}": _place(one, column) for fact, column in COLUMNS.items()})
        places[f"{here}/consent"] = places[f"{here}/consent_reason"] = _place_of_consent(one)
    claims: dict[UUID, Mapping[str, object]] = {}
    for number, claim in enumerate(case.claims):
        of_claim = tuple(one.code_name for one in victims if any(row.claim_id == claim.id for row in one.concerned))
        claims[claim.id] = {"victims": of_claim or None}
        places[f"/claims/{number}/victims"] = FieldPlace(
            endpoint="people.concerned",
            anchor="people",
            words=("field", "concerned"),
            ids={"claim_id": claim.id},
            row_id=claim.id,
        )
    values = {"victims": _victims(case, victims), "author": _author(people)}
    return FactsPart(values, claims, places)


def _victims(case: Case, victims: Sequence[CasePerson]) -> tuple[law.Victim, ...] | None:
    if not victims:
        return None
    on = today(case.section.time_zone)
    return tuple(_victim(one, on) for one in victims)


def _victim(one: CasePerson, on: date) -> law.Victim:
    consent, reason = _consent(one, on)
    is_group = one.person.kind is not PersonKind.INDIVIDUAL
    return law.Victim(
        id=one.code_name,
        kind="group" if is_group else "individual",
        identified=one.is_identified if is_group else one.person.is_named or one.is_identified,
        within_jurisdiction=one.is_within_jurisdiction,
        personally_affected=one.is_affected,
        consent=consent,
        consent_reason=reason,
    )


def _consent(one: CasePerson, on: date) -> tuple[str | None, str | None]:
    """Return the consent of a victim to the communication, and the reason where it is not needed.

    Who submits the communication consents, unless that was refused or withdrawn.
    """
    submit = standing(one.consents, ConsentScope.SUBMIT, on)
    if submit in {ConsentStanding.REFUSED, ConsentStanding.WITHDRAWN}:
        return "missing", None
    if PersonRole.AUTHOR in one.roles:
        return "author", None
    if submit is ConsentStanding.NOT_NEEDED:
        return "justified", next(row.words for row in one.consents if row.scope is ConsentScope.SUBMIT)
    return ("signed", None) if submit is ConsentStanding.GIVEN else (None, None)


def _author(people: Sequence[CasePerson]) -> law.Author | None:
    """Return the author: named if the name of anybody who submits is recorded."""
    authors = [one for one in people if PersonRole.AUTHOR in one.roles]
    return law.Author(named=any(one.person.is_named for one in authors) or None) if authors else None


def _nobody(case: Case) -> FieldPlace:
    return FieldPlace(endpoint="people.add", anchor="roles", words=("place", "new_person"), row_id=case.id)


def _place_of_author(case: Case, people: Sequence[CasePerson]) -> dict[str, FieldPlace]:
    """Return where the author is recorded, or named once one is. That the communication is in writing is no field of a person."""
    author = next((one for one in people if PersonRole.AUTHOR in one.roles), None)
    if author is None:
        return {"/author": _nobody(case)}
    words = ("place", "name")
    ids = {"case_person_id": author.id}
    place = FieldPlace(
        endpoint="identity.edit", anchor="name", words=words, subject=author.code_name, ids=ids, row_id=author.id
    )
    return {"/author/named": place}


def _place_of_consent(one: CasePerson) -> FieldPlace:
    return FieldPlace(
        endpoint="consent.ask",
        anchor="scope_submit",
        words=("consent_scope", "submit"),
        subject=one.code_name,
        ids={"case_person_id": one.id},
        row_id=one.id,
    )


def _place(one: CasePerson, column: str) -> FieldPlace:
    return FieldPlace(
        endpoint="people.edit_role",
        anchor=column,
        words=("field", column),
        subject=one.code_name,
        ids={"case_person_id": one.id},
        row_id=one.id,
    )
