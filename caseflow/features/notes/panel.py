"""The notes of a case on its page "Tasks", those on a piece of evidence on its page, and those that wait for the acting person."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import request, url_for

from caseflow.db.paging import Cursor
from caseflow.features.notes.forms import NoteSearchForm
from caseflow.features.notes.mentions.service import notes_waiting
from caseflow.features.notes.pages import subjects_of
from caseflow.features.notes.queries import LISTED, amendments_of, found_notes, latest_notes, notes_on_evidence
from caseflow.features.notes.service import may_change
from caseflow.models import Case, Evidence, Note
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.case_pages import CasePage, CasePanel, CaseView, case_url
from caseflow.web.feature import EvidencePanel, WorkPanel


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
    return NotesPanel(
        search=search,
        lines=note_lines(uow, case, rows),
        older=_older(case, rows[-1]) if more else "",
        add_href=url_for("notes.add", case_id=case.id),
        all_href=case_url(case.id, CasePage.TASKS, "notes"),
    )


def _older(case: Case, last: Note) -> str:
    cursor = quote(str(Cursor(last.created_at, last.id)))
    return f"{case_url(case.id, CasePage.TASKS)}?notes={cursor}#notes"


def note_lines(uow: UnitOfWork, case: Case, rows: Sequence[Note]) -> list[NoteLine]:
    """Return notes with their amendments, what they are about, and who is mentioned: at most four statements for any number."""
    if not rows:
        return []
    amendments = amendments_of(uow, case, rows)
    subjects = subjects_of(uow, case, rows) if any(row.about and row.evidence is None for row in rows) else {}
    found = []
    for row in rows:
        ids: dict[str, Any] = {"case_id": case.id, "note_id": row.id}
        line = NoteLine(
            row=row,
            about=row.evidence.label if row.evidence else subjects.get(row.about, ""),
            about_href=_about_href(row),
            edit_href=url_for("notes.edit", **ids) if may_change(uow, row) else "",
            amend_href=url_for("notes.amend", **ids),
            amendments=amendments[row.id],
        )
        found.append(line)
    return found


def _about_href(row: Note) -> str:
    kind, _, row_id = row.about.partition(":")
    if kind == "evidence":
        return url_for("evidence.show", case_id=row.case_id, evidence_id=row_id)
    return case_url(row.case_id, _PAGES[kind]) if kind else ""


@dataclass(frozen=True, slots=True)
class NotesOnEvidence:
    """The latest notes on a piece of evidence."""

    lines: Sequence[NoteLine]
    add_href: str


def notes_of_evidence(uow: UnitOfWork, case: Case, evidence: Evidence) -> NotesOnEvidence:
    """Return the notes on a piece of evidence: at most five statements."""
    rows = notes_on_evidence(uow, evidence)
    add_href = url_for("notes.add", case_id=case.id, about=f"evidence:{evidence.id}")
    return NotesOnEvidence(note_lines(uow, case, rows), add_href)


_PAGES = {"claim": CasePage.FACTS, "remedy": CasePage.REMEDIES, "person": CasePage.PEOPLE}
WORK_PANELS = (WorkPanel(notes_waiting, "notes/_waiting.html", order=5),)
EVIDENCE_PANELS = (EvidencePanel(notes_of_evidence, "notes/_of_evidence.html"),)
PANELS = (CasePanel(CasePage.TASKS, 20, notes, "notes/_notes.html"),)
