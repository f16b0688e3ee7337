"""The pages of procedures elsewhere."""

from uuid import UUID

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.procedures import service
from caseflow.features.procedures.forms import OtherProcedureForm, ProceduresCheckedForm
from caseflow.features.procedures.queries import one_procedure
from caseflow.features.procedures.words import REMOVE_PROCEDURE, WHY_WE_ASK
from caseflow.models import OtherProcedure
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, form_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("procedures", __name__, url_prefix="/cases/<uuid:case_id>/procedures")


def _name(procedure: OtherProcedure) -> str:
    return " · ".join(filter(None, (label("body", procedure.body), procedure.file_number)))


def _edit_page(form: OtherProcedureForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the procedure")
    return edit_child_page(form, case, heading, save, page=CasePage.REMEDIES, why_we_ask=str(WHY_WE_ASK))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a procedure before another international body."""
    case = editable_case(uow(), case_id)
    form = OtherProcedureForm(version=0)
    form.set_choices()
    if submit(form, lambda: service.add_procedure(uow(), case, form.command())):
        flash(_("The procedure was recorded and the case reassessed."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return _edit_page(form, case, _("Add a procedure elsewhere"))


@blueprint.route("/<uuid:procedure_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("procedures.add")
def edit(case_id: UUID, procedure_id: UUID) -> ResponseReturnValue:
    """Change a procedure before another international body."""
    case = editable_case(uow(), case_id)
    procedure = one_procedure(uow(), case, procedure_id)
    form = OtherProcedureForm(obj=procedure)
    form.set_choices()
    if submit(form, lambda: service.change_procedure(uow(), case, procedure, form.command())):
        flash(_("Saved. The case was reassessed."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return _edit_page(form, case, _("Change a procedure elsewhere"))


@blueprint.route("/<uuid:procedure_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, procedure_id: UUID) -> ResponseReturnValue:
    """Remove a procedure after confirmation."""
    case = editable_case(uow(), case_id)
    procedure = one_procedure(uow(), case, procedure_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_procedure(uow(), case, procedure)):
        flash(_("The procedure was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return remove_child_page(form, case, REMOVE_PROCEDURE, _name(procedure), page=CasePage.REMEDIES)


@blueprint.route("/checked", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def confirm(case_id: UUID) -> ResponseReturnValue:
    """Confirm that nothing else was filed elsewhere, or withdraw that."""
    case = editable_case(uow(), case_id)
    form = ProceduresCheckedForm(obj=case)
    version, is_checked = form.version, form.is_without_other_procedures
    if submit(
        form, lambda: service.confirm_procedures(uow(), case, version.data or 0, is_checked=bool(is_checked.data))
    ):
        flash(_("Saved. The case was reassessed."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return form_page("procedures/confirm.html", form, case=case)
