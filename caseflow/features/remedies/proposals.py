"""Proposals of the next remedy and its last day, computed from the remedy map of the State for a person to check.

Nothing is saved. An error in the map, or a remedy recorded under another stage, makes a proposal wrong; so each proposal
names its map, and how its day was counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from caseflow.clock import today
from caseflow.features.remedies.facts import by_victim, in_order, is_awaited
from caseflow.features.remedies.queries import remedies_of_case, victims_of_claims
from caseflow.features.remedy_maps.queries import maps_for
from caseflow.features.remedy_maps.service import calendar_of, knows_holidays
from caseflow.law import UncertainDate
from caseflow.law.limits import LastDay, Limit, last_day
from caseflow.law.sentences import Text, say
from caseflow.models import (
    ENDED_STAGES,
    Case,
    CasePerson,
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
"""Stages outside the sequence of instances: never a next step, and their decisions start no time limit of one."""
OUTCOMES_WITHOUT_APPEAL: Final = frozenset({"granted", "settled", "not_enforced"})
"""Outcomes after which no appeal is needed."""
WITHOUT_NEXT_STEP: Final = ENDED_STAGES | {Stage.FILED, Stage.REGISTERED, Stage.PENDING, Stage.DECIDED, Stage.FOLLOW_UP}
"""Stages of a case in which domestic remedies are no longer pursued."""


class NoDay(StrEnum):
    """Why a proposed step has no last day."""

    NO_LIMIT = "no_limit"
    """The map has no time limit for it."""
    NO_REMEDY = "no_remedy"
    """No remedy was used yet, so there is no decision to appeal."""
    NO_DATE = "no_date"
    """The date of the event is not recorded, or has no earliest day."""
    TOO_FAR = "too_far"
    """The number of working days is not reached: the map closes nearly all days, or the calendar ends."""
    SILENCE = "silence"
    """The limit begins when silence counts as a refusal; no field records that day."""


@dataclass(frozen=True, slots=True)
class ProposedStep:
    """The next step for a claim according to a map."""

    claim: Claim
    after: DomesticRemedy | None
    """The remedy whose decision the step appeals against; None if no remedy was used yet."""
    map: RemedyMap
    step: RemedyMapStep
    last_day: LastDay | None
    why_no_day: NoDay | None
    are_holidays_known: bool
    """Whether public holidays of the State were skipped; else only weekends and closed periods."""


def differing_days(proposal: ProposedStep) -> tuple[date, date] | None:
    """Return the recorded and the calculated last day of a proposed step, if they differ."""
    after, computed = proposal.after, proposal.last_day
    if after is None or computed is None or after.next_step != proposal.step.stage or after.next_step_due is None:
        return None
    return (after.next_step_due, computed.day) if after.next_step_due != computed.day else None


def is_reason_given(proposal: ProposedStep) -> bool:
    """Return whether somebody has given the reason why the recorded day is kept and not the one calculated now."""
    after, computed = proposal.after, proposal.last_day
    if after is None or computed is None or not after.next_step_reason:
        return False
    return after.next_step_computed == computed.day


def maps_of_case(uow: UnitOfWork, case: Case, claims: Sequence[Claim]) -> Mapping[str, RemedyMap]:
    """Return the maps of the case's State for the principal rights of claims, by right: one statement."""
    return maps_for(uow, case.state_code, sorted({claim.rights[0] for claim in claims if claim.rights}))


def proposals(
    case: Case,
    claims: Sequence[Claim],
    remedies: Sequence[DomesticRemedy],
    maps: Mapping[str, RemedyMap],
    on: date,
    *,
    victims: Mapping[UUID, Sequence[CasePerson]],
) -> list[ProposedStep]:
    """Propose the next step of each claim: the first ordinary one of the map after the last that was used.

    Args:
        case: the case; its stage decides whether there are proposals.
        claims: the claims with their acts, as some limits begin with an act.
        remedies: the remedies of these claims, in the order of each ladder.
        maps: remedy maps by right, with their steps.
        on: the day for which decisions count as awaited.
        victims: the victims of each claim by its id (`victims_of_claims`), where remedies concern some of them only.

    Returns:
        At most one for each claim, or for each victim whose remedies differ; none if a decision is awaited or favourable, or
        all ordinary steps were used or recorded as not used.
    """
    if case.stage in WITHOUT_NEXT_STEP:
        return []
    found: list[ProposedStep] = []
    for claim in claims:
        remedy_map = maps.get(claim.rights[0]) if claim.rights else None
        if remedy_map is not None:
            own = [remedy for remedy in remedies if remedy.claim_id == claim.id]
            each = [_next(claim, one, remedy_map, on) for one in by_victim(own, victims.get(claim.id, ()))]
            found += {(one.after and one.after.id, one.step.id): one for one in each if one}.values()
    return found


