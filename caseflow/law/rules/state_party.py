"""`state-party`: whether the Protocol is in force for the State on the day of filing.

Provision: OP-ICESCR arts. 1(1) and 1(2) (no communication about a State that is not party is received), 18 (entry into
force three months after the deposit, not before 5 May 2013), 20 (a denunciation has effect six months after it was
received; what was filed before goes on).
Reading: the day of filing decides. A State that has joined will be bound on a known day, so that waiting helps; one
that has only signed will not be bound by waiting.
A row of the register that is not verified, or was not checked recently, is used with a warning.
Met: the day is on or after entry into force for the State, and before a denunciation has effect.
Not met: the State has not joined, or its denunciation has effect; this can't be put right. Or it has joined, but the
Protocol is not yet in force for it on the day: this is premature, and the finding says from when it will be.
Arguable: never. The depositary's record decides.
Unknown: the State is not recorded, the register has no row for it, or its row is not verified and names no deposit.
Sources: UN Treaty Collection, chapter IV, 3.a.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from caseflow.law.case import Case, Opinion
from caseflow.law.findings import Finding
from caseflow.law.register import StateStatus
from caseflow.law.sentences import State, Text, say

RULE: Final = "state-party"
_STATUS_PAGE: Final = say("the State's row in the depositary's list (UN Treaty Collection, chapter IV, 3.a)")


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the State is bound on the day."""
    yield case.finding(RULE, _opinion(case))


def _opinion(case: Case) -> Opinion:
    facts = (case.facts.path("state"),)
    status = case.status
    if case.facts.state is None:
        because = say("The State concerned is not recorded.")
        return Opinion("unknown", because, facts, settles=say("the State concerned"))
    if status is None:
        because = say("The register has no row for {state}, so that its status is not known.", state=case.facts.state)
        return Opinion("unknown", because, facts, settles=_STATUS_PAGE, sources=("register",))
    warning = _warning(case, status)
    decided = _decide(case, status)
    return Opinion(
        decided.result,
        decided.because + warning,
        facts,
        cure=decided.cure,
        settles=decided.settles + _STATUS_PAGE if warning else decided.settles,
        sources=("register", *decided.sources),
    )


def _warning(case: Case, status: StateStatus) -> Text:
    """Return a sentence on the doubt about the row of the register; none without a doubt."""
    doubt, state = status.doubt(case.on), State(status.iso2, status.name)
    if doubt is None:
        return ()
    if doubt == "stale":
        return say(
            "The register's row for {state} was not checked in the last {months} months: check it again.",
            state=state,
            months=status.thresholds.months_fresh.value,
        )
    if doubt == "secondary":
        return say(
            "The register's row for {state} rests on a secondary source: check it with the depositary.", state=state
        )
    return say("The register's row for {state} rests on no verified source: check it with the depositary.", state=state)


def _decide(case: Case, status: StateStatus) -> Opinion:
    bound_from, bound_until, state = status.bound_from, status.bound_until, State(status.iso2, status.name)
    if status.may_have_joined:
        because = say(
            "Whether {state} is party to the Protocol is not known: no deposit is recorded, and it may have joined.",
            state=state,
        )
        return Opinion("unknown", because, ())
    if bound_from is None:
        settles = say("ratification or accession by {state}", state=state)
        return Opinion("not_met", _not_joined(status, state), (), cure="never", settles=settles)
    if bound_until is not None and case.on >= bound_until:
        because = say(
            "{state} denounced the Protocol with effect from {until}; on {day} nothing new can be filed. What was filed"
            " before that day goes on.",
            state=state,
            until=bound_until,
            day=case.on,
        )
        return Opinion("not_met", because, (), cure="never", sources=("denunciation",))
    if case.on < bound_from:
        because = say(
            "On {day} the Protocol is not yet in force for {state}: it will be from {bound_from}.",
            day=case.on,
            state=state,
            bound_from=bound_from,
        )
        settles = say("filing on {bound_from} or later", bound_from=bound_from)
        return Opinion("not_met", because, (), cure="in_time", settles=settles)
    because = _in_force(status, state, bound_from)
    if bound_until is not None:
        because += say("It was denounced: file before {until}.", until=bound_until)
        return Opinion("met", because, (), sources=("denunciation",))
    return Opinion("met", because, ())


def _not_joined(status: StateStatus, state: State) -> Text:
    if status.op_signed is None:
        return say(
            "{state} is not party to the Protocol: it has not signed it and has not ratified or acceded to it.",
            state=state,
        )
    return say(
        "{state} is not party to the Protocol: it signed it on {signed} but has not ratified or acceded to it.",
        state=state,
        signed=status.op_signed,
    )


def _in_force(status: StateStatus, state: State, since: date) -> Text:
    if status.op_deposit is None:
        return say("The Protocol has been in force for {state} since {since}.", state=state, since=since)
    return say(
        "The Protocol has been in force for {state} since {since} (deposit on {deposit}).",
        state=state,
        since=since,
        deposit=status.op_deposit,
    )
