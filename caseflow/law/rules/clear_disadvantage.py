"""`clear-disadvantage`: whether the author shows a clear disadvantage, or else a serious issue of general importance.

Provision: OP-ICESCR art. 4: the Committee may, if necessary, decline to consider a communication that does not reveal a
clear disadvantage, unless it raises a serious issue of general importance.
Reading: a discretion of the Committee and no true ground of inadmissibility. What counts here is whether the author states
what was lost; whether that is enough is not computed.
Met: the disadvantage is stated.
Not met: never. The Committee may decline, but nothing obliges it to.
Arguable: general importance is stated, but no disadvantage (open: the Committee decides what is serious).
Unknown: neither is stated.
Sources: the text of art. 4; guide of the International Commission of Jurists; commentary of the Pretoria University Law
Press (2016).
"""

from collections.abc import Iterator
from typing import Final

from caseflow.law.case import Case, Opinion
from caseflow.law.facts import Claim
from caseflow.law.findings import Finding
from caseflow.law.sentences import say

RULE: Final = "clear-disadvantage"
_SOURCES: Final = ("discretion",)


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim whether a disadvantage is stated."""
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    for place, claim in case.facts.claims_by_index():
        yield case.finding(RULE, _assess(case, place, claim), claim.id)


def _assess(case: Case, place: int, claim: Claim) -> Opinion:
    disadvantage = case.facts.path("claims", place, "disadvantage")
    importance = case.facts.path("claims", place, "general_importance")
    if (claim.disadvantage or "").strip():
        because = say("The author states a disadvantage; whether it is clear is for the Committee.")
        return Opinion("met", because, (disadvantage,), sources=_SOURCES)
    settles = say("what each victim lost or suffers by the violation")
    if (claim.general_importance or "").strip():
        because = say(
            "General importance is stated, but no disadvantage: whether the issue is serious enough is for the Committee."
        )
        return Opinion("arguable", because, (importance, disadvantage), "open", settles=settles, sources=_SOURCES)
    because = say("Neither a disadvantage nor an issue of general importance is stated.")
    settles += say("why the case raises a serious issue of general importance, if it does")
    return Opinion("unknown", because, (disadvantage, importance), settles=settles, sources=_SOURCES)
