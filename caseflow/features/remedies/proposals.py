"""The next step of a ladder and its last day, by the remedy map of the State: computed, for a person to check.

Nothing of it is saved. A map that is wrong, or a remedy recorded under another stage, gives a wrong proposal; so each says
from which map it comes, and how its day was counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from caseflow.clock import today
from caseflow.features.remedies.facts import in_order, is_awaited
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.features.remedy_maps.queries import maps_for
from caseflow.features.remedy_maps.service import calendar_of, knows_holidays
from caseflow.law import UncertainDate
from caseflow.law.limits import LastDay, Limit, last_day
from caseflow.models import (
    ENDED_STAGES,
    Case,
    Claim,
    DomesticRemedy,
    LimitFrom,
    RemedyKind,
    RemedyMap,
    RemedyMapStep,
    Stage,
)
from caseflow.unit_of_work import UnitOfWork

STAGES_OUTSIDE_SEQUENCE: Final = frozenset({"URGENT", "OMBUDS_NHRI", "REGIONAL"})
"""Stages that run beside the ladder: they are no next step, and no time limit of the ladder begins with their decision."""
OUTCOMES_WITHOUT_APPEAL: Final = frozenset({"granted", "settled", "not_enforced"})
"""Outcomes after which there is nothing to appeal against."""
WITHOUT_NEXT_STEP: Final = ENDED_STAGES | {Stage.FILED, Stage.REGISTERED, Stage.PENDING, Stage.DECIDED, Stage.FOLLOW_UP}
"""Stages of a case in which the domestic ladder is behind it."""


class NoDay(StrEnum):
    """Why a proposed step has no last day."""

    NO_LIMIT = "no_limit"
    """The map knows no time limit for it."""
    NO_REMEDY = "no_remedy"
    """Nothing was used yet, so the decision to go against is not recorded."""
    NO_DATE = "no_date"
    """The day of the event is not recorded, or has no earliest day."""
    TOO_FAR = "too_far"
    """So many working days are not reached: the map closes nearly all days, or the calendar ends."""
    SILENCE = "silence"
    """The limit begins when silence counts as a refusal, a day that no field holds."""


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """What a map says comes next on the ladder of a claim."""

    claim: Claim
    after: DomesticRemedy | None
    """The remedy whose decision the step goes against; None where nothing was used yet."""
    map: RemedyMap
    step: RemedyMapStep
    last_day: LastDay | None
    why_no_day: NoDay | None
    are_holidays_known: bool
    """Whether public holidays of the State could be left out: else only weekends and closed periods were."""


def maps_of_case(uow: UnitOfWork, case: Case, claims: Sequence[Claim]) -> Mapping[str, RemedyMap]:
    """Return the maps of the case's State for the principal rights of its claims, in one statement."""
    return maps_for(uow, case.state_code, sorted({claim.rights[0] for claim in claims if claim.rights}))


def proposals(
    case: Case,
    claims: Sequence[Claim],
    remedies: Sequence[DomesticRemedy],
    maps: Mapping[str, RemedyMap],
    on: date,
) -> list[ProposedStep]:
    """Propose the next step of each claim: the first ordinary one of the map after the last that was used.

    Args:
        case: its stage decides whether there is anything to propose.
        claims: with their acts loaded, for limits that begin with the act.
        remedies: of all these claims, each ladder in its order.
        maps: by right, with their steps.
        on: the day on which is asked.

    Returns:
        At most one for each claim; none where a decision is awaited or was won, or every ordinary step was used or
        explained as not used.
    """
    if case.stage in WITHOUT_NEXT_STEP:
        return []
    found = []
    for claim in claims:
        remedy_map = maps.get(claim.rights[0]) if claim.rights else None
        if remedy_map is not None:
            own = [remedy for remedy in remedies if remedy.claim_id == claim.id]
            found += _next(claim, own, remedy_map, on)
    return found


