"""The comparison: every mechanism for one case on one day.

The status of a mechanism is that of its worst point (acceptance, subject, exhaustion, time, same matter). Of several
claims the one with the best status decides; where several have it, the earliest of their last days is given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.law.case import Case
from caseflow.law.facts import CaseFacts, Claim
from caseflow.law.findings import Findings
from caseflow.law.routes.acceptance import acceptance_by_state, acts_before_acceptance
from caseflow.law.routes.answers import NOT_CLOSED, Point, RouteAssessment, Status, best, shortest_clock, worst
from caseflow.law.routes.exhaustion import remedies_exhausted
from caseflow.law.routes.mechanisms import Mechanism, RouteRegister, message
from caseflow.law.routes.own_route import own_route_points
from caseflow.law.routes.same_matter import barring_procedures, blocks
from caseflow.law.routes.subject import questions_left, subject_covered
from caseflow.law.routes.time_limit import in_time
from caseflow.law.sentences import Text, say

NO_DAY: Final = Point("open", ())


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The case with its findings, and the data of all mechanisms."""

    case: Case
    findings: Findings
    data: RouteRegister


@dataclass(frozen=True, slots=True)
class _ClaimPoints:
    """The points found for one claim; `name` is None where no claim is recorded."""

    name: str | None
    points: tuple[Point, ...]


def compare(facts: CaseFacts, findings: Findings, on: date, register: RouteRegister) -> tuple[RouteAssessment, ...]:
    """Compare all mechanisms for a case as if it were filed on a day, in the order of the data.

    `findings` are those of the engine for the same facts and day: exhaustion and the route to the Committee are taken from
    them.
    """
    comparison = _Comparison(Case(facts, on, register.states), findings, register)
    return tuple(
        _route(row, comparison, tuple(_case_points(row, comparison))) for row in register.mechanisms.rows.values()
    )


def nearest_route(facts: CaseFacts, findings: Findings, on: date, register: RouteRegister) -> RouteAssessment | None:
    """Return of `compare` the route whose last day is the nearest, of those that are not closed; None where none has one.

    Only a time limit gives a last day: mechanisms without one are not compared.
    """
    comparison = _Comparison(Case(facts, on, register.states), findings, register)
    limited = (row for row in register.mechanisms.rows.values() if row.time.limits)
    candidates = ((row, tuple(_case_points(row, comparison))) for row in limited)
    routes = [_route(row, comparison, points) for row, points in candidates if worst(points) in NOT_CLOSED]
    return shortest_clock(routes, NOT_CLOSED)


def _route(mechanism: Mechanism, comparison: _Comparison, case_points: Sequence[Point]) -> RouteAssessment:
    claims = [
        _ClaimPoints(claim.id, tuple(_claim_points(mechanism, comparison, place, claim)))
        for place, claim in comparison.case.facts.claims_by_index()
    ] or [_ClaimPoints(None, tuple(_without_claim(mechanism, comparison)))]
    status = best(worst((*case_points, *claim.points)) for claim in claims)
    deciding = [claim for claim in claims if worst((*case_points, *claim.points)) == status]
    points = [*case_points, *(point for claim in deciding for point in claim.points)]
    return _assessment(mechanism, comparison, points, _because(status, case_points, deciding, several=len(claims) > 1))


def _case_points(mechanism: Mechanism, comparison: _Comparison) -> Iterable[Point]:
    if is_own(mechanism):
        return
    yield acceptance_by_state(mechanism, comparison.case, comparison.data)
    yield from barring_procedures(mechanism, comparison.case)
    left = questions_left(mechanism)
    if left is not None:
        yield left


def _claim_points(mechanism: Mechanism, comparison: _Comparison, place: int, claim: Claim) -> Iterable[Point]:
    case = comparison.case
    if is_own(mechanism):
        yield from own_route_points(case, comparison.findings, claim)
        return
    yield in_time(mechanism, case, place, claim)
    yield subject_covered(mechanism, case, place, claim)
    yield remedies_exhausted(mechanism, comparison.findings, claim)
    early_acts = acts_before_acceptance(mechanism, case, comparison.data, place, claim)
    if early_acts is not None:
        yield early_acts


