"""The pages on which outcomes and recommendations are recorded."""

from uuid import UUID

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.queries import whole_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.communications.decision import service
from caseflow.features.communications.decision.forms import OutcomeForm, RecommendationForm
from caseflow.features.communications.decision.pages import claims_in_words
from caseflow.features.communications.decision.queries import one_claim_decision, one_recommendation
from caseflow.features.communications.decision.words import (
    REMOVE_OUTCOME,
    REMOVE_RECOMMENDATION,
    WHY_OUTCOME,
    WHY_RECOMMENDATION,
)
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("decision", __name__, url_prefix="/cases/<uuid:case_id>/decision")


def _to_decide(case_id: UUID) -> EditableCase:
    """Return a case that the acting person may change, with its claims."""
    case = editable_case(uow(), case_id)
    whole_case(uow(), case_id)
    return case


def _outcome_page(form: OutcomeForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the outcome")
    return edit_child_page(form, case, heading, save, page=CasePage.COMMITTEE, why_we_ask=str(WHY_OUTCOME))


def _recommendation_page(form: RecommendationForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save, why = _("Save the recommendation"), str(WHY_RECOMMENDATION)
    return edit_child_page(form, case, heading, save, page=CasePage.COMMITTEE, why_we_ask=why)


@blueprint.route("/claims/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_outcome(case_id: UUID) -> ResponseReturnValue:
    """Record what the decision found on a claim."""
    case = _to_decide(case_id)
    form = OutcomeForm(version=0)
    form.set_choices(claims_in_words(case.claims))
    if submit(form, lambda: service.add_claim_decision(uow(), case, form.command())):
        flash(_("The outcome was recorded."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _outcome_page(form, case, _("Add the outcome of a claim"))


@blueprint.route("/claims/<uuid:decision_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("decision.add_outcome")
def edit_outcome(case_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    """Correct what the decision found on a claim."""
    case = _to_decide(case_id)
    row = one_claim_decision(uow(), case, decision_id)
    form = OutcomeForm(obj=row)
    form.set_choices(claims_in_words(case.claims))
    if submit(form, lambda: service.change_claim_decision(uow(), case, row, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _outcome_page(form, case, _("Correct the outcome of a claim"))


@blueprint.route("/claims/<uuid:decision_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_outcome(case_id: UUID, decision_id: UUID) -> ResponseReturnValue:
    """Remove the outcome of a claim after confirmation."""
    case = editable_case(uow(), case_id)
    row = one_claim_decision(uow(), case, decision_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_claim_decision(uow(), case, row)):
        flash(_("The outcome was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    name = label("claim_result", row.result.value)
    return remove_child_page(form, case, REMOVE_OUTCOME, name, page=CasePage.COMMITTEE)


@blueprint.route("/recommendations/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_recommendation(case_id: UUID) -> ResponseReturnValue:
    """Record a recommendation of the Views."""
    case = editable_case(uow(), case_id)
    form = RecommendationForm(version=0)
    form.set_choices()
    if submit(form, lambda: service.add_recommendation(uow(), case, form.command())):
        flash(_("The recommendation was recorded."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _recommendation_page(form, case, _("Add a recommendation"))


@blueprint.route("/recommendations/<uuid:recommendation_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("decision.add_recommendation")
def edit_recommendation(case_id: UUID, recommendation_id: UUID) -> ResponseReturnValue:
    """Follow up a recommendation."""
    case = editable_case(uow(), case_id)
    row = one_recommendation(uow(), case, recommendation_id)
    form = RecommendationForm(obj=row)
    form.set_choices()
    if submit(form, lambda: service.change_recommendation(uow(), case, row, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _recommendation_page(form, case, _("Change a recommendation"))


@blueprint.route("/recommendations/<uuid:recommendation_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_recommendation(case_id: UUID, recommendation_id: UUID) -> ResponseReturnValue:
    """Remove a recommendation after confirmation."""
    case = editable_case(uow(), case_id)
    row = one_recommendation(uow(), case, recommendation_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_recommendation(uow(), case, row)):
        flash(_("The recommendation was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return remove_child_page(form, case, REMOVE_RECOMMENDATION, row.text, page=CasePage.COMMITTEE)
