"""The pages of remedies."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.queries import one_claim
from caseflow.features.people.queries import people_of_case, victims_of_claim
from caseflow.features.remedies import queries, service
from caseflow.features.remedies.forms import RemedyForm
from caseflow.features.remedies.proposals import Offer, map_offer
from caseflow.features.remedies.words import REMOVE_REMEDY
from caseflow.models import DomesticRemedy
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, form_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("remedies", __name__, url_prefix="/cases/<uuid:case_id>")


def _to_ladder(case_id: UUID) -> ResponseReturnValue:
    return to_case(case_id, CasePage.REMEDIES)


def _name(remedy: DomesticRemedy) -> str:
    return " · ".join(filter(None, (label("remedy_stage", remedy.stage), remedy.authority)))


def _map_step() -> UUID | None:
    return request.form.get("map_step", type=UUID) or request.args.get("map_step", type=UUID)


def _fills_in(form: RemedyForm, offer: Offer | None) -> bool:
    """Fill in the chosen step of the map; return whether its button was pressed, so that nothing is saved yet."""
    if offer is None or offer.chosen is None or (form.is_filled() and "map_step" not in request.form):
        return False
    form.fill_from(offer.chosen)
    return request.method == "POST"


@blueprint.route("/claims/<uuid:claim_id>/remedies/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Add a remedy to a claim's ladder."""
    case = editable_case(uow(), case_id)
    claim = one_claim(uow(), case, claim_id)
    offer = map_offer(uow(), case, claim, _map_step())
    form = RemedyForm(version=0)
    form.set_choices()
    form.set_victims(victims_of_claim(people_of_case(uow(), case), claim))
    if _fills_in(form, offer):
        return form_page("remedies/edit.html", form, case=case, claim=claim, remedy=None, offer=offer)
    if submit(form, lambda: service.add_remedy(uow(), case, claim, form.command())):
        flash(_("The remedy was recorded."), "good")
        return redirect(request.path, 303) if request.form.get("then") == "another" else _to_ladder(case_id)
    return form_page("remedies/edit.html", form, case=case, claim=claim, remedy=None, offer=offer)


@blueprint.route("/remedies/<uuid:remedy_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("remedies.add")
def edit(case_id: UUID, remedy_id: UUID) -> ResponseReturnValue:
    """Change a remedy."""
    case = editable_case(uow(), case_id)
    remedy = queries.one_remedy(uow(), case, remedy_id)
    claim = one_claim(uow(), case, remedy.claim_id)
    offer = map_offer(uow(), case, claim, _map_step(), remedy)
    form = RemedyForm(obj=remedy)
    form.set_choices()
    form.set_victims(victims_of_claim(people_of_case(uow(), case), claim), remedy)
    form.use_proposal(offer)
    if submit(form, lambda: service.change_remedy(uow(), case, remedy, form.command())):
        flash(_("Saved."), "good")
        return _to_ladder(case_id)
    return form_page("remedies/edit.html", form, case=case, claim=claim, remedy=remedy, offer=offer)


@blueprint.post("/remedies/<uuid:remedy_id>/move")
@requires(Permission.CASE_EDIT)
def move(case_id: UUID, remedy_id: UUID) -> ResponseReturnValue:
    """Move a remedy one place earlier or later."""
    case = editable_case(uow(), case_id)
    remedy = queries.one_remedy(uow(), case, remedy_id)
    earlier = request.form.get("to") == "earlier"
    if not submit(CaseflowForm(), lambda: service.move_remedy(uow(), case, remedy, earlier=earlier)):
        flash(_("The page was out of date, so nothing was changed. Try again."), "warn")
    return _to_ladder(case_id)


@blueprint.route("/remedies/<uuid:remedy_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, remedy_id: UUID) -> ResponseReturnValue:
    """Ask for confirmation, then remove a remedy."""
    case = editable_case(uow(), case_id)
    remedy = queries.one_remedy(uow(), case, remedy_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_remedy(uow(), case, remedy)):
        flash(_("The remedy was removed. The history keeps its content."), "good")
        return _to_ladder(case_id)
    return remove_child_page(form, case, REMOVE_REMEDY, _name(remedy), page=CasePage.REMEDIES)
