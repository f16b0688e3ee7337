"""What follows from the steps of a follow-up: whether it is closed, and how the Committee last assessed it."""

from collections.abc import Iterable, Sequence
from datetime import date

from caseflow.models import FollowUpKind, FollowUpStep

ENDS_AND_BEGINS = (FollowUpKind.CLOSED, FollowUpKind.REOPENED)


def last_of(steps: Sequence[FollowUpStep], *kinds: FollowUpKind) -> FollowUpStep | None:
    """Return the last step of some kinds; None if there is none. The steps are in the order of their days."""
    return next((step for step in reversed(steps) if step.kind in kinds), None)


def closure_of(steps: Sequence[FollowUpStep]) -> FollowUpStep | None:
    """Return the step that closed a recommendation; None while it is followed up."""
    last = last_of(steps, *ENDS_AND_BEGINS)
    return last if last is not None and last.kind is FollowUpKind.CLOSED else None


def is_in_turn(days: Iterable[tuple[date, int, FollowUpKind]]) -> bool:
    """Return whether closures and reopenings, with day and position, take turns: only what is closed is reopened."""
    kinds = [kind for _day, _position, kind in sorted(days) if kind in ENDS_AND_BEGINS]
    return all(kind is ENDS_AND_BEGINS[number % 2] for number, kind in enumerate(kinds))
