"""What follows from the letters of a docket: registration, interim measures in force, the day that a rule proposes, the next stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.law.dates import add_months
from caseflow.models import Awaited, Case, Letter, LetterKind, Stage
from caseflow.models.letter_kinds import LETTER_KINDS, Period

_INTERIM: Final = frozenset(
    {
        LetterKind.INTERIM_REQUESTED,
        LetterKind.INTERIM_GRANTED,
        LetterKind.INTERIM_REFUSED,
        LetterKind.INTERIM_REVIEW,
        LetterKind.INTERIM_LIFTED,
    }
)
_EXAMINED: Final = frozenset(
    {
        LetterKind.STATE_ADMISSIBILITY,
        LetterKind.STATE_MERITS,
        LetterKind.COMMENTS_REQUESTED,
        LetterKind.COMMENTS,
        LetterKind.SPLIT,
        LetterKind.ADMISSIBLE,
    }
)
"""After one of these a registered case is being examined."""


def registration_of(letters: Sequence[Letter]) -> Letter | None:
    """Return the letter that registered a case; None as long as there is none."""
    return next((letter for letter in letters if letter.kind is LetterKind.REGISTRATION), None)


def decision_of(letters: Sequence[Letter]) -> Letter | None:
    """Return the last letter that ended the examination of a case; None as long as there is none."""
    return next((letter for letter in reversed(letters) if LETTER_KINDS[letter.kind].is_decision), None)


@dataclass(frozen=True, slots=True)
class Interim:
    """How interim measures stand: whether they are in force, and the letter that says so."""

    is_in_force: bool
    letter: Letter


def interim_of(letters: Sequence[Letter]) -> Interim | None:
    """Return how interim measures stand; None if they were never asked for or granted. The letters are in the order of their days.

    The State must obey them until they are lifted, also while it asks for that (51/2018 ¶7.7), and until the decision on the case.
    """
    found = None
    for letter in letters:
        if letter.kind in _INTERIM:
            was_in_force = found is not None and found.is_in_force
            grants = letter.kind is LetterKind.INTERIM_GRANTED
            is_in_force = grants or (was_in_force and letter.kind is not LetterKind.INTERIM_LIFTED)
            if found is None or is_in_force != found.is_in_force or not is_in_force:
                found = Interim(is_in_force, letter)
        elif found is not None and found.is_in_force and LETTER_KINDS[letter.kind].is_decision:
            found = Interim(is_in_force=False, letter=letter)
    return found


def period_of(letter: Letter) -> Period | None:
    """Return the period that a rule gives for the answer to a letter that sets no day; None if no rule gives one."""
    kind = LETTER_KINDS[letter.kind]
    is_usual = letter.is_open and letter.due_on is None and letter.awaited is kind.awaited
    return kind.period if is_usual and letter.awaited is Awaited.STATE else None


def proposed_day(letter: Letter) -> date | None:
    """Return the day that a rule gives for the answer to a letter that sets none; a person must confirm it."""
    period = period_of(letter)
    return add_months(letter.dated_on, period.months) if period else None


def next_stage(case: Case, letters: Sequence[Letter]) -> Stage | None:
    """Return the stage to which the docket says that a case should be moved; None if it is there."""
    decision = decision_of(letters)
    if case.stage is Stage.FILED and registration_of(letters) is not None:
        return Stage.REGISTERED
    if case.stage is Stage.REGISTERED and (decision or any(letter.kind in _EXAMINED for letter in letters)):
        return Stage.PENDING
    if case.stage is Stage.PENDING and decision is not None:
        return Stage.DECIDED
    if case.stage is Stage.DECIDED and decision is not None and decision.kind is LetterKind.VIEWS:
        return Stage.FOLLOW_UP
    return None
