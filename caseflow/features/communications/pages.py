"""What the forms and pages of the docket show: letters in words, and what can be chosen in the form of a letter."""

from collections.abc import Sequence
from uuid import UUID

from flask import request, url_for

from caseflow.features.communications.forms import LetterForm
from caseflow.features.communications.queries import letters_of_case
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.models import Case, Evidence, Letter, LetterKind
from caseflow.models.letter_kinds import LETTER_KINDS
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext as _
from caseflow.web.words import label


def letter_name(letter: Letter) -> str:
    """Return a letter in words: "Views, 3 May 2026"."""
    return f"{label('letter_kind', letter.kind.value)}, {show_date(letter.dated_on)}"


def letter_url(letter: Letter, verb: str) -> str:
    """Return the address of what is done with a letter."""
    return url_for(f"communications.{verb}", case_id=letter.case_id, letter_id=letter.id)


def file_name(evidence: Evidence) -> str:
    """Return a file in words: its number, and what it is, where the reader may know that."""
    title = evidence.content.title if evidence.content else _("Restricted to the section of the case")
    return f"{evidence.label} {title}".strip()


def new_letter_form(uow: UnitOfWork, case: Case) -> LetterForm:
    """Return the form for a new letter, with what usually goes with the kind that the address names."""
    letters, asked = letters_of_case(uow, case), request.args.get("kind", "")
    kind = LetterKind(asked) if asked in set(LetterKind) else None
    values: dict[str, object] = {"version": 0, "answers": request.args.getlist("answers")}
    if kind is not None:
        usual = LETTER_KINDS[kind]
        values |= {"kind": kind.value, "awaited": usual.awaited.value if usual.awaited else ""}
        values |= {"direction": usual.directions[0].value} if len(usual.directions) == 1 else {}
    form = LetterForm(**values)
    form.set_choices(_open_letters(letters), _files(uow, case))
    return form


def letter_form(uow: UnitOfWork, case: Case, letter: Letter) -> LetterForm:
    """Return the form of a letter, with the letters that it answers or may answer."""
    letters = [one for one in letters_of_case(uow, case) if one.id != letter.id]
    answered = [str(one.id) for one in letters if one.answered_by_id == letter.id]
    form = LetterForm(obj=letter, answers=answered)
    form.set_choices(_open_letters(letters, letter.id), _files(uow, case))
    return form


def _open_letters(letters: Sequence[Letter], own_id: UUID | None = None) -> dict[str, str]:
    shown = [one for one in letters if one.is_open or (own_id is not None and one.answered_by_id == own_id)]
    return {str(one.id): letter_name(one) for one in shown}


def _files(uow: UnitOfWork, case: Case) -> dict[str, str]:
    standing = [one for one in evidence_of_case(uow, case) if one.content is not None and one.removed_at is None]
    return {str(one.id): file_name(one) for one in standing}
