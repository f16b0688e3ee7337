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
from caseflow.law.routes.mechanisms import Acceptance, Mechanism, RouteRegister, Treaty
from caseflow.law.wording import day_text

LOAD: Final = "An administrator can load it from the depositary's list."


def acceptance_by_state(mechanism: Mechanism, case: Case, data: RouteRegister) -> Point:
    """Find whether the State accepted what this route requires."""
    if mechanism.not_in_force:
        return Point("not_available", mechanism.not_in_force, citation=mechanism.citation)
    if mechanism.acceptance.register == "inquiry":
        return _inquiry(case)
    if not mechanism.acceptance.any_of:
        return Point("open", "No acceptance by the State is needed.")
    path = case.facts.path("state")
    if case.facts.state is None:
        return Point("unknown", "The State concerned is not recorded.", (path,), ("Which State is concerned?",))
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
        f"All acts were over before {day_text(first)}, when the State was bound: they are heard only if a later decision counts.",
        (case.facts.path("claims", place, "acts"),),
        ("Does a decision taken after the State was bound bring the acts in?",),
    )


def _inquiry(case: Case) -> Point:
    facts = (case.facts.path("state"),)
    status = case.status
    if status is None:
        return Point("unknown", f"The register of States has no row for {case.state_name}.", facts)
    if status.may_have_joined:
        return Point("unknown", f"Whether {status.name} is party to the Optional Protocol is not known.", facts)
    if status.bound_from is None:
        return Point("not_available", f"{status.name} is not party to the Optional Protocol.", facts)
    if status.bound_from > case.on:
        because = f"The Optional Protocol binds {status.name} from {day_text(status.bound_from)}."
        return Point("not_available", because, facts, open_from=status.bound_from)
    if status.bound_until is not None and status.bound_until <= case.on:
        because = f"The denunciation by {status.name} has effect since {day_text(status.bound_until)}."
        return Point("closed", because, facts, closed_since=status.bound_until)
    return _opt_in(status, facts)


def _opt_in(status: StateStatus, facts: tuple[str, ...]) -> Point:
    if status.inquiry == "yes":
        return Point("open", f"{status.name} accepted the inquiry procedure.", facts)
    if status.inquiry == "no":
        return Point("not_available", f"{status.name} did not accept the inquiry procedure.", facts)
    because = f"Whether {status.name} accepted the inquiry procedure is not known."
    return Point("unknown", because, facts, (f"Did {status.name} declare that it accepts article 11 of the Protocol?",))


def _group(mechanism: Mechanism, group: tuple[str, ...], case: Case, data: RouteRegister) -> Point:
    """Return the worst point of the acceptances that are needed together."""
    points = [_one(mechanism, data.mechanisms.treaties[code], case, data) for code in group]
    return min(points, key=lambda point: WORST_FIRST.index(point.status))


def _one(mechanism: Mechanism, treaty: Treaty, case: Case, data: RouteRegister) -> Point:
    facts, state = (case.facts.path("state"),), case.state_name
    row = data.acceptances.get((treaty.code, case.facts.state or ""))
    if row is None:
        return _not_loaded(treaty, case)
    looked_up = _looked_up(row, case, data)
    if not row.is_accepted:
        because = f"{state} has not accepted this ({treaty.name}{looked_up})."
        if mechanism.acceptance.unless:
            return Point(
                "needs_lawyer", f"{because} {mechanism.acceptance.unless}", facts, (mechanism.acceptance.unless,)
            )
        return Point("not_available", because, facts)
    if row.in_force_on is not None and row.in_force_on > case.on:
        because = f"It binds {state} only from {day_text(row.in_force_on)} ({treaty.name}{looked_up})."
        return Point("not_available", because, facts, open_from=row.in_force_on)
    if row.ended_on is not None and row.ended_on <= case.on:
        return _ended(mechanism, treaty, row, case)
    since = f"since {day_text(row.in_force_on)}" if row.in_force_on else "from a day that is not recorded"
    note = mechanism.acceptance.notes.get(treaty.code, "")
    because = f"{state} has been bound {since} ({treaty.name}{looked_up})."
    return Point("open", f"{because} {note}".rstrip(), facts)


def _not_loaded(treaty: Treaty, case: Case) -> Point:
    facts, state = (case.facts.path("state"),), case.state_name
    if treaty.open_to is not None and case.facts.state not in treaty.open_to.states:
        because = f"Only member States of {treaty.open_to.name} can accept this ({treaty.name})."
        return Point("not_available", because, facts, citation=treaty.open_to.source)
    because = f"Whether {state} accepted this is not known: no acceptance is loaded ({treaty.name}). {LOAD}"
    return Point("unknown", because, facts, (f"Did {state} accept it ({treaty.name}), and from which day?",))


def _ended(mechanism: Mechanism, treaty: Treaty, row: Acceptance, case: Case) -> Point:
    assert row.ended_on is not None
    facts = (case.facts.path("state"),)
    because = f"{case.state_name} has not been bound any more since {day_text(row.ended_on)} ({treaty.name})."
    if mechanism.acceptance.acts_before_end_count and not _all_began_since(case, row):
        because += " Acts before that day can still be brought."
        return Point("needs_lawyer", because, facts, ("Did the acts come before the State left?",))
    return Point("closed", because, facts, closed_since=row.ended_on)


def _all_began_since(case: Case, row: Acceptance) -> bool:
    """Return whether all acts certainly began after the acceptance had ended."""
    assert row.ended_on is not None
    begun = [act.start for claim in case.facts.claims or () for act in claim.acts or ()]
    return bool(begun) and all(start is not None and start.earliest >= row.ended_on for start in begun)


def _looked_up(row: Acceptance, case: Case, data: RouteRegister) -> str:
    if row.checked_on is None:
        return ""
    fresh = data.states.ruleset.thresholds.months_fresh.value
    stale = ", check it again" if add_months(row.checked_on, fresh) < case.on else ""
    return f"; checked on {day_text(row.checked_on)}{stale}"
