"""The page of a recommendation, and those on which its follow-up is recorded."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.communications.decision.queries import one_recommendation
from caseflow.features.communications.follow_up import service
from caseflow.features.communications.follow_up.forms import FollowUpForm
from caseflow.features.communications.follow_up.pages import follow_up_page, new_step_form, step_form
from caseflow.features.communications.follow_up.queries import one_step, removal_of_step
from caseflow.features.communications.follow_up.words import REMOVE_STEP
from caseflow.models import Recommendation
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, form_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint(
    "follow_up", __name__, url_prefix="/cases/<uuid:case_id>/recommendations/<uuid:recommendation_id>"
)


def _to_page(case_id: UUID, recommendation_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("follow_up.show", case_id=case_id, recommendation_id=recommendation_id), 303)


def _step_page(form: FollowUpForm, case: EditableCase, row: Recommendation, heading: str) -> ResponseReturnValue:
    return form_page("communications/follow_up_step.html", form, case=case, recommendation=row, heading=heading)


@blueprint.get("")
@requires(Permission.CASE_READ)
def show(case_id: UUID, recommendation_id: UUID) -> ResponseReturnValue:
    """Show a recommendation, and what happened to it."""
    case = one_case(uow(), case_id)
    row = one_recommendation(uow(), case, recommendation_id)
    may_edit = may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    page = follow_up_page(uow(), case, row)
    return render_template("communications/follow_up.html", case=case, recommendation=row, page=page, may_edit=may_edit)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID, recommendation_id: UUID) -> ResponseReturnValue:
    """Record what happened to a recommendation."""
    case = editable_case(uow(), case_id)
    row = one_recommendation(uow(), case, recommendation_id)
    form = new_step_form(uow(), case)
    if submit(form, lambda: service.add_step(uow(), case, row, form.command())):
        flash(_("Saved."), "good")
        return _to_page(case_id, recommendation_id)
    return _step_page(form, case, row, _("Add to the follow-up"))


@blueprint.route("/<uuid:step_of_follow_up_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("follow_up.add", removal_of_step)
def edit(case_id: UUID, recommendation_id: UUID, step_of_follow_up_id: UUID) -> ResponseReturnValue:
    """Correct an entry of the follow-up."""
    case = editable_case(uow(), case_id)
    row = one_recommendation(uow(), case, recommendation_id)
    step = one_step(uow(), row, step_of_follow_up_id)
    form = step_form(uow(), case, step)
    if submit(form, lambda: service.change_step(uow(), case, row, step, form.command())):
        flash(_("Saved. The history keeps the former values."), "good")
        return _to_page(case_id, recommendation_id)
    return _step_page(form, case, row, _("Correct an entry of the follow-up"))


@blueprint.route("/<uuid:step_of_follow_up_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, recommendation_id: UUID, step_of_follow_up_id: UUID) -> ResponseReturnValue:
    """Remove an entry of the follow-up after confirmation."""
    case = editable_case(uow(), case_id)
    row = one_recommendation(uow(), case, recommendation_id)
    step = one_step(uow(), row, step_of_follow_up_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_step(uow(), case, row, step)):
        flash(_("The entry was removed. The history keeps its content."), "good")
        return _to_page(case_id, recommendation_id)
    return remove_child_page(form, case, REMOVE_STEP, label("follow_up_kind", step.kind.value), page=CasePage.COMMITTEE)
