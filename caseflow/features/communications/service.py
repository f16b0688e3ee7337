"""The verbs of the docket: enter, correct and remove letters, say that one needs no answer, take a day from a rule, move on.

A letter is corrected by whoever works on the case, and the history keeps what stood there. Only the one who entered it, or a
coordinator, removes it.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.audit import Changes, assign_changes, changes_of, contents_of
from caseflow.clock import today
from caseflow.days import check_year
from caseflow.errors import Forbidden, Invalid, stale
from caseflow.features.cases.commands import MoveCase
from caseflow.features.cases.moves.queries import current_filing
from caseflow.features.cases.moves.service import move_case
from caseflow.features.cases.queries import lock_case
from caseflow.features.cases.service import EditableCase
from caseflow.features.communications.commands import LetterDetails, MoveByDocket, NoAnswer, Removal
from caseflow.features.communications.deadlines import is_before_committee
from caseflow.features.communications.decision.queries import hangs_on
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.communications.standing import next_stage, period_of, proposed_day
from caseflow.features.evidence.queries import standing_evidence
from caseflow.law.thresholds import load_thresholds
from caseflow.models import Awaited, Case, Evidence, Letter, LetterDirection, LetterKind
from caseflow.models.letter_kinds import LETTER_KINDS
from caseflow.unit_of_work import UnitOfWork

MOST_LETTERS: Final = 1000
"""Of a case."""
NUMBER: Final = re.compile(r"[1-9][0-9]{0,4}/20[0-9]{2}", re.ASCII)
_COLUMNS: Final = (
    "kind",
    "direction",
    "registration_number",
    "dated_on",
    "received_on",
    "channel",
    "asks",
    "awaited",
    "due_on",
    "evidence_id",
)
_HIDDEN: Final = frozenset({"entered_by_id", "answered_by_id", "evidence_id"})
"""Ids, which say nothing in the history."""


def has_docket(uow: UnitOfWork, case: Case) -> bool:
    """Return whether letters can be entered: the case was filed, and the filing was not taken back."""
    return is_before_committee(case) or (not case.is_before_filing and current_filing(uow, case.id) is not None)


def add_letter(uow: UnitOfWork, case: EditableCase, details: LetterDetails) -> Letter:
    """Enter a letter, and mark the letters that it answers.

    Raises:
        Invalid: the case is not filed, a day is impossible, the kind does not fit, or there are too many letters.
    """
    lock_case(uow, case.id)
    letters = letters_of_case(uow, case)
    _check(uow, case, details, letters)
    if not has_docket(uow, case):
        raise Invalid("The docket begins once the case is filed. Record the filing first.")
    if len(letters) >= MOST_LETTERS:
        raise Invalid("A case can hold 1,000 letters, and this one has reached that number.")
    letter = Letter(id=uuid4(), case_id=case.id, entered_by_id=uow.person.user_id)
    assign_changes(letter, {name: getattr(details, name) for name in _COLUMNS})
    uow.session.add(letter)
    _record(uow, case, letter, "letter.added", _shown(changes_of(letter)))
    uow.flush()  # before the letters that name it
    _answer(uow, case, letter, details, letters)
    return letter


def change_letter(uow: UnitOfWork, case: EditableCase, letter: Letter, details: LetterDetails) -> Letter:
    """Correct a letter. The history keeps what stood there.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: a day is impossible, or the kind does not fit.
    """
    lock_case(uow, case.id)
    if letter.version != details.version:
        raise stale(letter)
    letters = letters_of_case(uow, case)
    _check(uow, case, details, letters, letter)
    had_file, due_before = letter.evidence_id, letter.due_on
    assign_changes(letter, {name: getattr(details, name) for name in _COLUMNS})
    if letter.due_on != due_before and letter.due_rule:
        letter.due_rule = ""
    if letter.awaited is None and letter.no_answer_because:
        letter.no_answer_because = ""
    changes = _shown(changes_of(letter))
    if letter.evidence_id != had_file:
        changes["has_file"] = [had_file is not None, letter.evidence_id is not None]
    if changes:
        _record(uow, case, letter, "letter.changed", changes)
    _answer(uow, case, letter, details, letters)
    return letter


def may_remove(uow: UnitOfWork, case: Case, letter: Letter) -> bool:
    """Return whether the acting person may remove a letter: they entered it, or coordinate the section."""
    if letter.entered_by_id == uow.person.user_id:
        return True
    return may_on_case(uow.session, uow.actor, Permission.CASE_APPROVE, case)


def remove_letter(uow: UnitOfWork, case: EditableCase, letter: Letter, command: Removal) -> Letter:
    """Remove a letter that was entered by mistake; what it answered is open again. The history keeps its content.

    Raises:
        Forbidden: somebody else entered it, and the acting person is no coordinator.
        Conflict: somebody saved it meanwhile.
        Invalid: the reason is missing.
    """
    lock_case(uow, case.id)
    if not may_remove(uow, case, letter):
        raise Forbidden("A letter is removed by the person who entered it or by a coordinator. You can correct it.")
    if letter.version != command.version:
        raise stale(letter)
    if not command.reason.strip():
        raise Invalid("The letter was not removed.", {"reason": "Give the reason in one sentence."})
    if hangs_on(uow, letter):
        raise Invalid(
            "The outcome of claims, recommendations or their follow-up are recorded of this letter. Remove them first, or correct the letter."
        )
    for other in letters_of_case(uow, case):
        if other.answered_by_id == letter.id:
            _set_answer(uow, case, other, None)
    uow.flush()
    contents = _shown(contents_of(letter))
    _record(uow, case, letter, "letter.removed", {**contents, "reason": [None, command.reason.strip()]})
    uow.session.delete(letter)
    return letter


def check_evidence(uow: UnitOfWork, case: Case, evidence: Evidence) -> None:
    """Refuse that a file is removed which is that of a letter.

    Raises:
        Invalid: a letter of the docket has it.
    """
    if any(letter.evidence_id == evidence.id for letter in letters_of_case(uow, case)):
        raise Invalid(
            "%(number)s is the file of a letter in the docket. Change the letter first, if that is wrong.",
            values={"number": evidence.label},
        )


def set_no_answer(uow: UnitOfWork, case: EditableCase, letter: Letter, command: NoAnswer) -> Letter:
    """Say that a letter needs no answer, with the reason; without a reason it waits for one again.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: nobody is asked, it is answered, or the reason is missing.
    """
    lock_case(uow, case.id)
    if letter.version != command.version:
        raise stale(letter)
    if letter.awaited is None or letter.answered_by_id is not None:
        raise Invalid("This letter is answered already, or asks nobody for an answer.")
    if not command.reason.strip() and not letter.no_answer_because:
        raise Invalid("Nothing was saved.", {"reason": "Give the reason in one sentence."})
    letter.no_answer_because = command.reason.strip()
    if changes_of(letter):
        action = "letter.needs_no_answer" if letter.no_answer_because else "letter.reopened"
        _record(uow, case, letter, action, {"no_answer_because": changes_of(letter)["no_answer_because"]})
    return letter


def confirm_day(uow: UnitOfWork, case: EditableCase, letter: Letter, version: int | None) -> Letter:
    """Take the day for the answer from a rule, for a letter that sets none.

    Raises:
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: it has a day, is answered, or no rule gives one.
    """
    lock_case(uow, case.id)
    if letter.version != version:
        raise stale(letter)
    period, day = period_of(letter), proposed_day(letter)
    if period is None or day is None:
        raise Invalid("This letter has a day or an answer, or no rule gives a period for it.")
    letter.due_on, letter.due_rule = max(day, letter.since), period.code
    _record(uow, case, letter, "letter.day_confirmed", _shown(changes_of(letter)))
    return letter


def move_by_docket(uow: UnitOfWork, case: EditableCase, command: MoveByDocket) -> Case:
    """Move a case to the stage that its docket proposes.

    Raises:
        Invalid: the docket proposes another stage, or none.
        Forbidden: the role does not allow the move.
        Conflict: somebody saved the case meanwhile.
    """
    if next_stage(case, letters_of_case(uow, case)) is not command.to:
        raise Invalid("The docket does not propose this stage any more. Reload the page.")
    return move_case(uow, case, MoveCase(version=command.version, to=command.to))


def _answer(
    uow: UnitOfWork, case: EditableCase, letter: Letter, details: LetterDetails, letters: Sequence[Letter]
) -> None:
    """Mark the letters that this one answers, and those that it no longer does as open again."""
    chosen = set(details.answers)
    for other in letters:
        if other.id in chosen and other.answered_by_id != letter.id:
            _set_answer(uow, case, other, letter)
        elif other.answered_by_id == letter.id and other.id not in chosen:
            _set_answer(uow, case, other, None)
    uow.facts_changed(case.id)


def _set_answer(uow: UnitOfWork, case: EditableCase, letter: Letter, answer: Letter | None) -> None:
    letter.answered_by_id = answer.id if answer else None
    changes: Changes = {"answered_on": [None, answer.dated_on.isoformat()]} if answer else {}
    _record(uow, case, letter, "letter.answered" if answer else "letter.reopened", changes)


def _record(uow: UnitOfWork, case: EditableCase, letter: Letter, action: str, changes: Changes) -> None:
    """Record an act on a letter, named by its kind and its day."""
    named: Changes = {"letter": [None, letter.kind.value], **changes}
    uow.audit.record(action, letter, section_id=case.section_id, case_id=case.id, changes=named)
    uow.facts_changed(case.id)


def _shown(changes: Changes) -> Changes:
    return {name: values for name, values in changes.items() if name not in _HIDDEN}


def _check(
    uow: UnitOfWork, case: Case, details: LetterDetails, letters: Sequence[Letter], letter: Letter | None = None
) -> None:
    """Check what a letter says of itself, and against the others.

    Raises:
        Invalid: with a message for each faulty field.
    """
    if details.kind not in LETTER_KINDS:
        raise Invalid("The letter was not saved.", {"kind": "Choose one from the list."})
    problems: dict[str, str] = {}
    _check_days(uow, case, details, problems)
    _check_kind(details, letters, letter, problems)
    _check_answers(details, letters, letter, problems)
    if problems:
        raise Invalid("The letter was not saved.", problems)
    if details.evidence_id is not None and (letter is None or details.evidence_id != letter.evidence_id):
        standing_evidence(uow, case, details.evidence_id)


def _check_days(uow: UnitOfWork, case: Case, details: LetterDetails, problems: dict[str, str]) -> None:
    on = today(case.section.time_zone)
    for name in ("dated_on", "received_on", "due_on"):
        check_year(problems, name, getattr(details, name))
    filing = current_filing(uow, case.id)
    if "dated_on" not in problems:
        _check_dated(details.dated_on, on, filing.filed_on if filing else None, problems)
    if details.received_on is not None and "received_on" not in problems:
        if details.received_on > on:
            problems["received_on"] = "This day has not come yet. Enter the day on which it was received."
        elif details.received_on < details.dated_on:
            problems["received_on"] = "It cannot be received before the day that is written on it. Check both days."
    if details.due_on is not None and "due_on" not in problems:
        _check_due(details, problems)


def _check_dated(dated_on: date, on: date, filed_on: date | None, problems: dict[str, str]) -> None:
    if dated_on > on:
        problems["dated_on"] = "This day has not come yet. Enter the day that is written on the letter."
    elif filed_on is not None and dated_on < filed_on:
        problems["dated_on"] = (
            "This is before the filing of the case. The docket begins with the filing: check the day."
        )
    elif dated_on < load_thresholds().protocol_in_force.value:
        problems["dated_on"] = "This is before 5 May 2013, when the Protocol entered into force. Check the year."


def _check_due(details: LetterDetails, problems: dict[str, str]) -> None:
    if details.awaited is None:
        problems["due_on"] = "Say who must answer by this day, or leave it empty."
    elif details.awaited is Awaited.COMMITTEE:
        problems["due_on"] = (
            "No letter sets the Committee a day. Leave it empty; add a deadline of your own if you want to be reminded."
        )
    elif details.due_on is not None and details.due_on < (details.received_on or details.dated_on):
        problems["due_on"] = "The answer cannot be due before the letter was received. Check both days."


def _check_kind(
    details: LetterDetails, letters: Sequence[Letter], letter: Letter | None, problems: dict[str, str]
) -> None:
    if details.direction not in LETTER_KINDS[details.kind].directions:
        if details.direction is LetterDirection.SENT:
            problems["direction"] = (
                "A letter of this kind comes from the Committee. Choose another kind, or “received”."
            )
        else:
            problems["direction"] = "A letter of this kind is sent to the Committee. Choose another kind, or “sent”."
    if details.kind is not LetterKind.REGISTRATION:
        if details.registration_number:
            problems["registration_number"] = "Only the letter of registration has this number. Leave it empty."
        return
    if not NUMBER.fullmatch(details.registration_number):
        problems["registration_number"] = "Enter the number as the letter has it, for example 123/2026."
    elif int(details.registration_number[-4:]) > details.dated_on.year:
        problems["registration_number"] = "The year of this number is after that of the letter. Check both."
    if any(other.kind is LetterKind.REGISTRATION and other is not letter for other in letters):
        problems["kind"] = "The registration of this case is on the docket already. Correct that letter instead."


def _check_answers(
    details: LetterDetails, letters: Sequence[Letter], letter: Letter | None, problems: dict[str, str]
) -> None:
    own_id = letter.id if letter else None
    by_id = {other.id: other for other in letters if other.id != own_id}
    for answered in details.answers:
        other = by_id.get(answered)
        if other is None or not (other.is_open or (own_id is not None and other.answered_by_id == own_id)):
            problems["answers"] = "One of these letters was answered or removed meanwhile. Choose again."
        elif other.dated_on > details.dated_on:
            problems["answers"] = "An answer cannot be older than the letter that it answers. Check the days."
        elif (other.awaited is Awaited.AUTHOR) != (details.direction is LetterDirection.SENT):
            problems["answers"] = (
                "What you must answer is answered by a letter that you sent; what others must answer, by one that you received."
            )
    if letter is not None and letter.answered_by_id is not None:
        answer = by_id.get(letter.answered_by_id)
        if details.awaited is not letter.awaited:
            problems["awaited"] = "This letter is answered already. Take the answer away first: open the answer."
        elif answer is not None and answer.dated_on < details.dated_on and "dated_on" not in problems:
            problems["dated_on"] = "The letter that answers this one is older. Check both days."
