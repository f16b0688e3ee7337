"""The notes of a case on its page "Tasks", and their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import request, url_for

from caseflow.db.paging import Cursor
from caseflow.features.notes.forms import NoteSearchForm
from caseflow.features.notes.pages import subjects_of
from caseflow.features.notes.queries import LISTED, amendments_of, found_notes, latest_notes
from caseflow.features.notes.service import may_change
from caseflow.models import Case, Note
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView, case_url


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note with its amendments. `edit_href` is empty once its fifteen minutes are over."""

    row: Note
    about: str
    about_href: str
    edit_href: str
    amend_href: str
    amendments: Sequence[Note]


@dataclass(frozen=True, slots=True)
class NotesPanel:
    """A page of the notes of a case, the latest first, or those with the words of a search."""

    search: NoteSearchForm
    lines: Sequence[NoteLine]
    older: str
    add_href: str
    all_href: str


def notes(uow: UnitOfWork, view: CaseView) -> NotesPanel:
    """Return the notes of a case: at most five statements."""
    case, search = view.case, NoteSearchForm.from_address()
    typed = (search.note.data or "").strip()
    if typed:
        rows, more = found_notes(uow, case, typed), False
    else:
        found = latest_notes(uow, case, before=Cursor.parse(request.args.get("notes", "")))
        rows, more = found[:LISTED], len(found) > LISTED
    amendments = amendments_of(uow, case, rows) if rows else {}
    subjects = subjects_of(uow, case, rows) if any(row.about for row in rows) else {}
    return NotesPanel(
        search=search,
        lines=[_line(uow, view, row, amendments, subjects) for row in rows],
        older=_older(case, rows[-1]) if more else "",
        add_href=url_for("notes.add", case_id=case.id),
        all_href=case_url(case.id, CasePage.TASKS, "notes"),
    )


def _older(case: Case, last: Note) -> str:
    cursor = quote(str(Cursor(last.created_at, last.id)))
    return f"{case_url(case.id, CasePage.TASKS)}?notes={cursor}#notes"


def _line(
    uow: UnitOfWork, view: CaseView, row: Note, amendments: Mapping[UUID, Sequence[Note]], subjects: Mapping[str, str]
) -> NoteLine:
    ids: dict[str, Any] = {"case_id": view.case.id, "note_id": row.id}
    return NoteLine(
        row=row,
        about=subjects.get(row.about, ""),
        about_href=case_url(view.case.id, _PAGES[row.about.partition(":")[0]]) if row.about else "",
        edit_href=url_for("notes.edit", **ids) if view.may_edit and may_change(uow, row) else "",
        amend_href=url_for("notes.amend", **ids),
        amendments=amendments[row.id],
    )


_PAGES = {"claim": CasePage.FACTS, "remedy": CasePage.REMEDIES, "person": CasePage.PEOPLE}
PANELS = (CasePanel(CasePage.TASKS, 20, notes, "notes/_notes.html"),)
