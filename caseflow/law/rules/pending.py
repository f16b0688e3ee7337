"""The part of `exhaustion` about remedies that are pending, need not be awaited, or are said to be prolonged.

Provision: OP-ICESCR art. 3(1). Reading: the Committee looks at remedies when it examines the case, so a pending one is
premature and may be cured by then (61/2018, para. 7.2). One that does not suspend the act need not be awaited, where a stay
was asked for and refused (188/2020, para. 6.7). For unreasonable delay no length is fixed (242/2021, paras. 7.10 to 7.12).
"""

from typing import Final

from caseflow.law.case import Case, Opinion
from caseflow.law.facts import Delay, RemedyNotUsed
from caseflow.law.ladder import Ladder, Step
from caseflow.law.sentences import Items, Text, Value, authority, say

REFUSALS: Final = frozenset({"dismissed", "inadmissible", "no_reply"})
"""Outcomes of a request to stop an act that leave it to go on."""


_LATER_CURE: Final = say(
    "The Committee looks at remedies when it examines the case: a decision by then cures this. Where harm is near and"
    " interim measures are needed, one may file before it, saying so."
)


def awaited(case: Case, step: Step) -> Opinion:
    """Return the opinion on an ordinary remedy that is pending: premature, and cured by a decision."""
    court, decided = authority(step.remedy), step.remedy.decided
    settles = say(
        "the decision of {court}; where harm is near, a request for interim measures with the reason why it can't be awaited",
        court=court,
    )
    if decided is not None and step.remedy.outcome != "pending":
        because = say(
            "On {day} the decision of {court} was still awaited (it came {decided:on}).",
            day=case.on,
            court=court,
            decided=decided,
        )
        because += _LATER_CURE
        facts, dates = (step.path("decided"),), (decided,)
        return Opinion(
            "not_met", because, facts, cure="in_time", settles=settles, sources=("when-examined",), dates=dates
        )
    because = say("An ordinary remedy is pending before {court}, which has not decided.", court=court)
    because += _LATER_CURE
    because += say("If the remedy does not suspend the act, record that with proof: it then need not be awaited.")
    facts = (step.path("outcome"),)
    return Opinion("not_met", because, facts, cure="in_time", settles=settles, sources=("when-examined",))


def not_suspensive(case: Case, step: Step, ordinary: Ladder) -> Opinion | None:
    """Return the opinion on a pending remedy that is recorded as one that does not suspend the act; None for another."""
    unused = step.without_suspension
    if unused is None:
        return None
    number = next(place for place, each in enumerate(_unused_of(case, step)) if each is unused)
    facts = (
        step.path("outcome"),
        *(
            case.facts.path("claims", step.claim, "remedies_not_used", number, name)
            for name in ("reason", "explanation", "documented")
        ),
    )
    court = authority(step.remedy)
    if not (unused.explanation or "").strip():
        because = say(
            "{court:first} has not decided; it is said that the remedy does not suspend the act, and so need not be"
            " awaited, but not why.",
            court=court,
        )
        why = say("why the remedy does not suspend the act")
        return Opinion("unknown", because, facts, settles=why, sources=("no-suspensive-effect",))
    is_refused = any(
        each.remedy.stage == "URGENT" and each.remedy.outcome in REFUSALS and not each.is_pending(case.on)
        for each in ordinary
    )
    settles = (
        () if is_refused else say("a request to stop the act, and its refusal: who did not ask for one has failed")
    )
    if unused.documented:
        because = say(
            "{court:first} has not decided; it is said that the remedy does not suspend the act, and so need not be"
            " awaited; this is explained and documented.",
            court=court,
        )
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("no-suspensive-effect",))
    settles = say("documents which show that the remedy does not suspend the act") + settles
    because = say(
        "{court:first} has not decided; it is said that the remedy does not suspend the act, and so need not be awaited;"
        " this is explained but not documented.",
        court=court,
    )
    return Opinion(
        "arguable", because, facts, "inadmissible", settles=settles, sources=("no-suspensive-effect", "burden")
    )


def _unused_of(case: Case, step: Step) -> tuple[RemedyNotUsed, ...]:
    return (case.facts.claims or ())[step.claim].remedies_not_used or ()


def possibly_awaited(case: Case, step: Step) -> Opinion:
    """Return the opinion on a remedy whose vague day of decision may come after the day assessed."""
    court, decided = authority(step.remedy), step.remedy.decided
    assert decided is not None
    because = say(
        "{court:first} decided {decided:on}, which may be after {day}.", court=court, decided=decided, day=case.on
    )
    settles = say("the exact day of the decision of {court}", court=court)
    return Opinion("unknown", because, (step.path("decided"),), settles=settles, dates=(decided,))


def prolonged(case: Case, step: Step, delay: Delay | None) -> Opinion | None:
    """Return the opinion on unreasonable delay (art. 3(1)) if it is claimed. No length is fixed, so the months are stated."""
    if delay is None or not delay.claimed:
        return None
    court = authority(step.remedy)
    facts = tuple(
        case.facts.path("claims", step.claim, "delay", field) for field in ("claimed", "since", "explanation")
    )
    facts = (step.path("outcome"), *facts)
    if not (delay.explanation or "").strip():
        because = say(
            "It is claimed that the remedy before {court} is unreasonably prolonged, but not explained.", court=court
        )
        why = say("why the remedy is unreasonably prolonged")
        return Opinion("unknown", because, facts, settles=why, sources=("prolonged",))
    if delay.since is None:
        because = say(
            "The remedy before {court} is said to be unreasonably prolonged; since when is not recorded.", court=court
        )
        since = say("since when the remedy has been pending")
        return Opinion("arguable", because, facts, "inadmissible", settles=since, sources=("prolonged",))
    months = (case.on.year - delay.since.latest.year) * 12 + case.on.month - delay.since.latest.month
    months = max(0, months - (case.on.day < delay.since.latest.day))
    because = say(
        "The remedy before {court} is said to be unreasonably prolonged: it has lasted {length} since {since}. No length is"
        " fixed: the Committee looked at the time, at reminders and at the State's silence.",
        court=court,
        length=_length(months),
        since=delay.since,
    )
    settles = say("the steps taken to speed the proceedings up") + say("who caused the delay")
    return Opinion("arguable", because, facts, "open", settles=settles, sources=("prolonged",), dates=(delay.since,))


def _length(months: int) -> Value:
    """Return a number of months as years and months."""
    if not months:
        return say("less than a month")
    years, rest = divmod(months, 12)
    said: list[Text] = []
    if years:
        said.append(say("1 year") if years == 1 else say("{number} years", number=years))
    if rest:
        said.append(say("1 month") if rest == 1 else say("{number} months", number=rest))
    return Items(tuple(said))
