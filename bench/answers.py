"""The assessments and computed deadlines of the seeded cases, as the application would have stored them.

The cases are built as objects in memory and given to the functions that the application uses, so a full pass after
the seeding computes the same assessments and the same days.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from caseflow.app import FEATURES
from caseflow.features.evidence.queries import supports_of_case
from caseflow.features.people.queries import people_of_case
from caseflow.features.readiness.deadlines import deadlines_of
from caseflow.features.readiness.facts import case_document
from caseflow.features.readiness.service import assess_case, digest_of
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.law import Findings, UncertainDate, load_register
from caseflow.models import Act, Case, Claim, DomesticRemedy, RemedyKind
from caseflow.sources import ComputedDeadline
from caseflow.web.feature import sources_of

if TYPE_CHECKING:
    from caseflow.unit_of_work import UnitOfWork


def case_of(case_id: UUID, reference: str, state: str, *, is_checked: bool) -> Case:
    """Return a case in memory, without claims."""
    case = Case(id=case_id, reference=reference, state_code=state, lateness_reason="")
    case.is_without_other_procedures, case.is_without_objections = is_checked, False
    for name in ("claims", "other_procedures", "state_objections"):
        set_committed_value(case, name, [])
    return case


def claim_of(case: Case, claim_id: UUID, position: int, right: str, disadvantage: str) -> Claim:
    """Return a claim in memory, added to its case."""
    claim = Claim(id=claim_id, position=position, rights=[right], articles=["11(1)", "2(1)"], disadvantage=disadvantage)
    claim.delay_claimed, claim.delay_explanation, claim.general_importance = False, "", ""
    for name in ("acts", "housing_applications", "other_treaty_articles"):
        set_committed_value(claim, name, [])
    case.claims.append(claim)
    return claim


def act_of(claim: Claim, act_id: UUID, what: str, began: date) -> None:
    """Add an act to a claim in memory."""
    act = Act(id=act_id, what=what, began=UncertainDate.of(began), is_continuing=False, continuing_reason="")
    act.is_attributable = True
    claim.acts.append(act)


def remedy_of(claim: Claim, remedy_id: UUID, step: Sequence[object]) -> DomesticRemedy:
    """Return a step of a ladder in memory: stage, authority, filed, decided, outcome."""
    stage, authority, filed, decided, outcome = step
    when = [UncertainDate.of(day) if isinstance(day, date) else None for day in (filed, decided)]
    return DomesticRemedy(
        id=remedy_id, claim_id=claim.id, is_used=True, stage=str(stage), authority=str(authority), kind=RemedyKind.ORDINARY,
        filed=when[0], decided=when[1], notified=when[1], outcome=str(outcome), raised_right=True, could_repair=True,
    )  # fmt: skip


class InMemory:
    """Stands in for the unit of work: the remedies of a case are passed in and not read, and nobody is recorded in it."""

    sources = sources_of(FEATURES)

    def __init__(self, remedies: Sequence[DomesticRemedy]) -> None:
        self.remedies = remedies

    def cached(self, compute: Callable[[Any, Case], Any], case: Case) -> Any:
        """Return the remedies, no person, no evidence, or what else is computed from a case."""
        if compute in (people_of_case, supports_of_case):
            return ()
        return self.remedies if compute is remedies_of_case else compute(self, case)


def answer_of(case: Case, remedies: Sequence[DomesticRemedy], on: date) -> tuple[Findings, list[ComputedDeadline]]:
    """Return the findings of the engine, and the deadlines that follow."""
    document = case_document(cast("UnitOfWork", InMemory(remedies)), case)
    findings = assess_case(load_register(), document, on)
    return findings, deadlines_of(document, findings, case)


def answer_row(findings: Findings) -> Iterator[object]:
    """Yield the values of an answer that depend on it, in the order of the columns in `seed.COLUMNS`."""
    yield from (findings.on, findings.on, findings.outlook, findings.ruleset, findings.data)
    yield "\\\\x" + digest_of(findings).hex()
    yield json_text(findings.to_record())
    for result in ("not_met", "unknown"):
        yield "{" + ",".join(one.rule for one in findings.findings if one.result == result) + "}"


def json_text(value: object) -> str:
    """Return JSON as COPY reads it: a backslash is doubled."""
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\")
