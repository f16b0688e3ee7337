"""The pages of the State's objections."""

from uuid import UUID

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.objections import service
from caseflow.features.objections.forms import ObjectionForm, ObjectionsCheckedForm
from caseflow.features.objections.queries import one_objection
from caseflow.features.objections.words import REMOVE_OBJECTION, WHY_WE_ASK
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, form_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("objections", __name__, url_prefix="/cases/<uuid:case_id>/objections")


def _edit_page(form: ObjectionForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the objection")
    return edit_child_page(form, case, heading, save, page=CasePage.COMMITTEE, why_we_ask=str(WHY_WE_ASK))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add an objection of the State."""
    case = editable_case(uow(), case_id)
    form = ObjectionForm(version=0)
    form.set_choices()
    if submit(form, lambda: service.add_objection(uow(), case, form.command())):
        flash(_("The objection was recorded."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _edit_page(form, case, _("Add an objection of the State"))


@blueprint.route("/<uuid:objection_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("objections.add")
def edit(case_id: UUID, objection_id: UUID) -> ResponseReturnValue:
    """Change an objection of the State."""
    case = editable_case(uow(), case_id)
    objection = one_objection(uow(), case, objection_id)
    form = ObjectionForm(obj=objection)
    form.set_choices()
    if submit(form, lambda: service.change_objection(uow(), case, objection, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _edit_page(form, case, _("Change an objection of the State"))


@blueprint.route("/<uuid:objection_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, objection_id: UUID) -> ResponseReturnValue:
    """Remove an objection after confirmation."""
    case = editable_case(uow(), case_id)
    objection = one_objection(uow(), case, objection_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_objection(uow(), case, objection)):
        flash(_("The objection was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    name = label("objection_ground", objection.ground)
    return remove_child_page(form, case, REMOVE_OBJECTION, name, page=CasePage.COMMITTEE)


@blueprint.route("/checked", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def confirm(case_id: UUID) -> ResponseReturnValue:
    """Confirm that the State objected to nothing else, or withdraw that."""
    case = editable_case(uow(), case_id)
    form = ObjectionsCheckedForm(obj=case)
    version, is_checked = form.version, form.is_without_objections
    if submit(
        form, lambda: service.confirm_objections(uow(), case, version.data or 0, is_checked=bool(is_checked.data))
    ):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return form_page("objections/confirm.html", form, case=case)
