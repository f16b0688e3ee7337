"""The version of a case: all that would be filed, as canonical JSON, of which the SHA-256 is shown and signed.

The content is a pure function of loaded rows (`content_of`). A column that is added to a claim, an act, a remedy, a person in
the case, a procedure or an objection is in it by itself. What is sealed is in it as a digest only.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, inspect, select

from caseflow.audit import plain
from caseflow.db.base import Base
from caseflow.features.dossier.commands import TextPlace
from caseflow.features.dossier.queries import annexes_of_case, present_texts
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.features.readiness.service import assessed
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law import Findings
from caseflow.models import (
    Case,
    CasePerson,
    ConsentScope,
    DomesticRemedy,
    DossierAnnex,
    DossierText,
    Evidence,
    IdentityToken,
    PersonRelation,
)
from caseflow.unit_of_work import UnitOfWork

SCHEMA: Final = "caseflow/version/2"
FILED_OF_CASE: Final = (
    "title", "state_code", "place_region", "place_district", "happened", "narrative", "lateness_reason",
    "is_without_other_procedures", "is_without_objections",
)  # fmt: skip
"""Not the owner, the stage, the urgency, who may see the case, or how its people are reached."""
FILED_OF_PERSON: Final = ("kind", "size", "life_status", "is_child", "lacks_capacity", "is_named")
FILED_OF_EVIDENCE: Final = ("title", "dated", "language", "pages", "shows", "media_type", "size", "sha256")
"""Not where the original is, how it was received and when the file was checked: that is the custody."""
FILED_SCOPES: Final = (ConsentScope.SUBMIT, ConsentScope.DISCLOSE)
"""The consents that the Committee asks for."""
BOOKKEEPING: Final = frozenset({"id", "case_id", "section_id", "claim_id", "person_id", "version", "created_at"})
Content = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledRows:
    """The rows of a case that would be filed, loaded."""

    case: Case
    people: Sequence[CasePerson]
    remedies: Sequence[DomesticRemedy]
    evidence: Sequence[Evidence]
    relations: Sequence[PersonRelation]
    identities: Mapping[UUID, Sequence[bytes]]
    """The keyed digests of what identifies each person, by the id of the person."""
    texts: Mapping[TextPlace, DossierText]
    """The present texts of the dossier."""
    annexes: Mapping[UUID, DossierAnnex]
    """By the piece of evidence."""
    findings: Findings


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a case: its content, its canonical text, and the hash of that."""

    content: Content = field(repr=False)
    text: str = field(repr=False)
    sha256: bytes


def version_of(uow: UnitOfWork, case: Case) -> Version:
    """Return the present version of a case, cached until facts change: a constant number of statements."""
    return uow.cached(_version_of, case)


def _version_of(uow: UnitOfWork, case: Case) -> Version:
    return version_of_rows(filed_rows(uow, case))


def version_of_rows(rows: FiledRows) -> Version:
    """Return the version of rows."""
    content = content_of(rows)
    text = canonical(content)
    return Version(content, text, hashlib.sha256(text.encode()).digest())


def filed_rows(uow: UnitOfWork, case: Case) -> FiledRows:
    """Return all rows of a case that would be filed; `whole_case` has loaded the case."""
    people = uow.cached(people_of_case, case)
    ids = [one.person_id for one in people]
    relations = select(PersonRelation).where(PersonRelation.person_id.in_(ids), PersonRelation.other_id.in_(ids))
    tokens = select(IdentityToken.person_id, IdentityToken.token).where(IdentityToken.person_id.in_(ids))
    identities: dict[UUID, list[bytes]] = {}
    for person_id, token in uow.session.execute(tokens):
        identities.setdefault(person_id, []).append(token)
    return FiledRows(
        case=case,
        people=people,
        remedies=uow.cached(remedies_of_case, case),
        evidence=[one for one in uow.cached(evidence_of_case, case) if one.removed_at is None],
        relations=uow.session.scalars(relations).all(),
        identities=identities,
        texts=uow.cached(present_texts, case),
        annexes=uow.cached(annexes_of_case, case),
        findings=assessed(uow, case).findings,
    )


def canonical(content: Content) -> str:
    """Return the one text of a content: keys in order, no blanks, no numbers but whole ones (as RFC 8785 writes them)."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def content_of(rows: FiledRows) -> Content:
    """Return all that would be filed, by part of the case and row."""
    case, parts = rows.case, _Parts()
    parts.add("case", case.id, "", {name: getattr(case, name) for name in FILED_OF_CASE})
    for claim in case.claims:
        number = str(claim.position)
        parts.add("claim", claim.id, number, columns_of(claim))
        for part, children in (
            ("act", claim.acts),
            ("housing_application", claim.housing_applications),
            ("other_treaty_article", claim.other_treaty_articles),
        ):
            for child in children:
                parts.add(part, child.id, number, columns_of(child))
    numbers = {claim.id: str(claim.position) for claim in case.claims}
    for remedy in rows.remedies:
        concerned = {"person_ids": [str(one) for one in remedy.person_ids]}
        parts.add("domestic_remedy", remedy.id, numbers.get(remedy.claim_id, ""), columns_of(remedy) | concerned)
    _add_people(parts, rows)
    for one in rows.evidence:
        parts.add("evidence", one.id, one.label, _evidence(one))
    _add_dossier(parts, rows, numbers)
    for procedure in case.other_procedures:
        parts.add("other_procedure", procedure.id, str(procedure.position), columns_of(procedure))
    for objection in case.state_objections:
        parts.add("state_objection", objection.id, str(objection.position), columns_of(objection))
    for key, values in _findings(rows.findings).items():
        parts.add("finding", key, "", values)
    return {
        "schema": SCHEMA,
        "reference": case.reference,
        "ruleset": rows.findings.ruleset,
        "data": rows.findings.data,
        "rows": parts.rows,
    }


class _Parts:
    """The rows of a content, by part and id."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def add(self, part: str, row_id: object, name: str, fields: Mapping[str, object]) -> None:
        """Add a row; `name` is what people call it: the number of a claim, a code name."""
        self.rows[f"{part}:{row_id}"] = {
            "part": part,
            "name": name,
            "fields": {key: _plain(value) for key, value in fields.items()},
        }


