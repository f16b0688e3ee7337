"""Whether a mechanism requires domestic remedies first, and whether they are exhausted according to the engine.

The finding used is the one under the Optional Protocol. Other bodies interpret exhaustion differently, so where it is
arguable or can no longer be met, the route needs a lawyer; it is never taken as closed.
"""

from typing import Final

from caseflow.law.facts import Claim
from caseflow.law.findings import Finding, Findings
from caseflow.law.routes.answers import Point, Status
from caseflow.law.routes.mechanisms import Mechanism
from caseflow.law.sentences import Text, say

_FIRST: Final = say("It asks for domestic remedies first.")
_WEAKEST: Final = ("not_met", "unknown", "arguable", "met")


def remedies_exhausted(mechanism: Mechanism, findings: Findings, claim: Claim) -> Point:
    """Find whether a claim meets the mechanism's requirement of exhausted domestic remedies."""
    if not mechanism.requires_exhaustion:
        return Point("open", say("Domestic remedies need not be exhausted first."))
    own = [one for one in findings.findings if one.rule == "exhaustion" and one.claim in (claim.id, None)]
    if not own:
        return Point("unknown", say("It asks for domestic remedies first, and none are assessed yet."))
    finding = min(own, key=lambda one: _WEAKEST.index(one.result))
    status, because = _of(finding)
    questions: Text = ()
    if status == "needs_lawyer":
        questions = say("How does this body read the exhaustion of domestic remedies?")
    is_premature = finding.result == "not_met" and finding.cure == "in_time"
    return Point(status, because, finding.facts, questions, finding.citation, is_premature=is_premature)


def _of(finding: Finding) -> tuple[Status, Text]:
    if finding.result == "met":
        return "open", say("Domestic remedies are exhausted, as far as recorded.")
    if finding.result == "unknown":
        return "unknown", _FIRST + finding.because
    if finding.result == "not_met" and finding.cure == "in_time":
        return "open", say("Domestic remedies come first.") + finding.because
    return "needs_lawyer", _FIRST + finding.because
