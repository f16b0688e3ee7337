"""The days by which letters of the docket must be answered.

Silence of the author ends in discontinuance: rules of procedure under the Protocol, rule 17 of 2013, now 18 (docs/law/protocol.md).
"""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from caseflow.features.communications.queries import due_letters, due_letters_of_case
from caseflow.law.sentences import Text, say
from caseflow.law.sentences import document as document_of
from caseflow.models import STAGES_AFTER_FILING, Awaited, Case, DeadlineKind, Letter, LetterKind
from caseflow.models.letter_kinds import PERIODS
from caseflow.sources import ComputedDeadline, DeadlineSource
from caseflow.unit_of_work import UnitOfWork

_DANGER: Final = say(
    "Answer in time, or ask for more time before this day: the Committee can discontinue a case whose author stays silent."
)
_ASK_AGAIN: Final = say("If the State has not answered by then, ask the Committee to remind it.")


def is_before_committee(case: Case) -> bool:
    """Return whether a case, or the stage before its suspension, is between filing and its end."""
    return (case.suspended_from or case.stage) in STAGES_AFTER_FILING


def deadlines(uow: UnitOfWork, cases: Sequence[Case]) -> Mapping[UUID, Sequence[ComputedDeadline]]:
    """Return what must be answered in cases before the Committee: one statement, none for other cases."""
    wanted: dict[UUID, list[ComputedDeadline]] = {}
    asked = [case for case in cases if is_before_committee(case)]
    if not asked:
        return wanted
    found = (
        uow.cached(due_letters_of_case, asked[0]) if len(asked) == 1 else due_letters(uow, [case.id for case in asked])
    )
    for letter in found:
        wanted.setdefault(letter.case_id, []).append(_deadline(letter))
    return wanted


def kind_of(letter: Letter) -> DeadlineKind:
    """Return the kind of the deadline of a letter."""
    if letter.awaited is Awaited.AUTHOR:
        return DeadlineKind.COMMITTEE_REQUEST
    return DeadlineKind.VIEWS_REPLY if letter.kind is LetterKind.VIEWS else DeadlineKind.STATE_REPLY


def _deadline(letter: Letter) -> ComputedDeadline:
    assert letter.due_on is not None, "the query finds no others"
    period = PERIODS.get(letter.due_rule)
    basis: dict[str, object] = {"because": document_of(_because(letter))}
    if period is not None:
        basis["citation"] = period.source
    return ComputedDeadline(kind=kind_of(letter), key=f"letter:{letter.id}", due_on=letter.due_on, basis=basis)


def _because(letter: Letter) -> Text:
    period = PERIODS.get(letter.due_rule)
    if period is None:
        source = say("This is the day that the letter dated {dated} sets.", dated=letter.dated_on)
    else:
        source = say(
            "The letter dated {dated} sets no day. This one was taken from a rule, {months} months after it, and confirmed by a person.",
            dated=letter.dated_on,
            months=period.months,
        )
    return source + (_DANGER if letter.awaited is Awaited.AUTHOR else _ASK_AGAIN)


DOCKET: Final = DeadlineSource(
    name="docket",
    kinds=frozenset({DeadlineKind.COMMITTEE_REQUEST, DeadlineKind.STATE_REPLY, DeadlineKind.VIEWS_REPLY}),
    wanted=deadlines,
)
