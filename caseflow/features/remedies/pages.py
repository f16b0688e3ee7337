"""Next steps that the remedy map of the State proposes, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from caseflow.features.remedies.proposals import NoDay, ProposedStep, differing_days, is_reason_given
from caseflow.models import Claim, DomesticRemedy, RemedyMap, RemedyMapStep
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import in_words

WHY_NO_DAY = {
    NoDay.NO_LIMIT: _l("The map has no time limit for it."),
    NoDay.NO_REMEDY: _l("The deadline can be calculated once the contested decision is recorded with its date."),
    NoDay.NO_DATE: _l("The deadline cannot be calculated: record when the decision was notified."),
    NoDay.TOO_FAR: _l(
        "The deadline cannot be calculated: it would be too many years away. Check the time limit and the closed periods of the map."
    ),
    NoDay.SILENCE: _l("The time limit begins when silence counts as a refusal; count it from that date."),
}


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A proposed step in words, with links to record it."""

    map: RemedyMap
    step: RemedyMapStep
    last_day: str
    days: int | None
    because: str
    why_no_day: str
    recorded: str
    """A sentence on the recorded last day, if it differs from the proposed one."""
    are_holidays_known: bool
    take_over_href: str
    """Address of the form of the remedy before it; empty without permission, or if no remedy was used yet."""
    add_href: str
    recorded_day: str = ""
    """The recorded last day, if it differs from the proposed one."""
    reason: str = ""
    """Why the recorded day is kept."""
    keep_href: str = ""
    """Address of the field for that reason; empty without permission, or if the days agree."""
    is_next_step: bool = False
    """Whether it is the recorded next step of the remedy before it: both are shown as one step."""
    after_id: UUID | None = None


def shown_proposals(found: Sequence[ProposedStep], on: date, *, may_edit: bool) -> dict[UUID, list[ShownProposal]]:
    """Return proposals in words by claim, without those that are recorded with the computed day."""
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
    days = differing_days(proposal)
    return ShownProposal(
        map=proposal.map,
        step=step,
        last_day=show_date(computed.day) if computed else "",
        days=(computed.day - on).days if computed else None,
        because=in_words(computed.because) if computed else "",
        why_no_day=str(WHY_NO_DAY[proposal.why_no_day]) if proposal.why_no_day else "",
        recorded=_recorded(proposal),
        are_holidays_known=proposal.are_holidays_known,
        take_over_href=_take_over(after, step) if may_edit and after is not None else "",
        add_href=_add(claim, step) if may_edit else "",
        recorded_day=show_date(days[0]) if days else "",
        reason=after.next_step_reason if after is not None and is_reason_given(proposal) else "",
        keep_href=_keep(after) if may_edit and after is not None and days else "",
        is_next_step=after is not None and after.next_step == step.stage,
        after_id=after.id if after is not None else None,
    )


def _recorded(proposal: ProposedStep) -> str:
    days = differing_days(proposal)
    if days is None or is_reason_given(proposal):
        return ""
    recorded, computed = days
    day = show_date(recorded)
    if recorded < computed:
        return str(_("An earlier date is recorded, %(day)s. It is the safer one.", day=day))
    return str(_("A later date is recorded, %(day)s. Check which date is correct.", day=day))


def _take_over(after: DomesticRemedy, step: RemedyMapStep) -> str:
    return url_for("remedies.edit", case_id=after.case_id, remedy_id=after.id, map_step=step.id, _anchor="next_step")


def _keep(after: DomesticRemedy) -> str:
    return url_for("remedies.edit", case_id=after.case_id, remedy_id=after.id, _anchor="next_step_reason")


def _add(claim: Claim, step: RemedyMapStep) -> str:
    return url_for("remedies.add", case_id=claim.case_id, claim_id=claim.id, map_step=step.id)