def _next(claim: Claim, ladder: Sequence[DomesticRemedy], remedy_map: RemedyMap, on: date) -> list[ProposedStep]:
    used = [remedy for remedy in in_order(ladder) if remedy.stage not in STAGES_OUTSIDE_SEQUENCE]
    last = used[-1] if used else None
    if last is not None and (is_awaited(last, on) or last.outcome in OUTCOMES_WITHOUT_APPEAL):
        return []
    step = _first_open(remedy_map.steps, ladder)
    if step is None:
        return []
    day, why_no_day = _last_day(claim, last, remedy_map, step)
    return [ProposedStep(claim, last, remedy_map, step, day, why_no_day, knows_holidays(remedy_map.state_code))]


def _first_open(steps: Sequence[RemedyMapStep], ladder: Sequence[DomesticRemedy]) -> RemedyMapStep | None:
    """Return the first ordinary step behind all that were used, of those neither used nor explained.

    A remedy stands for the first step of its stage that no remedy before it stands for.
    """
    settled: set[int] = set()
    reached = -1
    for remedy in ladder:
        place = next((n for n, step in enumerate(steps) if step.stage == remedy.stage and n not in settled), None)
        if place is not None:
            settled.add(place)
            if remedy.is_used and remedy.stage not in STAGES_OUTSIDE_SEQUENCE:
                reached = max(reached, place)
    behind = (step for place, step in enumerate(steps) if place > reached and place not in settled)
    return next(
        (step for step in behind if step.kind is RemedyKind.ORDINARY and step.stage not in STAGES_OUTSIDE_SEQUENCE),
        None,
    )


def _last_day(
    claim: Claim, last: DomesticRemedy | None, remedy_map: RemedyMap, step: RemedyMapStep
) -> tuple[LastDay | None, NoDay | None]:
    if step.limit_count is None or step.limit_unit is None or step.limit_from is None:
        return None, NoDay.NO_LIMIT
    if step.limit_from is LimitFrom.SILENCE:
        return None, NoDay.SILENCE
    if last is None and step.limit_from is not LimitFrom.ACT:
        return None, NoDay.NO_REMEDY
    name, event = _event(claim, last, step.limit_from)
    if event is None:
        return None, NoDay.NO_DATE
    calendar = calendar_of(remedy_map, with_closed_periods=not step.runs_in_closed_periods)
    found = last_day(Limit(step.limit_count, step.limit_unit.value), name, event, calendar)
    if found is None:
        return None, NoDay.NO_DATE if event.earliest == date.min else NoDay.TOO_FAR
    return found, None


def _event(claim: Claim, last: DomesticRemedy | None, kind: LimitFrom) -> tuple[str, UncertainDate | None]:
    """Return what a limit is counted from, in a word, and its date. Where that is not recorded, an earlier event stands in.

    A decision is taken before it is notified or published, so what is counted from it ends on an earlier, safe day.
    """
    if kind is LimitFrom.ACT:
        began = [act.began for act in claim.acts if act.began is not None]
        return "the act", min(began, key=lambda day: day.earliest, default=None)
    assert last is not None
    if kind is LimitFrom.NOTIFICATION and last.notified is not None:
        return "notification", last.notified
    return "the decision", last.decided


@dataclass(frozen=True, slots=True)
class Offer:
    """What the State's map offers beside the form of a remedy."""

    map: RemedyMap
    chosen: RemedyMapStep | None
    """The step that somebody wants to record."""
    proposal: ProposedStep | None = None
    """The next step that somebody wants to take over."""


def offer_of(
    uow: UnitOfWork, case: Case, claim: Claim, chosen: UUID | None, remedy: DomesticRemedy | None = None
) -> Offer | None:
    """Return what the map of the case's State offers for a claim; nothing where there is no map.

    Args:
        uow: the unit of work.
        case: the case, with its section.
        claim: the claim, with its acts.
        chosen: the id of a step of the map. What is filled in is looked up here: no address can slip in a day.
        remedy: the remedy that is changed; none where one is added.
    """
    maps = maps_of_case(uow, case, [claim])
    if not maps:
        return None
    (remedy_map,) = maps.values()
    step = next((one for one in remedy_map.steps if one.id == chosen), None)
    offer = Offer(remedy_map, step)
    if step is None or remedy is None:
        return offer
    remedies = [one for one in remedies_of_case(uow, case) if one.claim_id == claim.id]
    found = proposals(case, [claim], remedies, maps, today(case.section.time_zone))
    return replace(offer, proposal=next((one for one in found if one.step is step and one.after is remedy), None))