def columns_of(row: Base, but: Iterable[str] = ()) -> dict[str, object]:
    """Return the columns of a row that people fill; of those that the audit trail hides only a digest."""
    left_out = BOOKKEEPING | {*but}
    found: dict[str, object] = {}
    for attribute in inspect(row).mapper.column_attrs:
        column = attribute.columns[0]
        if attribute.key in left_out or not isinstance(column, Column):
            continue
        value = getattr(row, attribute.key)
        found[attribute.key] = _digest(value) if column.info.get("audit") == "hidden" and value else value
    return found


def _digest(value: object) -> str:
    return hashlib.sha256(canonical({"value": plain(value)}).encode()).hexdigest()


def _add_people(parts: _Parts, rows: FiledRows) -> None:
    code_names = {one.person_id: one.code_name for one in rows.people}
    roles = {one.id: one.code_name for one in rows.people}
    for one in rows.people:
        tokens = sorted(token.hex() for token in rows.identities.get(one.person_id, ()))
        fields = columns_of(one) | {f"person_{name}": getattr(one.person, name) for name in FILED_OF_PERSON}
        fields["concerned"] = sorted(str(row.claim_id) for row in one.concerned)
        fields["identity"] = _digest(tokens) if tokens else None
        parts.add("case_person", one.id, one.code_name, fields)
        for consent in one.consents:
            if consent.scope in FILED_SCOPES:
                said = columns_of(consent, {"case_person_id", "given_by_id", "scope", "note"})
                said["given_by"] = roles.get(consent.given_by_id) if consent.given_by_id else None
                parts.add(f"consent_{consent.scope.value}", consent.id, one.code_name, said)
    for relation in rows.relations:
        name = f"{code_names[relation.person_id]}, {code_names[relation.other_id]}"
        parts.add("person_relation", relation.id, name, {"kind": relation.kind, "note": relation.note})


def _add_dossier(parts: _Parts, rows: FiledRows, numbers: Mapping[UUID, str]) -> None:
    """Add the numbers of the annexes and the present texts. `numbers` has the number of each claim."""
    for one in rows.evidence:
        annex = rows.annexes.get(one.id)
        if annex is not None and annex.left_out_at is None:
            parts.add("dossier_annex", one.id, one.label, {"number": annex.number})
    for place, text in rows.texts.items():
        if text.text:
            of_claim = numbers.get(place.claim_id, "") if place.claim_id else ""
            parts.add(
                "dossier_text", f"{place.part}:{place.claim_id or ''}:{place.rule}", of_claim, {"text": text.text}
            )


def _evidence(one: Evidence) -> dict[str, object]:
    fields: dict[str, object] = {"kind": one.kind, "is_restricted": one.is_restricted}
    if one.content is not None:
        fields |= {name: getattr(one.content, name) for name in FILED_OF_EVIDENCE}
    fields["supports"] = sorted(
        str(row.claim_id or row.act_id or row.remedy_id or row.case_person_id) for row in one.supports
    )
    return fields


def _findings(findings: Findings) -> dict[str, dict[str, object]]:
    """Return what the engine finds, without its sentences: they name the day."""
    found: dict[str, list[str]] = {}
    for one in findings.findings:
        found.setdefault(f"{one.rule}:{one.claim or ''}:{one.victim or ''}", []).append(one.result)
    answers: dict[str, dict[str, object]] = {key: {"result": sorted(results)} for key, results in found.items()}
    return answers | {"outlook": {"outlook": findings.outlook}}


def _plain(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else plain(value)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two versions in one row: added, removed, or one field of it."""

    part: str
    name: str
    row_id: str
    field: str = ""
    """Empty for a row that is in one of the versions only."""
    before: object = None
    after: object = None
    is_added: bool = False
    is_removed: bool = False


def differences(before: Content, after: Content) -> list[Difference]:
    """Return what differs between two versions, in the order of the case.

    The versions of rules and data are no difference: what they change is in the findings.
    """
    found: list[Difference] = []
    old, new = before["rows"], after["rows"]
    for key in sorted({*old, *new}, key=lambda key: (_order(key), key)):
        row, row_id = new.get(key) or old[key], key.partition(":")[2]
        if key not in old or key not in new:
            is_added = key not in old
            found.append(Difference(row["part"], row["name"], row_id, is_added=is_added, is_removed=not is_added))
            continue
        was, now = old[key]["fields"], new[key]["fields"]
        found += [
            Difference(row["part"], row["name"], row_id, name, was.get(name), now.get(name))
            for name in sorted({*was, *now})
            if was.get(name) != now.get(name)
        ]
    return found


_ORDER: Final = (
    "case", "claim", "act", "housing_application", "other_treaty_article", "domestic_remedy", "case_person",
    "consent_submit", "consent_disclose", "person_relation", "evidence", "dossier_annex", "dossier_text", "other_procedure", "state_objection", "finding",
)  # fmt: skip


def _order(key: str) -> int:
    return _ORDER.index(key.partition(":")[0])
