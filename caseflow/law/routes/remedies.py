"""Whether a mechanism asks for domestic remedies first, and whether they are exhausted, as the engine found it.

The finding is that of the Optional Protocol. Other bodies read exhaustion in their own way, so that what is arguable or
lost here needs a lawyer there; it is never taken as closed.
"""

from caseflow.law.facts import Claim
from caseflow.law.findings import Finding, Findings
from caseflow.law.routes.answers import Point, Status
from caseflow.law.routes.mechanisms import Mechanism

_WEAKEST = ("not_met", "unknown", "arguable", "met")


def exhausted(mechanism: Mechanism, findings: Findings, claim: Claim) -> Point:
    """Find where a claim stands with the remedies that the mechanism asks for."""
    if not mechanism.asks_exhaustion:
        return Point("open", "Domestic remedies need not be exhausted first.")
    own = [one for one in findings.findings if one.rule == "exhaustion" and one.claim in (claim.id, None)]
    if not own:
        return Point("unknown", "It asks for domestic remedies first, and none are assessed yet.")
    finding = min(own, key=lambda one: _WEAKEST.index(one.result))
    status, because = _of(finding)
    questions = ("How does this body read the exhaustion of domestic remedies?",) if status == "needs_lawyer" else ()
    is_early = finding.result == "not_met" and finding.cure == "in_time"
    return Point(status, because, finding.facts, questions, finding.citation, is_early=is_early)


def _of(finding: Finding) -> tuple[Status, str]:
    if finding.result == "met":
        return "open", "Domestic remedies are exhausted, as far as recorded."
    if finding.result == "unknown":
        return "unknown", f"It asks for domestic remedies first. {finding.because}"
    if finding.result == "not_met" and finding.cure == "in_time":
        return "open", f"Domestic remedies come first. {finding.because}"
    return "needs_lawyer", f"It asks for domestic remedies first. {finding.because}"
