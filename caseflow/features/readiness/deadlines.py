"""The deadlines that follow from an assessment: the one-year clock and the next domestic step."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from caseflow.features.readiness.facts import CaseDocument
from caseflow.law import Clock, Findings
from caseflow.law.sentences import Items, say
from caseflow.law.sentences import document as document_of
from caseflow.models import Case, DeadlineKind
from caseflow.sources import ComputedDeadline

DROP_EXPIRED_AFTER = timedelta(days=90)
"""A clock that expired longer ago is shown on the case but has no deadline, so nobody is reminded."""
LONGEST_LIST = 12
"""Code names in the sentence of a deadline; of more victims it gives the number of the others."""


class _What(NamedTuple):
    """What a deadline is for: its kind, the claim, and the row (claim or remedy) that its key names."""

    kind: DeadlineKind
    claim_id: UUID | None
    row_id: UUID


def deadlines_of(document: CaseDocument, findings: Findings, case: Case) -> list[ComputedDeadline]:
    """Return the deadlines that follow from an assessment: for each claim and next step one for each distinct last day.

    Where the days of victims differ, the earliest has the key of the claim or step, and each further one also the code name of
    its first victim, so that a deadline keeps its key while days pass.
    """
    by_day: dict[_What, dict[date, list[Clock]]] = {}
    for clock in findings.clocks:
        if clock.safe_until is not None:  # the clock of extraordinary remedies has no safe day
            by_day.setdefault(_what(document, clock, case), {}).setdefault(clock.safe_until, []).append(clock)
    found = []
    for what, days in by_day.items():
        first = min(days)
        for day, clocks in days.items():
            is_own = day == first or victims_of(clocks)
            if is_own and day >= findings.on - DROP_EXPIRED_AFTER:
                found.append(_deadline(what, day, clocks, findings, is_first=day == first))
    return found


def _what(document: CaseDocument, clock: Clock, case: Case) -> _What:
    claim_id = document.claim_ids.get(clock.claim or "")
    if clock.clock == "one-year":
        return _What(DeadlineKind.ONE_YEAR, claim_id, claim_id or case.id)
    place = document.place_of(clock.path)
    return _What(DeadlineKind.NEXT_DOMESTIC_STEP, claim_id, place.row_id if place else case.id)


def _deadline(
    what: _What, day: date, clocks: Sequence[Clock], findings: Findings, *, is_first: bool
) -> ComputedDeadline:
    victims = victims_of(clocks)
    clock = clocks[0]
    because = clock.because
    if victims:
        because += say("This day is that of {victims}.", victims=Items((*victims[:LONGEST_LIST],), last=","))
    if len(victims) > LONGEST_LIST:
        because += say("Further victims with the same day: {number}.", number=len(victims) - LONGEST_LIST)
    key = f"{what.kind.value}:{what.row_id}"
    return ComputedDeadline(
        kind=what.kind,
        key=key if is_first else f"{key}:{victims[0]}",
        due_on=day,
        claim_id=what.claim_id,
        basis={
            "citation": clock.citation,
            "because": document_of(because),
            "path": clock.path,
            "ruleset": findings.ruleset,
        },
    )


def victims_of(clocks: Iterable[Clock]) -> list[str]:
    """Return the code names of the victims of clocks, each once; none where a clock is that of a whole claim."""
    return list(dict.fromkeys(clock.victim for clock in clocks if clock.victim))
