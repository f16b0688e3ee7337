"""The pages of claims and acts."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.claims import queries, service
from caseflow.features.claims.forms import (
    ActForm,
    ClaimForm,
    HousingApplicationForm,
    NewClaimForm,
    OtherTreatyForm,
    type_groups,
)
from caseflow.features.claims.removing.forms import RemoveClaimForm
from caseflow.features.claims.removing.pages import removal_page
from caseflow.features.claims.removing.service import remove_claim
from caseflow.features.claims.words import (
    OUTSIDE_THE_COVENANT,
    REMOVE_ACT,
    REMOVE_HOUSING_APPLICATION,
    REMOVE_OTHER_TREATY,
)
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, form_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("claims", __name__, url_prefix="/cases/<uuid:case_id>")


@blueprint.route("/claims/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a claim."""
    case = editable_case(uow(), case_id)
    form = NewClaimForm(version=0, began=case.happened)
    form.set_choices(None, right=next(iter(case.rights), ""))
    if claim := submit(form, lambda: service.add_claim_with_act(uow(), case, form.command(), form.first_act())):
        flash(_("The claim was added. Record the domestic remedies next."), "good")
        if request.form.get("then") == "remedy":
            return redirect(url_for("remedies.add", case_id=case_id, claim_id=claim.id), 303)
        return to_case(case_id, CasePage.FACTS)
    return form_page("claims/claim.html", form, case=case, claim=None, groups=type_groups(form))


@blueprint.route("/claims/<uuid:claim_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Change a claim."""
    case = editable_case(uow(), case_id)
    claim = queries.one_claim(uow(), case, claim_id)
    form = ClaimForm(obj=claim)
    form.set_choices(claim)
    if submit(form, lambda: service.change_claim(uow(), case, claim, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("claims/claim.html", form, case=case, claim=claim, groups=type_groups(form))


@blueprint.route("/claims/<uuid:claim_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Show what belongs to a claim, then remove the claim with a reason."""
    case = editable_case(uow(), case_id)
    claim, form = queries.claim_to_remove(uow(), case, claim_id), RemoveClaimForm()
    page = removal_page(uow(), case, claim, form)
    if submit(form, lambda: remove_claim(uow(), case, claim, form.command())):
        flash(_("The claim was removed. The history keeps what it was."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("claims/remove.html", form, case=case, page=page)


@blueprint.route("/claims/<uuid:claim_id>/acts/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_act(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Add an act to a claim."""
    case = editable_case(uow(), case_id)
    claim = queries.one_claim(uow(), case, claim_id)
    form = ActForm(version=0, began=case.happened)
    if submit(form, lambda: service.add_act(uow(), case, claim, form.command())):
        flash(_("The act was added."), "good")
        return to_case(case_id, CasePage.FACTS)
    return edit_child_page(form, case, _("Add an act"), _("Save the act"), page=CasePage.FACTS)


@blueprint.route("/acts/<uuid:act_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("claims.add_act")
def edit_act(case_id: UUID, act_id: UUID) -> ResponseReturnValue:
    """Change an act."""
    case = editable_case(uow(), case_id)
    act = queries.one_act(uow(), case, act_id)
    form = ActForm(obj=act)
    if submit(form, lambda: service.change_act(uow(), case, act, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.FACTS)
    return edit_child_page(form, case, _("Change the act"), _("Save the act"), page=CasePage.FACTS)


@blueprint.route("/acts/<uuid:act_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_act(case_id: UUID, act_id: UUID) -> ResponseReturnValue:
    """Remove an act after confirmation."""
    case = editable_case(uow(), case_id)
    act = queries.one_act(uow(), case, act_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_act(uow(), case, act)):
        flash(_("The act was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.FACTS)
    return remove_child_page(form, case, REMOVE_ACT, act.what, page=CasePage.FACTS)


@blueprint.route("/claims/<uuid:claim_id>/housing/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_housing_application(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Add a request for housing to a claim."""
    case = editable_case(uow(), case_id)
    claim = queries.one_claim(uow(), case, claim_id)
    form = HousingApplicationForm(version=0)
    form.set_choices()
    if submit(form, lambda: service.add_housing_application(uow(), case, claim, form.command())):
        flash(_("The request for housing was added."), "good")
        return to_case(case_id, CasePage.FACTS)
    return edit_child_page(form, case, _("Add a request for housing"), _("Save the request"), page=CasePage.FACTS)


@blueprint.route("/housing/<uuid:housing_application_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("claims.add_housing_application")
def edit_housing_application(case_id: UUID, housing_application_id: UUID) -> ResponseReturnValue:
    """Change a request for housing."""
    case = editable_case(uow(), case_id)
    asked = queries.one_housing_application(uow(), case, housing_application_id)
    form = HousingApplicationForm(obj=asked)
    form.set_choices()
    if submit(form, lambda: service.change_housing_application(uow(), case, asked, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.FACTS)
    return edit_child_page(form, case, _("Change the request for housing"), _("Save the request"), page=CasePage.FACTS)


@blueprint.route("/housing/<uuid:housing_application_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_housing_application(case_id: UUID, housing_application_id: UUID) -> ResponseReturnValue:
    """Remove a request for housing after confirmation."""
    case = editable_case(uow(), case_id)
    asked = queries.one_housing_application(uow(), case, housing_application_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_housing_application(uow(), case, asked)):
        flash(_("The request for housing was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.FACTS)
    return remove_child_page(form, case, REMOVE_HOUSING_APPLICATION, asked.authority, page=CasePage.FACTS)


def _other_treaty_page(form: OtherTreatyForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    why, save = str(OUTSIDE_THE_COVENANT), _("Save the articles")
    return edit_child_page(form, case, heading, save, page=CasePage.FACTS, why_we_ask=why)


@blueprint.route("/claims/<uuid:claim_id>/treaties/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_other_treaty(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Add articles of another treaty to a claim."""
    case = editable_case(uow(), case_id)
    claim = queries.one_claim(uow(), case, claim_id)
    form = OtherTreatyForm(version=0)
    form.set_choices()
    if submit(form, lambda: service.add_other_treaty(uow(), case, claim, form.command())):
        flash(_("The articles were added."), "good")
        return to_case(case_id, CasePage.FACTS)
    return _other_treaty_page(form, case, _("Add articles of another treaty"))


@blueprint.route("/treaties/<uuid:other_treaty_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("claims.add_other_treaty")
def edit_other_treaty(case_id: UUID, other_treaty_id: UUID) -> ResponseReturnValue:
    """Change articles of another treaty."""
    case = editable_case(uow(), case_id)
    named = queries.one_other_treaty(uow(), case, other_treaty_id)
    form = OtherTreatyForm(obj=named)
    form.set_choices()
    if submit(form, lambda: service.change_other_treaty(uow(), case, named, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.FACTS)
    return _other_treaty_page(form, case, _("Change articles of another treaty"))


@blueprint.route("/treaties/<uuid:other_treaty_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_other_treaty(case_id: UUID, other_treaty_id: UUID) -> ResponseReturnValue:
    """Remove articles of another treaty after confirmation."""
    case = editable_case(uow(), case_id)
    named = queries.one_other_treaty(uow(), case, other_treaty_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_other_treaty(uow(), case, named)):
        flash(_("The articles were removed. The history keeps them."), "good")
        return to_case(case_id, CasePage.FACTS)
    name = " · ".join(filter(None, (label("other_treaty", named.treaty), named.article)))
    return remove_child_page(form, case, REMOVE_OTHER_TREATY, name, page=CasePage.FACTS)
