"""What the remedy map of the State proposes, in words: on the ladder of a case, and on the form of a remedy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from flask import url_for

from caseflow.clock import today
from caseflow.features.remedies.proposals import NoDay, ProposedStep, maps_of_case, proposals
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.features.remedy_maps.pages import Standing, limit_words, standing_of, title_of
from caseflow.models import Case, Claim, DomesticRemedy, RemedyMap, RemedyMapStep
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import english, label

WHY_NO_DAY = {
    NoDay.NO_LIMIT: _l("The map has no time limit for it."),
    NoDay.NO_REMEDY: _l(
        "The last day can be computed once the decision that it goes against is recorded with its day."
    ),
    NoDay.NO_DATE: _l("The last day can't be computed: record when the decision was notified."),
    NoDay.TOO_FAR: _l(
        "The last day can't be computed: it would lie too many years away. Check the time limit and the closed periods of the map."
    ),
    NoDay.SILENCE: _l("The time limit begins when silence counts as a refusal; count it from that day."),
}


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposed step in words, with the ways to make it one's own."""

    name: str
    stage: str
    authority: str
    limit: str
    limit_note: str
    last_day: str
    days: int | None
    because: str
    why_no_day: str
    recorded: str
    """A sentence on the last day that is recorded, where it is another one."""
    are_holidays_known: bool
    standing: Standing
    map_title: str
    map_href: str
    take_over_href: str
    """To the form of the remedy it goes against; empty where nobody may edit, or nothing was used yet."""
    add_href: str


def shown_proposals(found: Sequence[ProposedStep], on: date, *, may_edit: bool) -> dict[UUID, list[ShownProposal]]:
    """Return proposals in words by claim; none that is recorded already as it was computed."""
    shown: dict[UUID, list[ShownProposal]] = {}
    for one in found:
        if not _is_recorded(one):
            shown.setdefault(one.claim.id, []).append(_shown(one, on, may_edit=may_edit))
    return shown


def _is_recorded(proposal: ProposedStep) -> bool:
    after, computed = proposal.after, proposal.last_day
    if after is None or after.next_step != proposal.step.stage or after.next_step_due is None:
        return False
    return computed is None or computed.day == after.next_step_due


def _shown(proposal: ProposedStep, on: date, *, may_edit: bool) -> ShownProposal:
    step, after, claim, computed = proposal.step, proposal.after, proposal.claim, proposal.last_day
    return ShownProposal(
        name=step.name,
        stage=label("remedy_stage", step.stage),
        authority=step.authority,
        limit=limit_words(step),
        limit_note=step.limit_note,
        last_day=show_date(computed.day) if computed else "",
        days=(computed.day - on).days if computed else None,
        because=english(computed.because) if computed else "",
        why_no_day=str(WHY_NO_DAY[proposal.why_no_day]) if proposal.why_no_day else "",
        recorded=_recorded(proposal),
        are_holidays_known=proposal.are_holidays_known,
        standing=standing_of(proposal.map),
        map_title=title_of(proposal.map),
        map_href=url_for("remedy_maps.show", map_id=proposal.map.id, _anchor=f"step-{step.id}"),
        take_over_href=_take_over(after, step) if may_edit and after is not None else "",
        add_href=_add(claim, step) if may_edit else "",
    )


def _recorded(proposal: ProposedStep) -> str:
    after, computed = proposal.after, proposal.last_day
    if after is None or computed is None or after.next_step != proposal.step.stage or after.next_step_due is None:
        return ""
    day = show_date(after.next_step_due)
    if after.next_step_due < computed.day:
        return str(_("An earlier day is recorded, %(day)s: it is the safer one.", day=day))
    return str(_("A later day is recorded, %(day)s: check which one is right.", day=day))


def _take_over(after: DomesticRemedy, step: RemedyMapStep) -> str:
    return url_for("remedies.edit", case_id=after.case_id, remedy_id=after.id, map_step=step.id, _anchor="next_step")


def _add(claim: Claim, step: RemedyMapStep) -> str:
    return url_for("remedies.add", case_id=claim.case_id, claim_id=claim.id, map_step=step.id)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the State's map offers beside the form of a remedy."""

    map: RemedyMap
    title: str
    standing: Standing
    steps: list[tuple[RemedyMapStep, str]]
    """Each with its time limit in words."""
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
    steps = [(step, limit_words(step) or _("no time limit recorded")) for step in remedy_map.steps]
    step = next((one for one in remedy_map.steps if one.id == chosen), None)
    offer = Offer(remedy_map, title_of(remedy_map), standing_of(remedy_map), steps, step)
    if step is None or remedy is None:
        return offer
    remedies = [one for one in remedies_of_case(uow, case) if one.claim_id == claim.id]
    found = proposals(case, [claim], remedies, maps, today(case.section.time_zone))
    return replace(offer, proposal=next((one for one in found if one.step is step and one.after is remedy), None))
