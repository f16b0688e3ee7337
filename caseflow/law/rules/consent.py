"""`consent`: whether each victim consents to the communication, or the author may act without consent.

Provision: OP-ICESCR art. 2: on behalf of victims a communication is submitted with their consent, unless the author can
justify acting without it.
Reading: a victim who is an author, or has signed, consents. Each victim without consent needs a reason of their own
(deceased, missing, detained, a child, fear of reprisals); whether it is enough is for a lawyer. Where none is recorded
for acting without consent, the answer is unknown. Missing consent can be obtained before filing.
Every victim named in the document must consent, whether or not a claim names them too.
Met: every victim is an author or has signed.
Not met: the consent of a victim is missing. It can be obtained before filing.
Arguable: the author acts without consent and says why (open).
Unknown: consent is not recorded; or the author acts without it, and why is not recorded; or no victim is named.
Sources: OHCHR, guidance note to the form for individual communications.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from caseflow.law.case import Case, Opinion
from caseflow.law.facts import Victim
from caseflow.law.findings import Finding
from caseflow.law.sentences import Text, say

RULE: Final = "consent"
_GIVEN: Final = frozenset({"author", "signed"})
_SIGNED: Final = say("a signed consent, or the reason that justifies acting without one")


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the victims consent, in one finding where all answers are equal, else in one for each victim."""
    victims = list(enumerate(case.facts.victims or ()))
    if not victims:
        yield case.finding(RULE, _no_victim_named(case))
    elif len({_standing(victim) for _, victim in victims}) == 1:
        yield case.finding(RULE, _opinion(case, victims))
    else:
        for number, victim in victims:
            yield case.finding(RULE, _opinion(case, [(number, victim)]), victim=victim.id)


def _no_victim_named(case: Case) -> Opinion:
    because = say("Whose consent is needed can't be said: no victim is named.")
    if case.facts.victims is None:
        because = say("Who the victims are, and whether they consent, is not recorded.")
    settles = say("the victims, each with their consent")
    return Opinion("unknown", because, (case.facts.path("victims"),), settles=settles)


def _standing(victim: Victim) -> str | None:
    """Return a text that is equal for victims who share a finding."""
    if victim.consent in _GIVEN:
        return "given"
    return f"justified: {_reason(victim)}" if victim.consent == "justified" else victim.consent


def _reason(victim: Victim) -> str:
    return (victim.consent_reason or "").strip().rstrip(".")


def _opinion(case: Case, victims: Sequence[tuple[int, Victim]]) -> Opinion:
    facts = tuple(case.facts.path("victims", number, "consent") for number, _ in victims)
    one = len(victims) == 1
    victim = victims[0][1]
    if victim.consent in _GIVEN:
        return Opinion("met", _given([each for _, each in victims]), facts)
    if victim.consent == "missing":
        because = (
            say("The consent of the victim is missing.") if one else say("The consent of every victim is missing.")
        )
        return Opinion("not_met", because, facts, cure="before_filing", settles=_SIGNED)
    if victim.consent is None:
        because = (
            say("Whether the victim consents is not recorded.")
            if one
            else say("Whether any victim consents is not recorded.")
        )
        return Opinion("unknown", because, facts, settles=_SIGNED)
    facts += tuple(case.facts.path("victims", number, "consent_reason") for number, _ in victims)
    reason = _reason(victim)
    if not reason:
        because = (
            say("The communication is submitted without the consent of the victim, and why is not recorded.")
            if one
            else say("The communication is submitted without the consent of any victim, and why is not recorded.")
        )
        settles = say("the reason for acting without consent (death, disappearance, detention, age, fear of reprisals)")
        return Opinion("unknown", because, facts, settles=settles, sources=("without-consent",))
    because = (
        say("The author acts for the victim without a signed consent, because: {reason}.", reason=reason)
        if one
        else say("The author acts for any victim without a signed consent, because: {reason}.", reason=reason)
    ) + say(
        "Whether that is reason enough is for a lawyer; for small children of the author it has been accepted without "
        "question."
    )
    settles = say("proof of the reason, and of the author's link to the victim")
    return Opinion("arguable", because, facts, "open", settles=settles, sources=("without-consent",))


def _given(victims: Sequence[Victim]) -> Text:
    """Return how victims who consent have done so."""
    one, ways = len(victims) == 1, {each.consent for each in victims}
    if ways == {"author"}:
        if one:
            return say("The victim is an author of the communication.")
        return say("Every victim is an author of the communication.")
    if ways == {"signed"}:
        if one:
            return say("The victim signed a consent to the communication.")
        return say("Every victim signed a consent to the communication.")
    return say("Every victim is an author of the communication or signed a consent to it.")
