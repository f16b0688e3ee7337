"""The engine: facts, a day and the register in; findings and clocks out. A pure function."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from caseflow.law.case import Case, Rule
from caseflow.law.clocks import clocks
from caseflow.law.facts import ROUTE, CaseFacts
from caseflow.law.findings import Checked, Finding, Findings, Outlook
from caseflow.law.objections import with_objections
from caseflow.law.register import Register
from caseflow.law.rules import (
    abuse,
    clear_disadvantage,
    consent,
    covenant_right,
    exhaustion,
    facts_after_entry,
    one_year,
    same_matter,
    state_party,
    substantiation,
    victim_standing,
    written_and_named,
)

RULES_OF_THE_PROTOCOL: Final = (
    "state-party",
    "victim-standing",
    "consent",
    "written-and-named",
    "covenant-right",
    "facts-after-entry-into-force",
    "exhaustion",
    "one-year",
    "same-matter",
    "substantiation",
    "abuse",
    "clear-disadvantage",
)
"""All rules of the Protocol, in the order of the findings."""

ASSESS_BY_RULE: Final[dict[str, Rule]] = {
    module.RULE: module.assess
    for module in (
        state_party,
        victim_standing,
        consent,
        written_and_named,
        covenant_right,
        facts_after_entry,
        exhaustion,
        one_year,
        same_matter,
        substantiation,
        abuse,
        clear_disadvantage,
    )
}

RULES: Final = tuple(name for name in RULES_OF_THE_PROTOCOL if name in ASSESS_BY_RULE)
"""The rules that are assessed. The others have no finding; that does not mean that they are met."""


def assess(facts: CaseFacts, on: date, register: Register) -> Findings:
    """Assess a communication as if it were filed on the day `on`."""
    case, ruleset = Case(facts, on, register), register.ruleset
    findings = tuple(finding for name in RULES for finding in ASSESS_BY_RULE[name](case))
    if facts.state_objections is not None:
        findings = with_objections(case, findings)
    return Findings(
        route=ROUTE,
        on=on,
        ruleset=ruleset.version,
        data=register.version,
        outlook=outlook(findings),
        findings=findings,
        clocks=tuple(clocks(case)),
        checked=Checked(ruleset.checked_on, ruleset.checked_by, ruleset.is_stale(on)),
    )


def outlook(findings: Sequence[Finding]) -> Outlook:
    """Return the first outlook that applies: barred, premature, incomplete, arguable, clear."""
    cures = {finding.cure for finding in findings if finding.result == "not_met"}
    results = {finding.result for finding in findings}
    if "never" in cures:
        return "barred"
    if "in_time" in cures:
        return "premature"
    if "unknown" in results or "before_filing" in cures:
        return "incomplete"
    return "arguable" if "arguable" in results else "clear"
