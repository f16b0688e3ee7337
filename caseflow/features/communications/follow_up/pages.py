"""What the page of a recommendation shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for

from caseflow.features.communications.follow_up.forms import FollowUpForm
from caseflow.features.communications.follow_up.queries import steps_of
from caseflow.features.communications.follow_up.standing import closure_of, last_of
from caseflow.features.communications.pages import letter_name
from caseflow.features.communications.queries import letters_of_case
from caseflow.models import Case, FollowUpGrade, FollowUpKind, FollowUpStep, Recommendation, RecommendationKind
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, case_url
from caseflow.web.dates import Kind, show_date
from caseflow.web.texts import gettext as _
from caseflow.web.words import choices, label

GRADES: dict[FollowUpGrade, Kind] = {
    FollowUpGrade.SATISFACTORY: "good",
    FollowUpGrade.PARTLY: "warn",
    FollowUpGrade.NOT_SATISFACTORY: "bad",
    FollowUpGrade.NO_REPLY: "bad",
    FollowUpGrade.CONTRARY: "bad",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the follow-up."""

    day: str
    what: str
    tag: str
    kind: Kind
    text: str
    letter: str
    letter_href: str
    edit_href: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """A recommendation, how it stands, and what happened to it."""

    text: str
    head: Sequence[tuple[str, str]]
    lines: Sequence[StepLine]
    kinds: dict[str, str]
    """What can be added."""
    how_long: str
    """How long the Committee follows up such a recommendation."""


def follow_up_page(uow: UnitOfWork, case: Case, one: Recommendation) -> FollowUpPage:
    """Return the page of a recommendation: two statements."""
    steps, letters = steps_of(uow, one), {letter.id: letter_name(letter) for letter in letters_of_case(uow, case)}
    closed = closure_of(steps)
    possible = choices("follow_up_kind")
    possible.pop(FollowUpKind.CLOSED if closed else FollowUpKind.REOPENED)
    return FollowUpPage(
        text=one.text,
        head=_head(one, steps, closed),
        lines=[_line(case, one, step, letters) for step in steps],
        kinds=possible,
        how_long=_how_long(one),
    )


def _head(one: Recommendation, steps: Sequence[FollowUpStep], closed: FollowUpStep | None) -> list[tuple[str, str]]:
    assessed = last_of(steps, FollowUpKind.ASSESSED)
    mine = label("recommendation_status", one.progress.value)
    if closed is not None:
        because = label("closure_reason", closed.closed_because.value if closed.closed_because else None)
        standing = _("Closed on %(day)s: %(why)s", day=show_date(closed.on_day), why=because)
    else:
        standing = _("Followed up")
    if assessed is not None and assessed.grade is not None:
        grade = f"{label('follow_up_grade', assessed.grade.value)}, {show_date(assessed.on_day)}"
    else:
        grade = _("Not yet")
    return [
        (_("For whom"), label("recommendation_kind", one.kind.value)),
        (_("What the State did, as we see it"), f"{mine}, {show_date(one.as_of)}" if one.as_of else mine),
        (_("Assessment of the Committee"), grade),
        (_("Standing"), standing),
    ]


def _how_long(one: Recommendation) -> str:
    if one.kind is RecommendationKind.INDIVIDUAL:
        return _("The Committee follows this up until it decides to close it, which can take years.")
    return _(
        "The Committee follows this up until it examines the next report of the State, and goes on with it there. Send what you know for that report, too."
    )


def _line(case: Case, one: Recommendation, step: FollowUpStep, letters: dict[UUID, str]) -> StepLine:
    here: dict[str, Any] = {"case_id": case.id, "recommendation_id": one.id, "step_of_follow_up_id": step.id}
    tag, kind = "", GRADES[step.grade] if step.grade else "neutral"
    if step.grade is not None:
        tag = label("follow_up_grade", step.grade.value)
    elif step.closed_because is not None:
        tag = label("closure_reason", step.closed_because.value)
    letter = letters.get(step.letter_id, "") if step.letter_id else ""
    return StepLine(
        day=show_date(step.on_day),
        what=label("follow_up_kind", step.kind.value),
        tag=tag,
        kind=kind,
        text=step.text,
        letter=letter,
        letter_href=case_url(case.id, CasePage.COMMITTEE, f"letter-{step.letter_id}") if letter else "",
        edit_href=url_for("follow_up.edit", **here),
        remove_href=url_for("follow_up.remove", **here),
    )


def new_step_form(uow: UnitOfWork, case: Case) -> FollowUpForm:
    """Return the form for a new step of the kind that the address names."""
    form = FollowUpForm(version=0, kind=request.args.get("kind", ""))
    form.set_choices(_letters(uow, case))
    return form


def step_form(uow: UnitOfWork, case: Case, step: FollowUpStep) -> FollowUpForm:
    """Return the form of a step."""
    form = FollowUpForm(obj=step)
    form.set_choices(_letters(uow, case))
    return form


def _letters(uow: UnitOfWork, case: Case) -> dict[str, str]:
    return {str(one.id): letter_name(one) for one in reversed(letters_of_case(uow, case))}
