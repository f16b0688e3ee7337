"""Whether the State accepted a mechanism, since when, and whether the acts came after that.

An acceptance that is not recorded is not known; it is never taken as a refusal. The register of States records that of the
Optional Protocol and of its inquiry procedure; all others are packaged, or loaded by an administrator.
"""

from typing import Final

from caseflow.law.case import Case
from caseflow.law.dates import add_months
from caseflow.law.facts import Claim
from caseflow.law.register import StateStatus
from caseflow.law.routes.answers import WORST_FIRST, Point
from caseflow.law.routes.mechanisms import Acceptance, Mechanism, RouteRegister, Treaty, message
from caseflow.law.sentences import State, Text, say

LOAD: Final = say("An administrator can load it from the depositary's list.")
_NOT_ACCEPTED: Final = say("The State has not accepted it")
_NOT_YET_BOUND: Final = say("Does not bind the State yet")
_NO_LONGER_BOUND: Final = say("No longer binds the State")


def acceptance_by_state(mechanism: Mechanism, case: Case, data: RouteRegister) -> Point:
    """Find whether the State accepted what this route requires."""
    if mechanism.not_in_force:
        return Point(
            "not_available", mechanism.not_in_force, citation=mechanism.citation, short=say("Not in force yet")
        )
    if mechanism.acceptance.register == "inquiry":
        return _inquiry(case)
    if not mechanism.acceptance.any_of:
        return Point("open", say("No acceptance by the State is needed."))
    path = case.facts.path("state")
    if case.facts.state is None:
        because = say("The State concerned is not recorded.")
        return Point("unknown", because, (path,), say("Which State is concerned?"))
    ways = [_group(mechanism, group, case, data) for group in mechanism.acceptance.any_of]
    return max(ways, key=lambda point: WORST_FIRST.index(point.status))


def acts_before_acceptance(
    mechanism: Mechanism, case: Case, data: RouteRegister, place: int, claim: Claim
) -> Point | None:
    """Return a point if all acts ended before the State was bound; else None."""
    since = [
        row.in_force_on
        for group in mechanism.acceptance.any_of
        for treaty in group
        if (row := data.acceptances.get((treaty, case.facts.state or ""))) and row.is_accepted and row.in_force_on
    ]
    ends = [(act.until or act.start, act.continuing) for act in claim.acts or ()]
    first = min(since, default=None)
    if first is None or not ends:
        return None
    if any(going_on is not False or end is None or end.latest >= first for end, going_on in ends):
        return None
    return Point(
        "needs_lawyer",
        say(
            "All acts were over before {day}, when the State was bound: they are heard only if a later decision counts.",
            day=first,
        ),
        (case.facts.path("claims", place, "acts"),),
        say("Does a decision taken after the State was bound bring the acts in?"),
    )


def _inquiry(case: Case) -> Point:
    facts, state = (case.facts.path("state"),), _state(case)
    status = case.status
    if status is None:
        return Point("unknown", say("The register of States has no row for {state}.", state=state), facts)
    if status.may_have_joined:
        because = say("Whether {state} is party to the Optional Protocol is not known.", state=state)
        return Point("unknown", because, facts)
    if status.bound_from is None:
        because = say("{state} is not party to the Optional Protocol.", state=state)
        return Point("not_available", because, facts, short=_NOT_ACCEPTED)
    if status.bound_from > case.on:
        because = say("The Optional Protocol binds {state} from {day}.", state=state, day=status.bound_from)
        return Point("not_available", because, facts, open_from=status.bound_from, short=_NOT_YET_BOUND)
    if status.bound_until is not None and status.bound_until <= case.on:
        because = say("The denunciation by {state} has effect since {day}.", state=state, day=status.bound_until)
        return Point("closed", because, facts, closed_since=status.bound_until, short=_NO_LONGER_BOUND)
    return _opt_in(status, state, facts)


def _opt_in(status: StateStatus, state: State, facts: tuple[str, ...]) -> Point:
    if status.inquiry == "yes":
        return Point("open", say("{state} accepted the inquiry procedure.", state=state), facts)
    if status.inquiry == "no":
        because = say("{state} did not accept the inquiry procedure.", state=state)
        return Point("not_available", because, facts, short=_NOT_ACCEPTED)
    because = say("Whether {state} accepted the inquiry procedure is not known.", state=state)
    question = say("Did {state} declare that it accepts article 11 of the Protocol?", state=state)
    return Point("unknown", because, facts, question)


