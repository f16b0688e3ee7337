"""Whether a mechanism hears the rights that a claim is about, and which questions only a person can answer."""

from caseflow.law.case import Case
from caseflow.law.facts import Claim
from caseflow.law.routes.answers import Point
from caseflow.law.routes.mechanisms import Mechanism
from caseflow.law.sentences import Items, say


def subject_covered(mechanism: Mechanism, case: Case, place: int, claim: Claim) -> Point:
    """Find whether the mechanism hears the rights of a claim."""
    scope = mechanism.scope
    path = case.facts.path("claims", place, "rights")
    if not claim.rights:
        because = say("The right concerned is not recorded.")
        return Point("unknown", because, (path,), say("Which right is concerned?"))
    if scope.rights is None:
        return Point("open", scope.note or say("It can hear every right of the Covenant."), (path,))
    found = {right: scope.rights[right] for right in claim.rights if right in scope.rights}
    if found:
        through = Items(tuple(dict.fromkeys(found.values())), ";")
        return Point(
            "open", say("It hears this right as its own text has it: {provisions}.", provisions=through), (path,)
        )
    if scope.otherwise == "not_available":
        only = say("It hears only this: {rights}.", rights=Items(tuple(dict.fromkeys(scope.rights.values())), ";"))
        return Point("not_available", only, (path,), short=say("Does not hear this right"))
    because = say("Whether it hears this case depends on persons or rights that the facts do not show.")
    return Point("needs_lawyer", because, (path,), scope.question)


def questions_left(mechanism: Mechanism) -> Point | None:
    """Return the questions that a person must answer before this route can be used; None when there are none."""
    if not mechanism.questions:
        return None
    because = say("Whether it fits depends on what the facts do not show.")
    return Point("needs_lawyer", because, (), mechanism.questions)
