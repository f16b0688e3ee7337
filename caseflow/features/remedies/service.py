"""The verbs of remedies: add, change, put in order, remove."""

from dataclasses import replace
from typing import Any

from caseflow.clock import latest_local_today
from caseflow.days import check_year, is_implausible
from caseflow.errors import Invalid
from caseflow.features.cases.service import (
    EditableCase,
    add_child,
    change_child,
    move_child,
    remove_child,
)
from caseflow.features.remedies.commands import RemedyDetails
from caseflow.law import UncertainDate, ends_before, load_vocabularies
from caseflow.law.facts import MOST_REMEDIES
from caseflow.models import Claim, DomesticRemedy
from caseflow.unit_of_work import UnitOfWork

ONLY_WHEN_USED = frozenset(
    {"filed", "decided", "notified", "outcome", "next_step", "next_step_due", "next_step_reason", "next_step_computed"}
)
ONLY_WHEN_NOT_USED = frozenset({"reason_not_used"})
WITHOUT_DECISION = ("pending", "no_reply")
"""Outcomes without a decision."""


def add_remedy(uow: UnitOfWork, case: EditableCase, claim: Claim, details: RemedyDetails) -> DomesticRemedy:
    """Add a remedy at the end of a claim's ladder.

    Raises:
        Invalid: a code is unknown, the dates are impossible, or the ladder is full.
    """
    check_remedy(details)
    too_many = Invalid(
        "A claim can have at most %(most)s remedies, and this one has reached that number. Remove those that do not matter, or add another claim.",
        values={"most": MOST_REMEDIES},
    )
    remedy = DomesticRemedy(claim_id=claim.id)
    among = DomesticRemedy.claim_id == claim.id
    return add_child(
        uow, case, remedy, _cleared(details), "remedy.added", among=among, most=MOST_REMEDIES, too_many=too_many
    )


def change_remedy(
    uow: UnitOfWork, case: EditableCase, remedy: DomesticRemedy, details: RemedyDetails
) -> DomesticRemedy:
    """Change a remedy.

    Raises:
        Conflict: somebody else has saved it; carries the saved row.
        Invalid: a code is unknown, or the dates are impossible.
    """
    return change_child(
        uow, case, remedy, _cleared(details), "remedy.changed", check=lambda _cleared: check_remedy(details)
    )


def move_remedy(uow: UnitOfWork, case: EditableCase, remedy: DomesticRemedy, *, earlier: bool) -> DomesticRemedy:
    """Move a remedy one place earlier or later; at an end of the ladder nothing changes."""
    among = DomesticRemedy.claim_id == remedy.claim_id
    return move_child(uow, case, remedy, "remedy.moved", among=among, earlier=earlier)


def remove_remedy(uow: UnitOfWork, case: EditableCase, remedy: DomesticRemedy) -> DomesticRemedy:
    """Remove a remedy and return it. The history keeps its content."""
    return remove_child(uow, case, remedy, "remedy.removed")


def check_remedy(details: RemedyDetails) -> None:
    """Check that a remedy is possible.

    Raises:
        Invalid: with a message for each faulty field.
    """
    problems = _unknown_codes(details)
    problems |= _impossible_dates(details) if details.is_used else _not_used_faults(details)
    if problems:
        raise Invalid("The remedy was not saved.", problems)


def _unknown_codes(details: RemedyDetails) -> dict[str, str]:
    words = load_vocabularies()
    problems = {}
    stages = {stage.code for stage in words.remedy_stages}
    if details.stage not in stages:
        problems["stage"] = "Choose the stage from the list."
    if details.next_step and details.next_step not in stages:
        problems["next_step"] = "Choose the next step from the list."
    if details.outcome and details.outcome not in {outcome.code for outcome in words.outcomes}:
        problems["outcome"] = "Choose the outcome from the list."
    if details.reason_not_used and details.reason_not_used not in {reason.code for reason in words.reasons_not_used}:
        problems["reason_not_used"] = "Choose the reason from the list."
    return problems


def _impossible_dates(details: RemedyDetails) -> dict[str, str]:
    problems = {}
    for name in ("filed", "decided", "notified"):
        when: UncertainDate | None = getattr(details, name)
        if when is not None and when.earliest > latest_local_today():
            problems[name] = "This date is in the future. What is still to be done belongs to the next step."
        check_year(problems, name, when)
    if ends_before(details.decided, details.filed):
        problems["decided"] = "It cannot have been decided before it was filed. Check both dates."
    if ends_before(details.notified, details.decided):
        problems["notified"] = "The decision cannot have been notified before it was taken. Check both dates."
    if details.decided is not None and details.outcome in WITHOUT_DECISION:
        problems["outcome"] = "There is a decision date: choose the outcome, or clear the date."
    if details.next_step_due and not details.next_step:
        problems["next_step"] = "Choose which step has this deadline."
    if details.next_step_reason and not details.next_step_due:
        problems["next_step_due"] = "Enter the deadline that you keep, or clear the reason for keeping it."
    if is_implausible(details.next_step_due):
        problems["next_step_due"] = "No next step can have its deadline in that year. Check the year."
    if details.reason_not_used:
        problems["reason_not_used"] = (
            "It was used, so leave out the reason for not using it, or choose that it was not used."
        )
    return problems


def _not_used_faults(details: RemedyDetails) -> dict[str, str]:
    problems = {}
    if any(getattr(details, name) for name in ONLY_WHEN_USED):
        problems["is_used"] = "Dates or an outcome are filled in below: clear them, or choose that it was used."
    if not details.reason_not_used:
        problems["reason_not_used"] = "Choose why it was not used."
    return problems


def _cleared(details: RemedyDetails) -> RemedyDetails:
    """Return the details without fields that apply only to used, or only to unused, remedies."""
    cleared = ONLY_WHEN_NOT_USED if details.is_used else ONLY_WHEN_USED
    nothing: dict[str, Any] = dict.fromkeys(cleared) | ({} if details.is_used else {"next_step_reason": ""})
    return replace(details, **nothing)