def _without_claim(mechanism: Mechanism, comparison: _Comparison) -> Iterable[Point]:
    if is_own(mechanism):
        yield from own_route_points(comparison.case, comparison.findings, None)
    elif mechanism.requires_exhaustion or mechanism.scope.rights is not None:
        facts = (comparison.case.facts.path("claims"),)
        yield Point("unknown", say("No claim is recorded yet."), facts, say("What is claimed?"))


def _because(
    status: Status, case_points: Sequence[Point], claims: Sequence[_ClaimPoints], *, several: bool
) -> tuple[Text, ...]:
    """Return the reasons, those that decide the status first; of a closed or unavailable route only those."""
    said = [(point, point.because) for point in case_points]
    for claim in claims:
        name = claim.name if several else None
        said += [(point, _of_claim(name, point.because) if name else point.because) for point in claim.points]
    deciding = [because for point, because in said if point.status == status]
    if status in ("closed", "not_available"):
        return tuple(dict.fromkeys(deciding))
    dated = [because for point, because in said if point.safe_until or point.is_premature]
    return tuple(dict.fromkeys([*dated, *deciding, *(because for _, because in said)]))


def _of_claim(name: str, because: Text) -> Text:
    return say("Claim {claim}: {reason}", claim=name, reason=because)


def _assessment(
    mechanism: Mechanism, comparison: _Comparison, points: Sequence[Point], because: tuple[Text, ...]
) -> RouteAssessment:
    on, status = comparison.case.on, worst(points)
    is_open = status in NOT_CLOSED
    used = points if is_open else [point for point in points if point.status == status]
    dated_point = _earliest_dated(used) if is_open else NO_DAY
    last_day = dated_point.safe_until
    if dated_point.arguable_until and (last_day is None or last_day < on):
        last_day = dated_point.arguable_until
    since = [point.closed_since for point in used if point.closed_since]
    return RouteAssessment(
        code=mechanism.code,
        name=mechanism.name,
        body=mechanism.body,
        is_own=is_own(mechanism),
        status=status,
        because=because,
        questions=tuple(dict.fromkeys(question for point in used if is_open for question in point.questions)),
        citation=mechanism.citation,
        open_from=min((point.open_from for point in used if point.open_from), default=None),
        starts=dated_point.starts,
        safe_until=dated_point.safe_until,
        arguable_until=dated_point.arguable_until,
        closed_since=min(since, default=None) if status == "closed" else None,
        last_day=last_day,
        days_left=(last_day - on).days if last_day else None,
        facts=tuple(dict.fromkeys(path for point in used for path in point.facts)),
        sources=_sources(mechanism, used),
        blocks=blocks(mechanism.code, comparison.data.mechanisms),
        barred_by=tuple(dict.fromkeys(body for point in points for body in point.barred_by)),
        short=_short(mechanism, points, status) or because[0],
    )


def _short(mechanism: Mechanism, points: Sequence[Point], status: Status) -> Text:
    """Return why a route is ruled out in a few words, or what is asked about it; nothing where it is open."""
    deciding = [point for point in points if point.status == status]
    if status == "open":
        return ()
    if status in ("closed", "not_available"):
        return next((point.short for point in deciding if point.short), ())
    # What a finding leaves open are things to record, not questions that can stand alone.
    asked = [] if is_own(mechanism) else [question for point in deciding for question in point.questions]
    return (asked[0],) if asked else next(point.because for point in deciding)


def _sources(mechanism: Mechanism, points: Sequence[Point]) -> Text:
    source = message(mechanism.source)
    if mechanism.certainty == "to confirm":
        source = say("{source} (to be confirmed against the primary text)", source=source)
    cited = (sentence for point in points if point.citation for sentence in message(point.citation))
    return tuple(dict.fromkeys((*source, *cited)))


def is_own(mechanism: Mechanism) -> bool:
    """Return whether it is the communication to the Committee, the route for which case files are kept."""
    return mechanism.acceptance.register == "protocol"


def _earliest_dated(points: Sequence[Point]) -> Point:
    """Return the point with the earliest last day."""
    dated = [point for point in points if point.safe_until or point.arguable_until]
    return min(dated, key=lambda point: point.safe_until or point.arguable_until or date.max, default=NO_DAY)
