"""The route for which case files are kept: the communication to the Committee, taken from findings and clocks.

Only the rules that decide whether the route is available count here. What can be put right before filing, such as a
missing consent, is a gap of the case and not of the route.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from caseflow.law.case import Case
from caseflow.law.facts import Claim
from caseflow.law.findings import Clock, Finding, Findings, Result
from caseflow.law.routes.answers import Point, Status
from caseflow.law.sentences import say

RULES: Final = (
    "state-party", "covenant-right", "facts-after-entry-into-force", "exhaustion", "one-year", "same-matter",
)  # fmt: skip
ONE_YEAR: Final = "one-year"
ONE_DAY: Final = timedelta(days=1)
_SHORT: Final = {
    "state-party": say("The Optional Protocol does not bind the State"),
    "covenant-right": say("No right of the Covenant is concerned"),
    "facts-after-entry-into-force": say("The acts came before the Protocol bound the State"),
    "exhaustion": say("Domestic remedies can no longer be exhausted"),
    ONE_YEAR: say("The time limit ran out"),
    "same-matter": say("The same matter was brought before another body"),
}
"""Why the route is closed or not available, by the rule that is not met."""


def own_route_points(case: Case, findings: Findings, claim: Claim | None) -> list[Point]:
    """Return the points that follow from the findings on a claim; without a claim, from those on the whole case."""
    wanted = (None,) if claim is None else (None, claim.id)
    found = [one for one in findings.findings if one.rule in RULES and one.claim in wanted]
    # The clock that counts extraordinary remedies has no safe day: nobody should rely on it.
    years = [one for one in findings.clocks if one.clock == ONE_YEAR and one.claim in wanted and one.safe_until]
    clock = min(years, key=lambda one: one.safe_until or case.on, default=None)
    return [_point(case, one, clock if one.rule == ONE_YEAR else None) for one in found]


def _point(case: Case, finding: Finding, clock: Clock | None) -> Point:
    if finding.rule == "state-party":
        return _state(case, finding)
    if finding.rule == ONE_YEAR:
        return _year(finding, clock)
    status: Status = "open"
    if finding.result == "not_met" and finding.cure == "never":
        status = "closed"
    elif finding.result == "arguable":
        status = "needs_lawyer"
    elif finding.result == "unknown" and finding.rule != "same-matter":
        status = "unknown"
    questions = finding.settles if finding.result in ("arguable", "unknown") else ()
    is_premature = finding.result == "not_met" and finding.cure == "in_time"
    return replace(_based_on(finding, status), questions=questions, is_premature=is_premature)


def _state(case: Case, finding: Finding) -> Point:
    status = case.status
    if finding.result == "unknown":
        return replace(_based_on(finding, "unknown"), questions=finding.settles)
    if finding.result == "met":
        return _based_on(finding, "open")
    assert status is not None
    if status.bound_until is not None and status.bound_until <= case.on:
        return replace(_based_on(finding, "closed"), closed_since=status.bound_until)
    return replace(_based_on(finding, "not_available"), open_from=status.bound_from)


def _year(finding: Finding, clock: Clock | None) -> Point:
    """Return the point on the one-year limit: its status is that of the finding, its days are those of the clock."""
    statuses: dict[Result, Status] = {
        "met": "open", "arguable": "needs_lawyer", "unknown": "unknown", "not_met": "closed",
    }  # fmt: skip
    point = replace(_based_on(finding, statuses[finding.result]), questions=finding.settles)
    if clock is None or clock.safe_until is None:
        return point
    exact = clock.starts is not None and not clock.starts.is_vague
    last = max(clock.safe_until, clock.arguable_until or clock.safe_until)
    return replace(
        point,
        starts=clock.starts,
        safe_until=clock.safe_until,
        arguable_until=clock.arguable_until,
        closed_since=last + ONE_DAY if point.status == "closed" and exact else None,
    )


def _based_on(finding: Finding, status: Status) -> Point:
    short = _SHORT[finding.rule] if status in ("closed", "not_available") else ()
    return Point(status, finding.because, finding.facts, citation=finding.citation, short=short)
