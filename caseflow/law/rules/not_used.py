"""The part of `exhaustion` about remedies that were not used: missed, not tried, or excused.

Provision: OP-ICESCR art. 3(1). Reading: a remedy that is unavailable, ineffective or out of reach need not be used; the
author explains why and documents it (20/2017, para. 7.4; 176/2020, paras. 6.5 to 6.7). A remedy that is not ordinary need
not be used, where that is shown; what is an instance by its place is one, whatever it is called.
"""

from collections.abc import Iterator

from caseflow.law.case import Case, Opinion
from caseflow.law.facts import Claim, RemedyNotUsed
from caseflow.law.ladder import (
    EXCEPTIONS,
    INSTANCES,
    STAGES_OUTSIDE_EXHAUSTION,
    Ladder,
    is_not_suspensive,
    leaning_of_non_ordinary,
)
from caseflow.law.sentences import Term, Text, fill, say


def remedies_not_used(case: Case, place: int, claim: Claim, ladder: Ladder) -> Iterator[Opinion]:
    """Yield an opinion on exhaustion for each remedy that was not used. What is said of a pending one is said with that."""
    pending = {step.remedy.stage for step in ladder if step.is_ordinary and step.is_pending(case.on)}
    for number, unused in enumerate(claim.remedies_not_used or ()):
        if not (is_not_suspensive(unused) and unused.stage and unused.stage in pending):
            yield _unused(case, (place, number), unused, ladder)


def _unused(case: Case, place: tuple[int, int], unused: RemedyNotUsed, ladder: Ladder) -> Opinion:  # noqa: PLR0911 - a case each
    def path(name: str) -> str:
        return case.facts.path("claims", place[0], "remedies_not_used", place[1], name)

    facts: tuple[str, ...] = (path("reason"),)
    name = (
        say("the remedy {stage}", stage=Term("remedy_stages", unused.stage))
        if unused.stage
        else say("a remedy whose stage is not recorded")
    )
    if is_not_ordinary(unused):
        return _not_ordinary(unused, name, (path("reason"), path("documented"), path("kind"), path("stage")))
    if unused.reason is None:
        because = say("Why {remedy} was not used is not recorded.", remedy=name)
        return Opinion("unknown", because, facts, settles=say("why {remedy} was not used", remedy=name))
    if unused.reason == "missed":
        because = say("The time limit of {remedy} was missed.", remedy=name)
        settles = say("why {remedy} was not available or not effective, if so", remedy=name)
        return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",))
    if unused.reason == "not_tried":
        return _not_tried(case, facts, unused, name, ladder)
    excuse = fill(EXCEPTIONS[unused.reason], remedy=name)
    facts = (*facts, path("explanation"), path("documented"))
    if not (unused.explanation or "").strip():
        because = say("It is claimed that {excuse}, but not explained.", excuse=excuse)
        return Opinion("unknown", because, facts, settles=say("why {excuse}", excuse=excuse), sources=("ineffective",))
    if unused.documented:
        because = say("It is claimed that {excuse}; this is explained and documented.", excuse=excuse)
        return Opinion("arguable", because, facts, "admissible", sources=("ineffective",))
    because = say(
        "It is claimed that {excuse}; this is explained but not documented. Doubt does not excuse; once it is documented,"
        " it is for the State to name a remedy that is left and to show that it works.",
        excuse=excuse,
    )
    settles = say("documents which show that {excuse}", excuse=excuse)
    return Opinion(
        "arguable", because, facts, "inadmissible", settles=settles, sources=("ineffective", "burden", "waiver")
    )


def _not_ordinary(unused: RemedyNotUsed, name: Text, facts: tuple[str, ...]) -> Opinion:
    """Return the opinion on a remedy that is not ordinary: its reason counts, and so does its place among the instances."""
    is_documented = has_documented_exception(unused)
    recorded = (
        say("Of the remedies not used, {remedy} is recorded as discretionary.", remedy=name)
        if unused.kind == "discretionary"
        else say("Of the remedies not used, {remedy} is recorded as extraordinary.", remedy=name)
    )
    if is_documented:
        excuse = fill(EXCEPTIONS[unused.reason or ""], remedy=name)
        because = recorded + say("It is documented that {excuse}.", excuse=excuse)
        sources = ("extraordinary", "ineffective")
        return Opinion("arguable", because, facts, "admissible", sources=sources)
    settles = say("why {remedy} was not used, with documents", remedy=name)
    if unused.stage in INSTANCES:
        because = recorded + say(
            "It is an instance by its place, whatever it is called; no reason for not using it is documented."
        )
        return Opinion("arguable", because, facts, "inadmissible", settles=settles, sources=("extraordinary",))
    because = recorded + say(
        "No reason for not using it is documented; such a remedy does not normally have to be used."
    )
    return Opinion(
        "arguable", because, facts, leaning_of_non_ordinary(unused.stage), settles=settles, sources=("extraordinary",)
    )


def has_documented_exception(unused: RemedyNotUsed) -> bool:
    """Return whether a reason that excuses not using a remedy is explained and documented."""
    is_explained = bool((unused.explanation or "").strip())
    return unused.reason in EXCEPTIONS and is_explained and bool(unused.documented)


def is_not_ordinary(unused: RemedyNotUsed) -> bool:
    """Return whether a remedy not used is extraordinary or discretionary, judged by its stage where no kind is recorded."""
    if unused.kind is None:
        return unused.stage in STAGES_OUTSIDE_EXHAUSTION
    return unused.kind != "ordinary"


def _not_tried(case: Case, facts: tuple[str, ...], unused: RemedyNotUsed, name: Text, ladder: Ladder) -> Opinion:
    """Return the opinion on a remedy not tried: it is open unless a remedy that leads to it records that its last day passed."""
    for step in ladder:
        due = step.remedy.next_step_due
        if unused.stage and step.remedy.next_step == unused.stage and due is not None and due.latest < case.on:
            because = say("{remedy:first} was not tried, and its last day has passed.", remedy=name)
            facts = (*facts, step.path("next_step_due"))
            return Opinion("not_met", because, facts, cure="never", sources=("directly-linked",), dates=(due,))
    because = say(
        "{remedy:first} was not tried; nothing recorded says that it is closed or could not help.", remedy=name
    )
    settles = say("the use of {remedy}, or why it was not available or not effective", remedy=name)
    source = "diligence" if unused.stage == "ADM_REQ" else "directly-linked"
    return Opinion("not_met", because, facts, cure="in_time", settles=settles, sources=(source,))
