"""The pages on which notes are written."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.notes import service
from caseflow.features.notes.forms import AmendmentForm, NoteForm
from caseflow.features.notes.pages import subjects_of
from caseflow.features.notes.queries import one_note
from caseflow.features.notes.words import WHY_WE_ASK
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("notes", __name__, url_prefix="/cases/<uuid:case_id>/notes")


def _note_page(form: NoteForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the note")
    return edit_child_page(form, case, heading, save, page=CasePage.TASKS, why_we_ask=str(WHY_WE_ASK))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a note, by default about what the address names."""
    case = editable_case(uow(), case_id)
    form = NoteForm(version=0, about=request.args.get("about", ""))
    form.set_choices(subjects_of(uow(), case))
    if submit(form, lambda: service.add_note(uow(), case, form.command())):
        flash(_("The note was added. You can change it for fifteen minutes."), "good")
        return to_case(case_id, CasePage.TASKS)
    return _note_page(form, case, _("Add a note"))


@blueprint.route("/<uuid:note_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Change a note of one's own, in the fifteen minutes after it was written; later and for others, lead to an amendment."""
    case = editable_case(uow(), case_id)
    note = one_note(uow(), case, note_id)
    if request.method == "GET" and not service.may_change(uow(), note):
        return redirect(url_for("notes.amend", case_id=case_id, note_id=note_id), 303)
    form = NoteForm(obj=note)
    form.set_choices(subjects_of(uow(), case))
    if submit(form, lambda: service.change_note(uow(), case, note, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.TASKS)
    return _note_page(form, case, _("Change a note"))


@blueprint.route("/<uuid:note_id>/amend", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def amend(case_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Add an amendment to a note."""
    case = editable_case(uow(), case_id)
    note = one_note(uow(), case, note_id)
    form = AmendmentForm()
    if submit(form, lambda: service.amend_note(uow(), case, note, form.text.data or "")):
        flash(_("The amendment was added."), "good")
        return to_case(case_id, CasePage.TASKS)
    return form_page("notes/amend.html", form, case=case, note=note)
