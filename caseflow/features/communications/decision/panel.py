"""The decision on the page "Committee": the outcome of each claim, and the recommendations with their follow-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from caseflow.features.communications.decision.pages import claims_in_words
from caseflow.features.communications.decision.queries import claim_decisions_of, recommendations_of
from caseflow.features.communications.follow_up.pages import GRADES
from caseflow.features.communications.follow_up.queries import steps_of_case
from caseflow.features.communications.follow_up.standing import closure_of, last_of
from caseflow.features.communications.pages import letter_name
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.communications.standing import decision_of
from caseflow.models import (
    Case,
    ClaimDecision,
    ClaimResult,
    FollowUpKind,
    FollowUpStep,
    LetterKind,
    Recommendation,
    RecommendationStatus,
)
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView
from caseflow.web.dates import Kind, show_date
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

_RESULTS: dict[ClaimResult, Kind] = {
    ClaimResult.VIOLATION: "good",
    ClaimResult.NO_VIOLATION: "bad",
    ClaimResult.INADMISSIBLE: "bad",
    ClaimResult.NOT_EXAMINED: "neutral",
}
_STATUSES: dict[RecommendationStatus, Kind] = {
    RecommendationStatus.OPEN: "warn",
    RecommendationStatus.PARTLY: "warn",
    RecommendationStatus.DONE: "good",
    RecommendationStatus.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """The outcome of a claim."""

    claim: str
    result: str
    kind: Kind
    ground: str
    edit_href: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation, and what the State did about it."""

    text: str
    whom: str
    status: str
    kind: Kind
    as_of: str
    note: str
    grade: str
    """How the Committee last assessed it; empty as long as it did not."""
    grade_kind: Kind
    closed: str
    """When it was closed; empty while it is followed up."""
    last: str
    """What happened last, and when."""
    href: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class DecisionPanel:
    """The decision of a case. Not shown before there is one."""

    name: str
    """Empty as long as there is no decision."""
    is_views: bool
    outcomes: Sequence[OutcomeLine]
    missing: int
    """Claims without an outcome."""
    recommendations: Sequence[RecommendationLine]
    add_outcome_href: str
    add_recommendation_href: str


def decision(uow: UnitOfWork, view: CaseView) -> DecisionPanel:
    """Return the decision of a case: at most four statements, one of them that of the docket."""
    case = view.case
    letter = decision_of(uow.cached(letters_of_case, case)) if not case.is_before_filing else None
    outcomes = claim_decisions_of(uow, case) if letter else []
    recommendations = recommendations_of(uow, case) if letter else []
    steps = steps_of_case(uow, case) if recommendations else []
    claims = claims_in_words(case.claims)
    return DecisionPanel(
        name=letter_name(letter) if letter else "",
        is_views=letter is not None and letter.kind is LetterKind.VIEWS,
        outcomes=[_outcome(case, one, claims) for one in outcomes],
        missing=len(claims.keys() - {str(one.claim_id) for one in outcomes}),
        recommendations=[
            _recommendation(case, one, [step for step in steps if step.recommendation_id == one.id])
            for one in recommendations
        ],
        add_outcome_href=url_for("decision.add_outcome", case_id=case.id),
        add_recommendation_href=url_for("decision.add_recommendation", case_id=case.id),
    )


def _outcome(case: Case, one: ClaimDecision, claims: dict[str, str]) -> OutcomeLine:
    here: dict[str, Any] = {"case_id": case.id, "decision_id": one.id}
    return OutcomeLine(
        claim=claims.get(str(one.claim_id), ""),
        result=label("claim_result", one.result.value),
        kind=_RESULTS[one.result],
        ground=label("objection_ground", one.why_inadmissible) if one.why_inadmissible else "",
        edit_href=url_for("decision.edit_outcome", **here),
        remove_href=url_for("decision.remove_outcome", **here),
    )


def _recommendation(case: Case, one: Recommendation, steps: Sequence[FollowUpStep]) -> RecommendationLine:
    assessed, closed = last_of(steps, FollowUpKind.ASSESSED), closure_of(steps)
    grade = assessed.grade if assessed else None
    here: dict[str, Any] = {"case_id": case.id, "recommendation_id": one.id}
    return RecommendationLine(
        text=one.text,
        whom=label("recommendation_kind", one.kind.value),
        status=label("recommendation_status", one.progress.value),
        kind=_STATUSES[one.progress],
        as_of=show_date(one.as_of) if one.as_of else "",
        note=one.note,
        grade=_("Committee: %(grade)s", grade=label("follow_up_grade", grade.value)) if grade else "",
        grade_kind=GRADES[grade] if grade else "neutral",
        closed=_("Closed on %(day)s", day=show_date(closed.on_day)) if closed else "",
        last=f"{show_date(steps[-1].on_day)}: {label('follow_up_kind', steps[-1].kind.value)}" if steps else "",
        href=url_for("follow_up.show", **here),
        remove_href=url_for("decision.remove_recommendation", **here),
    )


PANELS = (CasePanel(CasePage.COMMITTEE, 7, decision, "communications/_decision.html"),)
