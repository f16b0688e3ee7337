"""The pages on which notes are written."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.notes import service
from caseflow.features.notes.forms import AmendmentForm, NoteForm, OpenForm
from caseflow.features.notes.mentions.queries import mention_rows
from caseflow.features.notes.mentions.service import open_note
from caseflow.features.notes.pages import names_of_readers, note_url, subjects_of_notes
from caseflow.features.notes.queries import one_note
from caseflow.features.notes.words import WHY_WE_ASK
from caseflow.models import Note
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("notes", __name__, url_prefix="/cases/<uuid:case_id>/notes")


def _note_page(form: NoteForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the note")
    return edit_child_page(form, case, heading, save, page=CasePage.TASKS, why_we_ask=str(WHY_WE_ASK))


def _to_notes(note: Note) -> ResponseReturnValue:
    """Lead to where a note is read: the page of its piece of evidence, or that of the notes."""
    if note.evidence_id is None:
        return to_case(note.case_id, CasePage.TASKS)
    return redirect(url_for("evidence.show", case_id=note.case_id, evidence_id=note.evidence_id), 303)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a note, by default about what the address names."""
    case = editable_case(uow(), case_id)
    form = NoteForm(version=0, about=request.args.get("about", ""))
    form.set_choices(subjects_of_notes(uow(), case), names_of_readers(uow(), case))
    if note := submit(form, lambda: service.add_note(uow(), case, form.command(), form.mentioned())):
        flash(_("The note was added. You can change it for fifteen minutes."), "good")
        return _to_notes(note)
    return _note_page(form, case, _("Add a note"))


@blueprint.route("/<uuid:note_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Change a note of one's own, in the fifteen minutes after it was written; later and for others, lead to an amendment."""
    case = editable_case(uow(), case_id)
    note = one_note(uow(), case, note_id)
    if request.method == "GET" and not service.may_change(uow(), note):
        return redirect(url_for("notes.amend", case_id=case_id, note_id=note_id), 303)
    form = NoteForm(obj=note, mentions=[str(row.user_id) for row in mention_rows(uow(), note)])
    form.set_choices(subjects_of_notes(uow(), case), names_of_readers(uow(), case))
    if submit(form, lambda: service.change_note(uow(), case, note, form.command(), form.mentioned())):
        flash(_("Saved."), "good")
        return _to_notes(note)
    return _note_page(form, case, _("Change a note"))


@blueprint.route("/<uuid:note_id>/amend", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def amend(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Add an amendment to a note."""
    case = editable_case(uow(), case_id)
    note = one_note(uow(), case, note_id)
    form = AmendmentForm()
    form.offer(names_of_readers(uow(), case))
    if submit(form, lambda: service.amend_note(uow(), case, note, form.text.data or "", form.mentioned())):
        flash(_("The amendment was added."), "good")
        return _to_notes(note)
    return form_page("notes/amend.html", form, case=case, note=note)


@blueprint.post("/<uuid:note_id>/open")
@requires(Permission.CASE_READ)
def open_mentioned(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Lead to a note in which the acting person is mentioned: it waits for them no more."""
    case = one_case(uow(), case_id)
    note = one_note(uow(), case, note_id)
    if OpenForm().validate_on_submit():
        open_note(uow(), note)
    if note.note_id is not None:
        note = one_note(uow(), case, note.note_id)
    return redirect(note_url(note), 303)
