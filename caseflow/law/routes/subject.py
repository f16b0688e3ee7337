"""Whether a mechanism hears the rights that a claim is about, and which questions only a person can answer."""

from caseflow.law.case import Case
from caseflow.law.facts import Claim
from caseflow.law.routes.answers import Point
from caseflow.law.routes.mechanisms import Mechanism


def subject_covered(mechanism: Mechanism, case: Case, place: int, claim: Claim) -> Point:
    """Find whether the mechanism hears the rights of a claim."""
    scope = mechanism.scope
    path = case.facts.path("claims", place, "rights")
    if not claim.rights:
        return Point("unknown", "The right concerned is not recorded.", (path,), ("Which right is concerned?",))
    if scope.rights is None:
        return Point("open", scope.note or "It can hear every right of the Covenant.", (path,))
    found = {right: scope.rights[right] for right in claim.rights if right in scope.rights}
    if found:
        through = "; ".join(dict.fromkeys(found.values()))
        return Point("open", f"It hears this right as its own text has it: {through}.", (path,))
    if scope.otherwise == "not_available":
        only = "; ".join(dict.fromkeys(scope.rights.values()))
        return Point("not_available", f"It hears only this: {only}.", (path,))
    because = "Whether it hears this case depends on persons or rights that the facts do not show."
    return Point("needs_lawyer", because, (path,), (scope.question,))


def questions_left(mechanism: Mechanism) -> Point | None:
    """Return the questions that a person must answer before this route can be used; None when there are none."""
    if not mechanism.questions:
        return None
    return Point("needs_lawyer", "Whether it fits depends on what the facts do not show.", (), mechanism.questions)
