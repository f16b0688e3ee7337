"""Which rights and persons a mechanism hears, and what only a person can say of it."""

from caseflow.law.case import Case
from caseflow.law.facts import Claim
from caseflow.law.routes.answers import Point
from caseflow.law.routes.mechanisms import Mechanism


def heard(mechanism: Mechanism, case: Case, place: int, claim: Claim) -> Point:
    """Find whether a claim is one that the mechanism hears."""
    hears = mechanism.hears
    path = case.facts.path("claims", place, "rights")
    if not claim.rights:
        return Point("unknown", "The right concerned is not recorded.", (path,), ("Which right is concerned?",))
    if hears.rights is None:
        return Point("open", hears.note or "It can hear every right of the Covenant.", (path,))
    found = {right: hears.rights[right] for right in claim.rights if right in hears.rights}
    if found:
        through = "; ".join(dict.fromkeys(found.values()))
        return Point("open", f"It hears this right as its own text has it: {through}.", (path,))
    if hears.otherwise == "not_available":
        only = "; ".join(dict.fromkeys(hears.rights.values()))
        return Point("not_available", f"It hears only this: {only}.", (path,))
    because = "Whether it hears this case depends on persons or rights that the facts do not show."
    return Point("needs_lawyer", because, (path,), (hears.question,))


def asked(mechanism: Mechanism) -> Point | None:
    """Return what a person must answer before this route can be used at all; None when there is nothing to ask."""
    if not mechanism.questions:
        return None
    return Point("needs_lawyer", "Whether it fits depends on what the facts do not show.", (), mechanism.questions)
