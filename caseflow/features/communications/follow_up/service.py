"""The verbs of the follow-up: record what happened to a recommendation, correct it, remove what was a mistake."""

import sys
from typing import Final

from caseflow.clock import today
from caseflow.days import check_year
from caseflow.errors import Invalid
from caseflow.features.cases.service import EditableCase, add_child, change_child, remove_child
from caseflow.features.communications.follow_up.commands import FollowUpDetails
from caseflow.features.communications.follow_up.queries import steps_of
from caseflow.features.communications.follow_up.standing import is_in_turn
from caseflow.features.communications.queries import letters_of_case, one_letter
from caseflow.models import FollowUpKind, FollowUpStep, Recommendation
from caseflow.unit_of_work import UnitOfWork

MOST_STEPS: Final = 200
"""Of a recommendation."""
_TOO_MANY: Final = Invalid("A recommendation can hold 200 entries, and this one has reached that number.")


def add_step(
    uow: UnitOfWork, case: EditableCase, recommendation: Recommendation, details: FollowUpDetails
) -> FollowUpStep:
    """Record what happened to a recommendation.

    Raises:
        Invalid: the day is impossible, the grade or the reason is missing, or it does not fit what was recorded.
        NotFound: the case has no such letter.
    """
    _check(uow, case, recommendation, details)
    among = FollowUpStep.recommendation_id == recommendation.id
    row = FollowUpStep(recommendation_id=recommendation.id)
    return add_child(uow, case, row, details, "follow_up_step.added", among=among, most=MOST_STEPS, too_many=_TOO_MANY)


def change_step(
    uow: UnitOfWork, case: EditableCase, recommendation: Recommendation, row: FollowUpStep, details: FollowUpDetails
) -> FollowUpStep:
    """Correct an entry. The history keeps what stood there.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: as `add_step` does.
        NotFound: the case has no such letter.
    """
    return change_child(
        uow,
        case,
        row,
        details,
        "follow_up_step.changed",
        check=lambda given: _check(uow, case, recommendation, given, row),
    )


def remove_step(uow: UnitOfWork, case: EditableCase, recommendation: Recommendation, row: FollowUpStep) -> FollowUpStep:
    """Remove an entry that was a mistake. The history keeps its content.

    Raises:
        Invalid: it closed the recommendation, which was reopened later.
    """
    others = [(one.on_day, one.position, one.kind) for one in steps_of(uow, recommendation) if one is not row]
    if not is_in_turn(others):
        raise Invalid("Closure and reopening belong together: remove the later entry first.")
    return remove_child(uow, case, row, "follow_up_step.removed")


def _check(
    uow: UnitOfWork,
    case: EditableCase,
    recommendation: Recommendation,
    details: FollowUpDetails,
    row: FollowUpStep | None = None,
) -> None:
    problems: dict[str, str] = {}
    _check_day(uow, case, recommendation, details, problems)
    if details.kind is FollowUpKind.ASSESSED and details.grade is None:
        problems["grade"] = "Choose how the Committee assessed it."
    elif details.kind is not FollowUpKind.ASSESSED and details.grade is not None:
        problems["grade"] = "Only an assessment of the Committee has this. Leave it empty."
    if details.kind is FollowUpKind.CLOSED and details.closed_because is None:
        problems["closed_because"] = "Choose why it is closed."
    elif details.kind is not FollowUpKind.CLOSED and details.closed_because is not None:
        problems["closed_because"] = "Only a closure has this. Leave it empty."
    if details.kind is not FollowUpKind.CLOSED and not details.text.strip() and details.grade is None:
        problems["text"] = "Enter what was reported, seen or decided."
    if not problems and not _fits(uow, recommendation, details, row):
        problems["kind"] = (
            "Only what is closed can be reopened, and only what is open can be closed. Check the kind and the day."
        )
    if problems:
        raise Invalid("The entry was not saved.", problems)
    if details.letter_id is not None:
        one_letter(uow, case, details.letter_id)


def _check_day(
    uow: UnitOfWork,
    case: EditableCase,
    recommendation: Recommendation,
    details: FollowUpDetails,
    problems: dict[str, str],
) -> None:
    check_year(problems, "on_day", details.on_day)
    views = next(one for one in letters_of_case(uow, case) if one.id == recommendation.letter_id)
    if "on_day" in problems:
        return
    if details.on_day > today(case.section.time_zone):
        problems["on_day"] = "This day has not come yet."
    elif details.on_day < views.dated_on:
        problems["on_day"] = "This is before the Views. Check the day."


def _fits(uow: UnitOfWork, recommendation: Recommendation, details: FollowUpDetails, row: FollowUpStep | None) -> bool:
    """Return whether closures and reopenings take turns with this entry; one that is added is the last of its day."""
    others = [(one.on_day, one.position, one.kind) for one in steps_of(uow, recommendation) if one is not row]
    position = row.position if row is not None else sys.maxsize
    return is_in_turn([*others, (details.on_day, position, details.kind)])
