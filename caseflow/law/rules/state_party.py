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
from typing import Final

from caseflow.law.case import Case, Opinion
from caseflow.law.findings import Finding
from caseflow.law.register import StateStatus
from caseflow.law.wording import day_text

RULE: Final = "state-party"
_STATUS_PAGE = "the State's row in the depositary's list (UN Treaty Collection, chapter IV, 3.a)"


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the State is bound on the day."""
    yield case.finding(RULE, _opinion(case))


def _opinion(case: Case) -> Opinion:
    facts = (case.facts.path("state"),)
    status = case.status
    if case.facts.state is None:
        return Opinion("unknown", "The State concerned is not recorded.", facts, settles=("the State concerned",))
    if status is None:
        because = f"The register has no row for {case.facts.state}, so that its status is not known."
        return Opinion("unknown", because, facts, settles=(_STATUS_PAGE,), sources=("register",))
    warning = status.warning(case.on)
    settles = (_STATUS_PAGE,) if warning else ()
    decided = _decide(case, status)
    return Opinion(
        decided.result,
        f"{decided.because} {warning}" if warning else decided.because,
        facts,
        cure=decided.cure,
        settles=decided.settles + settles,
        sources=("register", *decided.sources),
    )


def _decide(case: Case, status: StateStatus) -> Opinion:
    bound_from, bound_until, on = status.bound_from, status.bound_until, day_text(case.on)
    if status.may_have_joined:
        because = f"Whether {status.name} is party to the Protocol is not known: no deposit is recorded, and it may have joined."
        return Opinion("unknown", because, ())
    if bound_from is None:
        signed = f"signed it on {day_text(status.op_signed)} but" if status.op_signed else "has not signed it and"
        because = f"{status.name} is not party to the Protocol: it {signed} has not ratified or acceded to it."
        settles = (f"ratification or accession by {status.name}",)
        return Opinion("not_met", because, (), cure="never", settles=settles)
    since = f"the Protocol has been in force for {status.name} since {day_text(bound_from)}"
    if status.op_deposit:
        since += f" (deposit on {day_text(status.op_deposit)})"
    if bound_until is not None and case.on >= bound_until:
        because = (
            f"{status.name} denounced the Protocol with effect from {day_text(bound_until)}; on {on} nothing new can be"
            " filed. What was filed before that day goes on."
        )
        return Opinion("not_met", because, (), cure="never", sources=("denunciation",))
    if case.on < bound_from:
        because = f"On {on} the Protocol is not yet in force for {status.name}: it will be from {day_text(bound_from)}."
        settles = (f"filing on {day_text(bound_from)} or later",)
        return Opinion("not_met", because, (), cure="in_time", settles=settles)
    because = f"T{since[1:]}."
    if bound_until is not None:
        because += f" It was denounced: file before {day_text(bound_until)}."
        return Opinion("met", because, (), sources=("denunciation",))
    return Opinion("met", because, ())
