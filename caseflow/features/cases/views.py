"""The pages of cases."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.accounts.queries import people_of_section
from caseflow.features.cases import queries, service
from caseflow.features.cases.assigning.pages import assign_form, list_address, messages
from caseflow.features.cases.assigning.service import assign_cases
from caseflow.features.cases.columns.forms import ColumnsForm
from caseflow.features.cases.columns.queries import shown_columns
from caseflow.features.cases.columns.service import choose_columns
from caseflow.features.cases.forms import AssignForm, CaptureForm, CaseForm, ContactForm, MoveForm
from caseflow.features.cases.frame.pages import frame_of
from caseflow.features.cases.lists.pages import asked_list, shown_list
from caseflow.features.cases.moves import service as moves
from caseflow.features.cases.owners.service import assignable_case
from caseflow.features.cases.pages import sections_for_capture
from caseflow.features.reference.queries import state_codes
from caseflow.models import Case
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case, view_of
from caseflow.web.drafted import drafted_for
from caseflow.web.drafts import drawn_at
from caseflow.web.feature import (
    case_panels,
    case_summary,
    form_of,
    move_panels,
    page_of_case,
    record_threat,
    record_victims,
)
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
FURTHER_PAGES = ", ".join(page for page in CasePage if page is not CasePage.SUMMARY)


@blueprint.get("")
@requires(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """List the visible cases."""
    return render_template("cases/index.html", list=shown_list(uow(), request.args.get("page", "")))


@blueprint.route("/columns", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def columns() -> ResponseReturnValue:
    """Choose the columns of the list."""
    form, back_to = ColumnsForm(columns=sorted(shown_columns(uow()))), asked_list(uow()).href
    form.set_choices()
    if submit(form, lambda: [choose_columns(uow(), form.chosen())]):
        return redirect(back_to, 303)
    return form_page("cases/columns.html", form, back_to=back_to)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_CREATE)
def capture() -> ResponseReturnValue:
    """Log a violation in five questions."""
    form = CaptureForm()
    form.set_choices(state_codes(uow()), *sections_for_capture(uow()))
    if case := submit(form, lambda: _opened(form)):
        flash(
            _(
                "The case %(reference)s is open. Add a claim and the domestic remedies when you can.",
                reference=case.reference,
            ),
            "good",
        )
        return to_case(case.id)
    return form_page("cases/capture.html", form)


def _opened(form: CaptureForm) -> Case:
    case = record_threat(uow(), service.open_case(uow(), form.command()), *form.threat())
    return record_victims(uow(), case, *form.for_whom())


@blueprint.route("/assign", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def assign_several() -> ResponseReturnValue:
    """Assign the cases that were chosen in the list; what is refused does not undo the others."""
    form, not_assignable = assign_form(uow())
    if assigned := submit(form, lambda: assign_cases(uow(), form.command())):
        for words, kind in messages(form, assigned):
            flash(words, kind)
        return redirect(list_address(), code=303)
    return form_page("cases/assign_several.html", form, not_assignable=not_assignable, back_to=list_address())


@blueprint.get("/<uuid:case_id>", defaults={"page": CasePage.SUMMARY})
@blueprint.get(f"/<uuid:case_id>/<any({FURTHER_PAGES}):page>")
@requires(Permission.CASE_READ)
def show(case_id: UUID, page: str) -> ResponseReturnValue:
    """Show a page of a case: its frame, and what the features have for it."""
    shown, case = page_of_case(page), queries.whole_case(uow(), case_id)
    view = view_of(case, may_edit=may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case))
    context: dict[str, Any] = {"case": case, "today": view.on, "may_edit": view.may_edit}
    context |= {"frame": frame_of(uow(), view, shown)}  # first: it records the view, which the history shows
    panels = case_panels(uow(), view, shown)
    context |= {"panels": panels, "form": form_of(panels)}
    if shown is CasePage.SUMMARY:
        return render_template("cases/summary.html", summary=case_summary(uow(), view), **context)
    return render_template("cases/show.html", **context)


@blueprint.route("/<uuid:case_id>/edit", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID) -> ResponseReturnValue:
    """Change the description of a case."""
    case = service.editable_case(uow(), case_id)
    form = CaseForm(obj=case)
    form.set_choices(state_codes(uow()))
    if submit(form, lambda: record_threat(uow(), service.describe_case(uow(), case, form.command()), *form.threat())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("cases/edit.html", form, case=case)


@blueprint.route("/<uuid:case_id>/move", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def move(case_id: UUID) -> ResponseReturnValue:
    """Move a case to another stage: to one named in the address, or to any."""
    case = service.editable_case(uow(), case_id)
    form = MoveForm(version=case.version)
    form.set_choices(moves.allowed_moves(uow(), case), request.args.get("to", ""))
    if submit(form, lambda: moves.move_case(uow(), case, form.command())):
        flash(_("Stage changed to %(stage)s.", stage=label("stage", case.stage.value)), "good")
        return to_case(case_id)
    view, stages = view_of(queries.whole_case(uow(), case_id), may_edit=True), {move.to for move in form.moves}
    return form_page("cases/move.html", form, case=case, panels=move_panels(uow(), view, stages))


@blueprint.route("/<uuid:case_id>/assign", methods=["GET", "POST"])
@requires(Permission.CASE_ASSIGN)
def assign(case_id: UUID) -> ResponseReturnValue:
    """Assign a case to an owner, or to nobody."""
    case = assignable_case(uow(), case_id)
    form = AssignForm(version=case.version, owner=str(case.owner_id or ""))
    form.set_choices(people_of_section(uow(), case.section_id), case)
    if submit(form, lambda: service.assign_case(uow(), case, form.version.data or 0, form.owner_id())):
        owner = case.owner.name if case.owner else ""
        flash(_("%(name)s now owns this case.", name=owner) if owner else _("This case now has no owner."), "good")
        return to_case(case_id)
    return form_page("cases/assign.html", form, case=case)


@blueprint.post("/<uuid:case_id>/take")
@requires(Permission.CASE_EDIT)
def take(case_id: UUID) -> ResponseReturnValue:
    """Make the acting person the owner of a case without one."""
    case = queries.one_case(uow(), case_id)
    form = CaseflowForm()
    if submit(form, lambda: service.take_case(uow(), case)):
        flash(_("You now own this case and receive its reminders."), "good")
    for error in form.error_list():
        flash(error.text, "warn")
    return to_case(case_id)


@blueprint.route("/<uuid:case_id>/contact", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def contact(case_id: UUID) -> ResponseReturnValue:
    """Show the contact note on request; the request is recorded in the history."""
    case = service.editable_case(uow(), case_id)
    form = CaseflowForm()
    note = submit(form, lambda: service.read_contact_note(uow(), case))
    return form_page("cases/contact.html", form, case=case, note=note, writing=_contact_form(case, note))


def _contact_form(case: service.EditableCase, note: str | None) -> ContactForm:
    """Return the form of the contact note. A draft of it may hold the note, so its use is recorded like showing the note."""
    used = drafted_for("cases.write_contact", case_id=case.id)
    if used is not None and case.contact_note_sealed is not None:
        service.read_contact_note(uow(), case)
    return ContactForm(used.fields if used else None, version=case.version, note=note)


@blueprint.post("/<uuid:case_id>/contact/note")
@requires(Permission.CASE_EDIT)
@drawn_at("cases.contact")
def write_contact(case_id: UUID) -> ResponseReturnValue:
    """Write, replace or remove the contact note."""
    case = service.editable_case(uow(), case_id)
    form = ContactForm(version=case.version)
    if submit(form, lambda: service.write_contact_note(uow(), case, form.version.data or 0, form.command())):
        flash(_("The note was removed.") if form.remove.data else _("The note was saved and encrypted."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("cases/contact.html", form, case=case, note=None, writing=form)