def _next(claim: Claim, ladder: Sequence[DomesticRemedy], remedy_map: RemedyMap, on: date) -> ProposedStep | None:
    used = [remedy for remedy in in_order(ladder) if remedy.stage not in STAGES_OUTSIDE_SEQUENCE]
    last = used[-1] if used else None
    if last is not None and (is_awaited(last, on) or last.outcome in OUTCOMES_WITHOUT_APPEAL):
        return None
    step = _first_open(remedy_map.steps, ladder)
    if step is None:
        return None
    day, why_no_day = _last_day(claim, last, remedy_map, step)
    return ProposedStep(claim, last, remedy_map, step, day, why_no_day, knows_holidays(remedy_map.state_code))


def _first_open(steps: Sequence[RemedyMapStep], ladder: Sequence[DomesticRemedy]) -> RemedyMapStep | None:
    """Return the first ordinary step after all used ones that is neither used nor recorded as not used.

    A remedy matches the first step of its stage that no remedy before it matches.
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
    return next(filter(_is_in_sequence, behind), None)


def _is_in_sequence(step: RemedyMapStep) -> bool:
    return step.kind is RemedyKind.ORDINARY and step.stage not in STAGES_OUTSIDE_SEQUENCE


def following_step(remedy_map: RemedyMap, step: RemedyMapStep) -> RemedyMapStep | None:
    """Return the ordinary step that a map has after one of its steps; None after the last."""
    behind = remedy_map.steps[remedy_map.steps.index(step) + 1 :]
    return next(filter(_is_in_sequence, behind), None)


def _last_day(
    claim: Claim, last: DomesticRemedy | None, remedy_map: RemedyMap, step: RemedyMapStep
) -> tuple[LastDay | None, NoDay | None]:
    if step.limit_count is None or step.limit_unit is None or step.limit_from is None:
        return None, NoDay.NO_LIMIT
    if step.limit_from is LimitFrom.SILENCE:
        return None, NoDay.SILENCE
    if last is None and step.limit_from is not LimitFrom.ACT:
        return None, NoDay.NO_REMEDY
    name, event = _start_of_limit(claim, last, step.limit_from)
    if event is None:
        return None, NoDay.NO_DATE
    calendar = calendar_of(remedy_map, with_closed_periods=not step.runs_in_closed_periods)
    found = last_day(Limit(step.limit_count, step.limit_unit.value), name, event, calendar)
    if found is None:
        return None, NoDay.NO_DATE if event.earliest == date.min else NoDay.TOO_FAR
    return found, None


def _start_of_limit(claim: Claim, last: DomesticRemedy | None, kind: LimitFrom) -> tuple[Text, UncertainDate | None]:
    """Return the name and date of the event from which a limit is counted; an earlier event if it is not recorded.

    A decision is taken before it is notified or published, so a limit counted from it ends earlier, on a safe day.
    """
    if kind is LimitFrom.ACT:
        began = [act.began for act in claim.acts if act.began is not None]
        return say("the act"), min(began, key=lambda day: day.earliest, default=None)
    assert last is not None
    if kind is LimitFrom.NOTIFICATION and last.notified is not None:
        return say("notification"), last.notified
    return say("the decision"), last.decided


@dataclass(frozen=True, slots=True)
class Offer:
    """What the State's map offers for the form of a remedy."""

    map: RemedyMap
    chosen: RemedyMapStep | None
    """The step to fill the form with."""
    proposal: ProposedStep | None = None
    """The next step that the map proposes after the remedy that is changed."""

    @property
    def is_to_fill_in(self) -> bool:
        """Whether the person has chosen the proposed next step."""
        return self.proposal is not None and self.chosen is self.proposal.step

    @property
    def other_day(self) -> date | None:
        """The calculated deadline of the recorded next step, if another is recorded."""
        days = differing_days(self.proposal) if self.proposal and not self.is_to_fill_in else None
        return days[1] if days else None


def map_offer(
    uow: UnitOfWork, case: Case, claim: Claim, chosen: UUID | None, remedy: DomesticRemedy | None = None
) -> Offer | None:
    """Return what the map of the case's State offers for a claim; None without a map.

    Args:
        uow: the unit of work.
        case: the case, with its section.
        claim: the claim, with its acts.
        chosen: the id of a step of the map. Its values are looked up here, so that an address cannot inject any.
        remedy: the remedy that is changed; None for a new one.
    """
    maps = maps_of_case(uow, case, [claim])
    if not maps:
        return None
    (remedy_map,) = maps.values()
    step = next((one for one in remedy_map.steps if one.id == chosen), None)
    offer = Offer(remedy_map, step)
    if remedy is None:
        return offer
    remedies = [one for one in remedies_of_case(uow, case) if one.claim_id == claim.id]
    victims = victims_of_claims(uow, case, [claim], remedies)
    found = proposals(case, [claim], remedies, maps, today(case.section.time_zone), victims=victims)
    return replace(offer, proposal=next((one for one in found if one.after is remedy), None))
