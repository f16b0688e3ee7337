"""What a note can be about: a claim, a remedy, a person or a piece of evidence of the case; and who can be mentioned."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from caseflow.db.paging import Cursor
from caseflow.features.claims.queries import claims_of
from caseflow.features.notes.mentions.queries import readers_of_case
from caseflow.features.notes.queries import evidence_by_number, merged_into
from caseflow.features.people.queries import people_of_case
from caseflow.features.remedies.queries import remedies_of_case
from caseflow.models import Case, Note
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, case_url
from caseflow.web.texts import gettext as _
from caseflow.web.words import label, labels


def subjects_of(uow: UnitOfWork, case: Case, notes: Sequence[Note] = ()) -> dict[str, str]:
    """Return the claims, remedies and persons of a case by the code of the form, in words: three statements.

    A note of a person who was merged into another one is about that one: a fourth statement where there is such a note.
    """
    claims = uow.cached(claims_of, case)
    numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
    found = {
        f"claim:{claim.id}": _(
            "Claim %(number)s: %(what)s", number=numbers[claim.id], what=claim.label or labels("right", claim.rights)
        )
        for claim in claims
    }
    for remedy in uow.cached(remedies_of_case, case):
        stage = label("remedy_stage", remedy.stage) if remedy.stage else _("Remedy")
        found[f"remedy:{remedy.id}"] = f"{stage}, {remedy.authority}" if remedy.authority else stage
    code_names = {one.person_id: one.code_name for one in uow.cached(people_of_case, case)}
    gone = {note.person_id for note in notes if note.person_id} - code_names.keys()
    if gone:
        merged = merged_into(uow, list(gone))
        code_names |= {one: code_names[into] for one, into in merged.items() if into in code_names}
    return found | {f"person:{person_id}": name for person_id, name in code_names.items()}


def subjects_of_notes(uow: UnitOfWork, case: Case, notes: Sequence[Note] = ()) -> dict[str, str]:
    """Return what notes can be on, by the code of the form: as `subjects_of`, and the evidence that the reader may see."""
    return subjects_of(uow, case, notes) | {
        f"evidence:{one.id}": f"{one.label} · {one.title}" if one.title else one.label
        for one in evidence_by_number(uow, case)
    }


def names_of_readers(uow: UnitOfWork, case: Case) -> dict[UUID, str]:
    """Return who may see a case and can be mentioned, by name: one statement."""
    return {user_id: reader.name for user_id, reader in readers_of_case(uow, case).items()}


def note_url(note: Note) -> str:
    """Return the address of a note: the page of the notes of its case that begins with it."""
    page = str(Cursor(note.created_at, UUID(int=note.id.int + 1)))
    return f"{case_url(note.case_id, CasePage.TASKS)}?{urlencode({'notes': page})}#note-{note.id}"
