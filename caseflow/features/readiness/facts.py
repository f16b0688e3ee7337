"""A case turned into the facts document of the law engine, and back from each path of it to the field on a form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseflow import law
from caseflow.features.remedies.facts import unused_facts, used_facts
from caseflow.models import Act, Case, Claim, DomesticRemedy, OtherProcedure

COMMITTEE = "CESCR"
"""The body of communications to the Committee itself: the engine asks of them by themselves (art. 3(2)(c) and (f))."""


_NOT_KEPT = re.compile(r"/(author|victims|claims/[0-9]+/(victims|evidence))(/|$)")
"""What the format asks for and the case file has no fields for yet: persons, their consent, evidence."""


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a fact is written down: on which row, in which field. `row_id` is the parent's for a list with nothing in it."""

    kind: str
    """case, claim, new_claim, act, new_act, remedy, new_remedy, procedure or procedures_checked."""
    row_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """The facts of a case, and the place of each by its path."""

    facts: law.CaseFacts
    claim_ids: Mapping[str, UUID]
    """The id of a claim in the document -> the claim's row."""
    places: Mapping[str, FieldPlace]

    def is_kept(self, path: str) -> bool:
        """Return whether the case file has a field for a fact."""
        return _NOT_KEPT.match(path) is None

    def place_of(self, path: str) -> FieldPlace | None:
        """Return where a fact is written down: of the path itself, or of the nearest one above it."""
        if not self.is_kept(path):
            return None
        while path and path not in self.places:
            path = path.rpartition("/")[0]
        return self.places.get(path)


def case_document(case: Case, remedies: Sequence[DomesticRemedy]) -> CaseDocument:
    """Return the document of a case whose claims, acts and procedures elsewhere are loaded.

    What nobody recorded is null: persons and evidence have no fields yet, so the engine is told that they are not known.
    """
    places: dict[str, FieldPlace] = {
        "/state": FieldPlace("case", case.id, "state_code"),
        "/lateness_reason": FieldPlace("case", case.id, "lateness_reason"),
        "/claims": FieldPlace("new_claim", case.id, "right"),
    }
    claims = [_claim(number, claim, remedies, places) for number, claim in enumerate(case.claims)]
    facts = law.CaseFacts(
        reference=case.reference,
        state=case.state_code,
        claims=tuple(claims),
        other_procedures=_procedures(case, places),
        earlier_communications=_communications(case, places),
        lateness_reason=case.lateness_reason or None,
    )
    return CaseDocument(facts, {_claim_name(c): c.id for c in case.claims}, places)


def _procedures(case: Case, places: dict[str, FieldPlace]) -> tuple[law.OtherProcedure, ...] | None:
    rows = [row for row in case.other_procedures if row.body != COMMITTEE]
    places["/other_procedures"] = FieldPlace("procedures_checked", case.id, "is_without_other_procedures")
    for number, row in enumerate(rows):
        _place_procedure(f"/other_procedures/{number}", row, {"from": "began", "until": "ended"}, places)
    found = tuple(
        law.OtherProcedure(
            body=row.body,
            same_persons=row.same_persons,
            same_facts=row.same_facts,
            same_rights=row.same_rights,
            status=row.status,
            start=row.began,
            until=row.ended,
        )
        for row in rows
    )
    return found or (() if case.is_without_other_procedures else None)


def _communications(case: Case, places: dict[str, FieldPlace]) -> tuple[law.EarlierCommunication, ...] | None:
    rows = [row for row in case.other_procedures if row.body == COMMITTEE]
    places["/earlier_communications"] = FieldPlace("procedures_checked", case.id, "is_without_other_procedures")
    own = {"number": "file_number", "filed": "began", "anything_new": "has_anything_new"}
    for number, row in enumerate(rows):
        _place_procedure(f"/earlier_communications/{number}", row, own, places)
    found = tuple(
        law.EarlierCommunication(
            number=row.file_number or None,
            filed=row.began,
            status=row.status,
            same_persons=row.same_persons,
            same_facts=row.same_facts,
            same_rights=row.same_rights,
            anything_new=row.has_anything_new,
        )
        for row in rows
    )
    return found or (() if case.is_without_other_procedures else None)