def _group(mechanism: Mechanism, group: tuple[str, ...], case: Case, data: RouteRegister) -> Point:
    """Return the worst point of the acceptances that are needed together."""
    points = [_one(mechanism, data.mechanisms.treaties[code], case, data) for code in group]
    return min(points, key=lambda point: WORST_FIRST.index(point.status))


def _one(mechanism: Mechanism, treaty: Treaty, case: Case, data: RouteRegister) -> Point:
    facts, state = (case.facts.path("state"),), _state(case)
    row = data.acceptances.get((treaty.code, case.facts.state or ""))
    if row is None:
        return _not_loaded(treaty, case)
    source = _looked_up(treaty, row, case, data)
    if not row.is_accepted:
        because = say("{state} has not accepted this ({source}).", state=state, source=source)
        unless = mechanism.acceptance.unless
        if unless:
            return Point("needs_lawyer", because + unless, facts, unless)
        return Point("not_available", because, facts, short=_NOT_ACCEPTED)
    if row.in_force_on is not None and row.in_force_on > case.on:
        because = say("It binds {state} only from {day} ({source}).", state=state, day=row.in_force_on, source=source)
        return Point("not_available", because, facts, open_from=row.in_force_on, short=_NOT_YET_BOUND)
    if row.ended_on is not None and row.ended_on <= case.on:
        return _ended(mechanism, treaty, row, case)
    because = say("{state} has been bound from a day that is not recorded ({source}).", state=state, source=source)
    if row.in_force_on:
        because = say("{state} has been bound since {day} ({source}).", state=state, day=row.in_force_on, source=source)
    return Point("open", because + mechanism.acceptance.notes.get(treaty.code, ()), facts)


def _not_loaded(treaty: Treaty, case: Case) -> Point:
    facts, state, name = (case.facts.path("state"),), _state(case), message(treaty.name)
    union = treaty.open_to
    if union is not None and case.facts.state not in union.states:
        members = message(union.name)
        because = say("Only member States of {union} can accept this ({treaty}).", union=members, treaty=name)
        short = say("Only for member States of {union}", union=members)
        return Point("not_available", because, facts, citation=union.source, short=short)
    because = say(
        "Whether {state} accepted this is not known: no acceptance is loaded ({treaty}).", state=state, treaty=name
    )
    question = say("Did {state} accept it ({treaty}), and from which day?", state=state, treaty=name)
    return Point("unknown", because + LOAD, facts, question)


def _ended(mechanism: Mechanism, treaty: Treaty, row: Acceptance, case: Case) -> Point:
    assert row.ended_on is not None
    facts = (case.facts.path("state"),)
    because = say(
        "{state} has not been bound any more since {day} ({treaty}).",
        state=_state(case),
        day=row.ended_on,
        treaty=message(treaty.name),
    )
    if mechanism.acceptance.acts_before_end_count and not _all_began_since(case, row):
        because += say("Acts before that day can still be brought.")
        return Point("needs_lawyer", because, facts, say("Did the acts come before the State left?"))
    return Point("closed", because, facts, closed_since=row.ended_on, short=_NO_LONGER_BOUND)


def _all_began_since(case: Case, row: Acceptance) -> bool:
    """Return whether all acts certainly began after the acceptance had ended."""
    assert row.ended_on is not None
    begun = [act.start for claim in case.facts.claims or () for act in claim.acts or ()]
    return bool(begun) and all(start is not None and start.earliest >= row.ended_on for start in begun)


def _looked_up(treaty: Treaty, row: Acceptance, case: Case, data: RouteRegister) -> Text:
    name = message(treaty.name)
    if row.checked_on is None:
        return name
    if add_months(row.checked_on, data.states.ruleset.thresholds.months_fresh.value) < case.on:
        return say("{treaty}; checked on {day}, check it again", treaty=name, day=row.checked_on)
    return say("{treaty}; checked on {day}", treaty=name, day=row.checked_on)


def _state(case: Case) -> State:
    code = case.facts.state or ""
    return State(code, case.status.name if case.status else code)
