"""The pages on which interventions are recorded."""

from uuid import UUID

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.interventions import service
from caseflow.features.interventions.forms import InterventionForm
from caseflow.features.interventions.queries import one_intervention
from caseflow.features.interventions.words import REMOVE_INTERVENTION, WHY_WE_ASK
from caseflow.models import Intervention
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("interventions", __name__, url_prefix="/cases/<uuid:case_id>/interventions")


def _name(intervention: Intervention) -> str:
    kind = label("intervention_kind", intervention.kind.value)
    return " · ".join(filter(None, (kind, intervention.measure or intervention.party)))


def _edit_page(form: InterventionForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the intervention")
    return edit_child_page(form, case, heading, save, page=CasePage.REMEDIES, why_we_ask=str(WHY_WE_ASK))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Record an intervention."""
    case = editable_case(uow(), case_id)
    form = InterventionForm(version=0)
    form.set_choices()
    if submit(form, lambda: service.add_intervention(uow(), case, form.command())):
        flash(_("The intervention was recorded."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return _edit_page(form, case, _("Add an intervention"))


@blueprint.route("/<uuid:intervention_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("interventions.add")
def edit(case_id: UUID, intervention_id: UUID) -> ResponseReturnValue:
    """Change an intervention."""
    case = editable_case(uow(), case_id)
    intervention = one_intervention(uow(), case, intervention_id)
    form = InterventionForm(obj=intervention)
    form.set_choices()
    if submit(form, lambda: service.change_intervention(uow(), case, intervention, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return _edit_page(form, case, _("Change an intervention"))


@blueprint.route("/<uuid:intervention_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, intervention_id: UUID) -> ResponseReturnValue:
    """Remove an intervention after confirmation."""
    case = editable_case(uow(), case_id)
    intervention = one_intervention(uow(), case, intervention_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_intervention(uow(), case, intervention)):
        flash(_("The intervention was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.REMEDIES)
    return remove_child_page(form, case, REMOVE_INTERVENTION, _name(intervention), page=CasePage.REMEDIES)