def _place_procedure(here: str, row: OtherProcedure, renamed: Mapping[str, str], places: dict[str, FieldPlace]) -> None:
    same = {name: name for name in ("body", "same_persons", "same_facts", "same_rights")}
    fields = {**same, "status": "procedure_status", **renamed}
    places[here] = FieldPlace("procedure", row.id, "body")
    places.update({f"{here}/{fact}": FieldPlace("procedure", row.id, name) for fact, name in fields.items()})


def _claim_name(claim: Claim) -> str:
    return f"claim-{claim.position}"


def _claim(number: int, claim: Claim, remedies: Sequence[DomesticRemedy], places: dict[str, FieldPlace]) -> law.Claim:
    here = f"/claims/{number}"
    own = [remedy for remedy in remedies if remedy.claim_id == claim.id]
    used = [remedy for remedy in own if remedy.is_used]
    unused = [remedy for remedy in own if not remedy.is_used]
    places[here] = FieldPlace("claim", claim.id, "right")
    places[f"{here}/acts"] = FieldPlace("new_act", claim.id, "what")
    for name in ("remedies", "remedies_not_used"):
        places[f"{here}/{name}"] = FieldPlace("new_remedy", claim.id, "stage")
    for name in ("rights", "articles", "disadvantage", "general_importance"):
        places[f"{here}/{name}"] = FieldPlace("claim", claim.id, "right" if name == "rights" else name)
    for name in ("claimed", "since", "explanation"):
        places[f"{here}/delay/{name}"] = FieldPlace("claim", claim.id, f"delay_{name}")
    acts = tuple(_act(f"{here}/acts/{n}", act, places) for n, act in enumerate(claim.acts))
    return law.Claim(
        id=_claim_name(claim),
        rights=tuple(claim.rights),
        articles=tuple(claim.articles),
        acts=acts or None,
        remedies=tuple(_remedy(f"{here}/remedies/{n}", remedy, places) for n, remedy in enumerate(used))
        or (() if unused else None),
        remedies_not_used=tuple(_not_used(f"{here}/remedies_not_used/{n}", r, places) for n, r in enumerate(unused)),
        delay=law.Delay(claim.delay_claimed, claim.delay_since, claim.delay_explanation or None),
        disadvantage=claim.disadvantage or None,
        general_importance=claim.general_importance or None,
    )


def _act(here: str, act: Act, places: dict[str, FieldPlace]) -> law.Act:
    fields = {"what": "what", "from": "began", "until": "ended", "continuing": "is_continuing",
              "continuing_reason": "continuing_reason", "attributable_to_state": "attributable"}  # fmt: skip
    places[here] = FieldPlace("act", act.id, "what")
    places.update({f"{here}/{fact}": FieldPlace("act", act.id, name) for fact, name in fields.items()})
    return law.Act(
        what=act.what,
        start=act.began,
        until=act.ended,
        continuing=act.is_continuing,
        continuing_reason=act.continuing_reason or None,
        attributable_to_state=act.is_attributable,
    )


def _remedy(here: str, remedy: DomesticRemedy, places: dict[str, FieldPlace]) -> law.Remedy:
    _place_remedy(here, remedy, places)
    return used_facts(remedy)


def _not_used(here: str, remedy: DomesticRemedy, places: dict[str, FieldPlace]) -> law.RemedyNotUsed:
    _place_remedy(here, remedy, places)
    return unused_facts(remedy)


def _place_remedy(here: str, remedy: DomesticRemedy, places: dict[str, FieldPlace]) -> None:
    renamed = {"reason": "reason_not_used", "documented": "is_documented"}
    same = ("stage", "authority", "kind", "filed", "decided", "notified", "outcome", "raised_right", "could_repair",
            "next_step", "next_step_due", "explanation", "reason", "documented")  # fmt: skip
    places[here] = FieldPlace("remedy", remedy.id, "stage")
    places.update({f"{here}/{fact}": FieldPlace("remedy", remedy.id, renamed.get(fact, fact)) for fact in same})
