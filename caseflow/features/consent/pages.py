"""Consents of a person, as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from caseflow.clock import today
from caseflow.features.people.queries import Relation, relations_in_case
from caseflow.models import Case, CasePerson, Consent, ConsentScope, ConsentStanding
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import Kind, show_date
from caseflow.web.words import label

KINDS: dict[ConsentStanding, Kind] = {
    ConsentStanding.GIVEN: "good",
    ConsentStanding.NOT_NEEDED: "good",
    ConsentStanding.NOT_ASKED: "neutral",
    ConsentStanding.EXPIRED: "warn",
    ConsentStanding.REFUSED: "bad",
    ConsentStanding.WITHDRAWN: "bad",
}


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One scope in the table of a person."""

    scope: str
    name: str
    status: str
    kind: Kind
    decided_on: str
    by: str
    """Who answered for the person, and by what right; empty if the person did."""
    how: str
    until: str
    proof: str
    words: str
    edit_href: str
    withdraw_href: str
    """Empty where there is nothing to withdraw."""


@dataclass(frozen=True, slots=True)
class ConsentPanel:
    """The consents of a person, each use in a row."""

    person: CasePerson
    lines: list[ConsentLine]


def consent_panel(uow: UnitOfWork, case: Case, person: CasePerson) -> ConsentPanel:
    """Return all scopes of a person, also those that nobody asked for."""
    return ConsentPanel(person, _lines(case, person, uow.cached(relations_in_case, case)))


def _lines(case: Case, person: CasePerson, relations: Iterable[Relation]) -> list[ConsentLine]:
    known = {one.scope: one for one in person.consents}
    rights = {
        one.code_name: f"{label('relation_kind', one.kind.value)} {one.other}"
        for one in relations
        if one.other == person.code_name
    }
    return [_line(case, person, scope, known.get(scope), rights) for scope in ConsentScope]


def _line(
    case: Case, person: CasePerson, scope: ConsentScope, consent: Consent | None, rights: dict[str, str]
) -> ConsentLine:
    standing = consent.standing(today(case.section.time_zone)) if consent else ConsentStanding.NOT_ASKED
    here: dict[str, Any] = {"case_id": case.id, "case_person_id": person.id, "scope": scope.value}
    return ConsentLine(
        scope=scope.value,
        name=label("consent_scope", scope.value),
        status=label("consent_standing", standing.value),
        kind=KINDS[standing],
        decided_on=show_date(consent.decided_on) if consent else "",
        by=_by(consent, rights) if consent else "",
        how=label("consent_form", consent.how) if consent else "",
        until=show_date(consent.until) if consent and consent.until else "",
        proof=consent.proof if consent else "",
        words=_words(consent) if consent else "",
        edit_href=url_for("consent.edit", **here),
        withdraw_href=url_for("consent.withdraw", **here) if standing.allows else "",
    )


def _by(consent: Consent, rights: dict[str, str]) -> str:
    if consent.given_by is None:
        return ""
    code_name = consent.given_by.code_name
    return f"{code_name} ({rights[code_name]})" if code_name in rights else code_name


def _words(consent: Consent) -> str:
    return ". ".join(filter(None, (label("no_consent_reason", consent.reason), consent.words)))
