"""Short ways to build case facts: a clear case against Spain, with the changes that a test needs."""

from copy import deepcopy
from datetime import date
from typing import Any

from caseflow.law import Clock, Finding, Findings, assess, load_register, read_facts

REMEDY = {
    "stage": "APPEAL", "authority": "Provincial Court", "kind": "ordinary", "decided": "2017-10-04", "outcome": "dismissed",
    "raised_right": True, "could_repair": True,
}  # fmt: skip
ACT = {
    "what": "eviction", "from": "2017-03-01", "until": "2017-03-01", "continuing": False, "attributable_to_state": True,
}  # fmt: skip
VICTIM = {
    "kind": "individual", "identified": True, "within_jurisdiction": True, "personally_affected": True, "consent": "signed",
}  # fmt: skip
CLAIM = {
    "id": "home", "rights": ["HOUSING"], "articles": ["11(1)"], "victims": ["v1"], "acts": [ACT], "remedies": [REMEDY],
    "remedies_not_used": [], "evidence": [{"kind": "decision", "proves": "APPEAL"}, {"kind": "testimony"}],
    "disadvantage": "lost the home",
}  # fmt: skip


def remedy(**changes: Any) -> dict[str, Any]:
    return {**REMEDY, **changes}


def unused(
    stage: str = "CASSATION", reason: str | None = "ineffective_settled_case_law", **changes: Any
) -> dict[str, Any]:
    return {"stage": stage, "kind": "ordinary", "reason": reason, "explanation": "why", "documented": True, **changes}


def victim(name: str = "v1", **changes: Any) -> dict[str, Any]:
    return {"id": name, **VICTIM, **changes}


def claim(**changes: Any) -> dict[str, Any]:
    return deepcopy({**CLAIM, **changes})


def document(*claims: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "schema": "caseflow/case-facts/1",
        "state": "ES",
        "author": {"named": True, "in_writing": True},
        "victims": [victim("v1"), victim("v2")],
        "claims": list(claims) or [claim()],
        "other_procedures": [],
        "earlier_communications": [],
        **changes,
    }


def found(facts: dict[str, Any], on: str = "2018-09-17") -> Findings:
    return assess(read_facts(facts), date.fromisoformat(on), load_register())


def of_rule(findings: Findings, rule: str) -> list[Finding]:
    return [finding for finding in findings.findings if finding.rule == rule]


def short(finding: Finding) -> str:
    return f"{finding.result}:{finding.favours}" if finding.favours else finding.result


def answer(rule: str, facts: dict[str, Any], on: str = "2018-09-17") -> str:
    """The only answer of a rule, as `result` or `arguable:favours`."""
    (finding,) = of_rule(found(facts, on), rule)
    return short(finding)


def clocks(facts: dict[str, Any], on: str = "2018-09-17", name: str = "one-year") -> list[Clock]:
    return [clock for clock in found(facts, on).clocks if clock.clock == name]
