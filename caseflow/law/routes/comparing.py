"""The comparison: every mechanism for one case on one day.

A mechanism is as open as its worst point (acceptance, subject, exhaustion, time, same matter); a case with several
claims is as open as its best claim, and its last day is the earliest of those claims.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.law.case import Case
from caseflow.law.data import TO_CONFIRM
from caseflow.law.facts import CaseFacts, Claim
from caseflow.law.findings import Findings
from caseflow.law.routes.acceptance import accepted, came_after
from caseflow.law.routes.answers import Point, RouteAssessment, Status, best, worst
from caseflow.law.routes.mechanisms import Mechanism, RouteRegister
from caseflow.law.routes.own import committee
from caseflow.law.routes.remedies import exhausted
from caseflow.law.routes.same_matter import barred, blocks
from caseflow.law.routes.subject import asked, heard
from caseflow.law.routes.time_limit import in_time

NO_DAY: Final = Point("open", "")


@dataclass(frozen=True, slots=True)
class _Compared:
    """What every mechanism is measured against."""

    case: Case
    findings: Findings
    data: RouteRegister


@dataclass(frozen=True, slots=True)
class _OfClaim:
    """What is found of one claim; without a name where no claim is recorded."""

    name: str | None
    points: tuple[Point, ...]


def compare(facts: CaseFacts, findings: Findings, on: date, register: RouteRegister) -> tuple[RouteAssessment, ...]:
    """Compare all mechanisms for a case as if it were filed on a day, in the order of the data.

    `findings` are the engine's for the same facts and day: exhaustion and the Committee's own route are read from them.
    """
    compared = _Compared(Case(facts, on, register.states), findings, register)
    return tuple(_route(row, compared, tuple(_of_case(row, compared))) for row in register.mechanisms.rows.values())


def compare_possible(
    facts: CaseFacts, findings: Findings, on: date, register: RouteRegister
) -> tuple[RouteAssessment, ...]:
    """Return those of `compare` that are open or may be if a lawyer says so, and perhaps others.

    What is not there against the State, or not known to be, is ruled out for all claims at once: of most routes who asks
    for the nearest last day need not count one.
    """
    compared = _Compared(Case(facts, on, register.states), findings, register)
    candidates = ((row, tuple(_of_case(row, compared))) for row in register.mechanisms.rows.values())
    return tuple(_route(row, compared, whole) for row, whole in candidates if worst(whole) in ("open", "needs_lawyer"))


def _route(mechanism: Mechanism, compared: _Compared, whole: Sequence[Point]) -> RouteAssessment:
    claims = [
        _OfClaim(claim.id, tuple(_of_claim(mechanism, compared, place, claim)))
        for place, claim in compared.case.facts.claims_by_index()
    ] or [_OfClaim(None, tuple(_without_claim(mechanism, compared)))]
    status = best(worst((*whole, *claim.points)) for claim in claims)
    deciding = [claim for claim in claims if worst((*whole, *claim.points)) == status]
    points = [*whole, *(point for claim in deciding for point in claim.points)]
    return _assessment(mechanism, compared, points, _because(status, whole, deciding, several=len(claims) > 1))


def _of_case(mechanism: Mechanism, compared: _Compared) -> Iterable[Point]:
    if is_own(mechanism):
        return
    yield accepted(mechanism, compared.case, compared.data)
    yield from barred(mechanism, compared.case)
    to_ask = asked(mechanism)
    if to_ask is not None:
        yield to_ask


def _of_claim(mechanism: Mechanism, compared: _Compared, place: int, claim: Claim) -> Iterable[Point]:
    case = compared.case
    if is_own(mechanism):
        yield from committee(case, compared.findings, claim)
        return
    yield in_time(mechanism, case, place, claim)
    yield heard(mechanism, case, place, claim)
    yield exhausted(mechanism, compared.findings, claim)
    early = came_after(mechanism, case, compared.data, place, claim)
    if early is not None:
        yield early


def _without_claim(mechanism: Mechanism, compared: _Compared) -> Iterable[Point]:
    if is_own(mechanism):
        yield from committee(compared.case, compared.findings, None)
    elif mechanism.asks_exhaustion or mechanism.hears.rights is not None:
        yield Point(
            "unknown", "No claim is recorded yet.", (compared.case.facts.path("claims"),), ("What is claimed?",)
        )


def _because(status: Status, whole: Sequence[Point], claims: Sequence[_OfClaim], *, several: bool) -> tuple[str, ...]:
    """Return the reasons, the deciding ones first; of a route that is closed or not available only those."""
    said = [(point, point.because) for point in whole]
    for claim in claims:
        name = f"Claim {claim.name}: " if several and claim.name else ""
        said += [(point, f"{name}{point.because}") for point in claim.points]
    deciding = [because for point, because in said if point.status == status]
    if status in ("closed", "not_available"):
        return tuple(dict.fromkeys(deciding))
    dated = [because for point, because in said if point.safe_until or point.is_early]
    return tuple(dict.fromkeys([*dated, *deciding, *(because for _, because in said)]))


def _assessment(
    mechanism: Mechanism, compared: _Compared, points: Sequence[Point], because: tuple[str, ...]
) -> RouteAssessment:
    on, status = compared.case.on, worst(points)
    is_open = status in ("open", "needs_lawyer", "unknown")
    used = points if is_open else [point for point in points if point.status == status]
    timed = _timed(used) if is_open else NO_DAY
    last_day = timed.safe_until
    if timed.arguable_until and (last_day is None or last_day < on):
        last_day = timed.arguable_until
    since = [point.closed_since for point in used if point.closed_since]
    source = mechanism.source + (TO_CONFIRM if mechanism.certainty == "to confirm" else "")
    return RouteAssessment(
        code=mechanism.code,
        name=mechanism.name,
        body=mechanism.body,
        is_own=is_own(mechanism),
        status=status,
        because=because,
        questions=tuple(dict.fromkeys(text for point in used if is_open for text in point.questions)),
        citation=mechanism.citation,
        open_from=min((point.open_from for point in used if point.open_from), default=None),
        starts=timed.starts,
        safe_until=timed.safe_until,
        arguable_until=timed.arguable_until,
        closed_since=min(since, default=None) if status == "closed" else None,
        last_day=last_day,
        days_left=(last_day - on).days if last_day else None,
        facts=tuple(dict.fromkeys(path for point in used for path in point.facts)),
        sources=tuple(dict.fromkeys((source, *(point.citation for point in used if point.citation)))),
        blocks=blocks(mechanism, compared.data.mechanisms),
        barred_by=tuple(dict.fromkeys(body for point in points for body in point.barred_by)),
    )


def is_own(mechanism: Mechanism) -> bool:
    """Return whether it is the route of the case file, whose acceptance stands in the register of States."""
    return mechanism.asks.register == "protocol"


def _timed(points: Sequence[Point]) -> Point:
    """Return the point whose day comes first."""
    dated = [point for point in points if point.safe_until or point.arguable_until]
    return min(dated, key=lambda point: point.safe_until or point.arguable_until or date.max, default=NO_DAY)
