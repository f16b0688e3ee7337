"""The ladders of remedies on the page "Remedies", and their part of the summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for

from caseflow.features.remedies.facts import open_steps, used_facts
from caseflow.features.remedies.pages import ShownProposal, shown_proposals
from caseflow.features.remedies.proposals import differing_days, is_reason_given, maps_of_case, proposals
from caseflow.features.remedies.queries import NUMBER_OF_REMEDIES, remedies_of_case, victims_of_claims
from caseflow.models import CasePerson, Claim, DomesticRemedy
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import (
    Banner,
    CaseCount,
    CasePage,
    CasePanel,
    CaseView,
    NextStep,
    SummaryPart,
    TaskRow,
    case_url,
)
from caseflow.web.dates import days_left_kind, show_date, show_days_left_within
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import label

KINDS_OF_OUTCOME = {
    "granted": "good",
    "partly_granted": "good",
    "settled": "good",
    "pending": "info",
    "no_reply": "warn",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One remedy in words, for the macro `ladder`."""

    id: str
    stage: str
    authority: str
    kind: str
    outcome: str
    outcome_kind: str
    reference: str
    dates: list[tuple[str, str]]
    concerns: str
    """Code names of the victims whom it concerns; empty where it concerns all victims of the claim."""
    reason: str
    href: str
    remedy: DomesticRemedy
    next_step: str = ""
    next_due: str = ""
    next_days: int | None = None
    proposal: ShownProposal | None = None
    """What the remedy map of the State proposes after it."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The remedies of one claim in order."""

    claim: Claim
    steps: list[Step] = field(default_factory=list)
    proposals: list[ShownProposal] = field(default_factory=list)
    """Those before the first remedy."""


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladder of each claim."""

    ladders: list[Ladder]


def ladders(uow: UnitOfWork, view: CaseView) -> Ladders:
    """Return the ladder of each claim, and the next steps that remedy maps propose: two statements.

    Two more read the persons of the case, if a remedy concerns some of them only.
    """
    case, on, may_edit = view.case, view.on, view.may_edit
    remedies, shown = uow.cached(remedies_of_case, case), list[Ladder]()
    victims = victims_of_claims(uow, case, case.claims, remedies)
    found = proposals(case, case.claims, remedies, maps_of_case(uow, case, case.claims), on, victims=victims)
    proposed = shown_proposals(found, on, may_edit=may_edit)
    for claim in case.claims:
        own = [remedy for remedy in remedies if remedy.claim_id == claim.id]
        of_claim = victims.get(claim.id, ())
        still_open = open_steps(own, on, of_claim)
        after = {one.after_id: one for one in proposed.get(claim.id, [])}
        steps = [
            _step(
                remedy,
                on,
                of_claim,
                may_edit=may_edit,
                is_open=remedy.id in still_open,
                proposal=after.get(remedy.id),
            )
            for remedy in own
        ]
        shown.append(Ladder(claim, steps, [one for one in after.values() if one.after_id is None]))
    return Ladders(shown)


def _step(
    remedy: DomesticRemedy,
    on: date,
    victims: Sequence[CasePerson],
    *,
    may_edit: bool,
    is_open: bool,
    proposal: ShownProposal | None,
) -> Step:
    named = (("filed", _("Filed")), ("decided", _("Decided")), ("notified", _("Notified")))
    dates = [(words, show_date(getattr(remedy, name))) for name, words in named if getattr(remedy, name)]
    kind = "" if remedy.kind.value == "ordinary" else label("remedy_kind", remedy.kind.value)
    further: dict[str, Any] = {}
    if is_open:
        due = remedy.next_step_due
        further = {
            "next_step": label("remedy_stage", remedy.next_step),
            "next_due": show_date(due) if due else _("Not recorded"),
            "next_days": (due - on).days if due else None,
        }
    reason = ": ".join(filter(None, (label("reason_not_used", remedy.reason_not_used), remedy.explanation)))
    return Step(
        id=_anchor(remedy.id),
        stage=label("remedy_stage", remedy.stage),
        authority=" · ".join(filter(None, (remedy.authority, kind))),
        kind="used" if remedy.is_used else "unused",
        outcome=(label("outcome", remedy.outcome) or _("Outcome not recorded")) if remedy.is_used else _("Not used"),
        outcome_kind=KINDS_OF_OUTCOME.get(remedy.outcome or "", "neutral"),
        reference=remedy.file_number,
        dates=dates,
        concerns=_concerns(remedy, victims),
        reason=reason,
        href=url_for("remedies.edit", case_id=remedy.case_id, remedy_id=remedy.id) if may_edit else "",
        remedy=remedy,
        proposal=proposal,
        **further,
    )


def _concerns(remedy: DomesticRemedy, victims: Sequence[CasePerson]) -> str:
    if not remedy.concerns_some:
        return ""
    return ", ".join(used_facts(remedy, victims).victims or ()) or _("no victim of this claim")


def _anchor(remedy_id: UUID) -> str:
    return f"remedy-{remedy_id}"


def summary(uow: UnitOfWork, view: CaseView) -> SummaryPart:
    """Return the state of the remedies, and a warning where a recorded last day differs from the map's: at most two statements.

    The persons were read for the facts of the case.
    """
    case = view.case
    remedies = uow.cached(remedies_of_case, case)
    victims = victims_of_claims(uow, case, case.claims, remedies)
    status, kind = _status(remedies, victims, view.on)
    rows = [TaskRow(30, CasePage.REMEDIES, ("remedies",), _("Remedies"), status, kind)]
    if not remedies:
        add = _("Record the first domestic remedy, or why none was used")
        steps = [NextStep((1, 1), add, case_url(case.id, CasePage.REMEDIES))] if case.claims and view.may_edit else []
        return SummaryPart(steps=steps, rows=rows)
    maps = maps_of_case(uow, case, case.claims) if any(remedy.next_step_due for remedy in remedies) else {}
    found = proposals(case, case.claims, remedies, maps, view.on, victims=victims)
    banners = [
        Banner(
            1,
            "warn",
            _(
                "Check this date: %(recorded)s is recorded for the next step, the remedy map calculates %(computed)s.",
                recorded=show_date(recorded),
                computed=show_date(computed),
            ),
            case_url(case.id, CasePage.REMEDIES, _anchor(one.after.id) if one.after else None),
            _("See the remedies"),
        )
        for one in found
        if (days := differing_days(one)) is not None and not is_reason_given(one)
        for recorded, computed in [days]
    ]
    return SummaryPart(banners=banners, rows=rows)


def _status(
    remedies: Sequence[DomesticRemedy], victims: Mapping[UUID, Sequence[CasePerson]], on: date
) -> tuple[str, str]:
    """Return the most urgent next step of the ladders in words, or how many remedies are recorded."""
    if not remedies:
        return _("None recorded"), "warn"
    by_claim: dict[UUID, list[DomesticRemedy]] = {}
    for remedy in remedies:
        by_claim.setdefault(remedy.claim_id, []).append(remedy)
    opened = {
        remedy_id for claim_id, own in by_claim.items() for remedy_id in open_steps(own, on, victims.get(claim_id, ()))
    }
    due = min((one.next_step_due for one in remedies if one.id in opened and one.next_step_due), default=None)
    if due is not None:
        days = (due - on).days
        return _("Next step: %(left)s", left=show_days_left_within(days)), days_left_kind(days)
    return ngettext("%(num)s recorded", "%(num)s recorded", len(remedies)), "good"


COUNTS = (CaseCount(CasePage.REMEDIES, (NUMBER_OF_REMEDIES,), lambda number: str(number or "")),)
PANELS = (CasePanel(CasePage.REMEDIES, 10, ladders, "remedies/_ladder.html"),)
