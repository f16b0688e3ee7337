"""The pages of persons in a case."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.cases.queries import one_case, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.claims.queries import one_claim
from caseflow.features.people import queries, service
from caseflow.features.people.forms import (
    HouseholdForm,
    NewPersonForm,
    PersonForm,
    RelationForm,
    RevealForm,
    RoleForm,
    concerned_form,
    grid_form,
    show_person,
)
from caseflow.features.people.pages import person_page, person_url, present_role
from caseflow.features.people.words import REMOVE_PERSON, REMOVE_RELATION, WHY_CODE_NAMES, WHY_VICTIMS
from caseflow.models import PersonRole
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.feature import person_panels
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, form_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("people", __name__, url_prefix="/cases/<uuid:case_id>/people")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Record a person in the case."""
    case = editable_case(uow(), case_id)
    form = NewPersonForm(version=0)
    form.set_choices()
    if added := submit(form, lambda: service.add_person(uow(), case, form.person(), form.role(), form.identity())):
        flash(_("%(code)s was recorded and the case reassessed.", code=added.code_name), "good")
        return to_case(case_id, CasePage.PEOPLE)
    save, page = _("Save the person"), CasePage.PEOPLE
    return edit_child_page(form, case, _("Add a person"), save, page=page, why_we_ask=str(WHY_CODE_NAMES))


@blueprint.route("/household", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_household(case_id: UUID) -> ResponseReturnValue:
    """Record a household in one pass."""
    case = editable_case(uow(), case_id)
    form = HouseholdForm()
    if added := submit(form, lambda: service.add_household(uow(), case, form.command())):
        codes = ", ".join(one.code_name for one in added)
        flash(_("%(codes)s were recorded and the case reassessed.", codes=codes), "good")
        return to_case(case_id, CasePage.PEOPLE)
    save, page = _("Save the household"), CasePage.PEOPLE
    return edit_child_page(form, case, _("Add a household"), save, page=page, why_we_ask=str(WHY_CODE_NAMES))


@blueprint.get("/<uuid:case_person_id>")
@requires(Permission.CASE_READ)
def show(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Show a person of the case by code name; the identity only while it is revealed to the reader."""
    case = one_case(uow(), case_id)
    person = present_role(uow(), case, case_person_id)
    if person.id != case_person_id:
        return redirect(person_url(case_id, person.id))
    context = {"case": case, "page": person_page(uow(), case, person), "form": RevealForm()}
    context["panels"] = person_panels(uow(), case, person)
    context["may_edit"] = may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    context["may_reveal"] = uow().person.may(Permission.CASE_EDIT, case.section_id)
    return render_template("people/show.html", **context)


@blueprint.route("/<uuid:case_person_id>/role", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("people.add")
def edit_role(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Change what a person is in the case."""
    case = editable_case(uow(), case_id)
    person = queries.one_person(uow(), case, case_person_id)
    form = RoleForm(obj=person)
    form.set_choices()
    if submit(form, lambda: service.change_role(uow(), case, person, form.role())):
        flash(_("Saved. The case was reassessed."), "good")
        return redirect(person_url(case_id, case_person_id), 303)
    save, heading = _("Save the role"), _("Role of %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, save, page=CasePage.PEOPLE, why_we_ask=str(WHY_VICTIMS))


@blueprint.route("/<uuid:case_person_id>/person", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("people.add")
def edit(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Change what is recorded of a person in every case."""
    case = editable_case(uow(), case_id)
    person = queries.one_person(uow(), case, case_person_id)
    form = PersonForm(obj=person.person)
    form.set_choices()
    if submit(form, lambda: service.change_person(uow(), case, person, form.person())):
        flash(_("Saved. The case was reassessed."), "good")
        return redirect(person_url(case_id, case_person_id), 303)
    save, heading = _("Save the person"), _("Change %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, save, page=CasePage.PEOPLE)


@blueprint.route("/<uuid:case_person_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Remove a person from the case after confirmation."""
    case = editable_case(uow(), case_id)
    person = queries.one_person(uow(), case, case_person_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_person(uow(), case, person)):
        flash(_("%(code)s was removed. The history keeps the role.", code=person.code_name), "good")
        return to_case(case_id, CasePage.PEOPLE)
    return remove_child_page(form, case, REMOVE_PERSON, show_person(person), page=CasePage.PEOPLE)


@blueprint.route("/<uuid:case_person_id>/relations/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_relation(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Record what a person is to another person of the case."""
    case = editable_case(uow(), case_id)
    person = queries.one_person(uow(), case, case_person_id)
    form = RelationForm()
    form.set_choices(person, queries.people_of_case(uow(), case))
    if submit(form, lambda: service.add_relation(uow(), case, form.command(person))):
        flash(_("The relation was recorded."), "good")
        return redirect(person_url(case_id, case_person_id), 303)
    save, heading = _("Save the relation"), _("Relation of %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, save, page=CasePage.PEOPLE)


@blueprint.route("/relations/<uuid:relation_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_relation(case_id: UUID, relation_id: UUID) -> ResponseReturnValue:
    """Remove a relation after confirmation."""
    case = editable_case(uow(), case_id)
    relation = queries.one_relation(uow(), case, relation_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_relation(uow(), case, relation)):
        flash(_("The relation was removed. The history keeps it."), "good")
        return to_case(case_id, CasePage.PEOPLE)
    words = label("relation_kind", relation.kind.value)
    return remove_child_page(form, case, REMOVE_RELATION, words, page=CasePage.PEOPLE)


@blueprint.route("/grid", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def grid(case_id: UUID) -> ResponseReturnValue:
    """Record for all claims of the case whom they concern, and the harm to each."""
    case = editable_case(uow(), case_id)
    people = [one for one in queries.people_of_case(uow(), case) if PersonRole.VICTIM in one.roles or one.concerned]
    form = grid_form(whole_case(uow(), case_id).claims, people)
    if submit(form, lambda: service.set_all_concerned(uow(), case, form.of_claims())):
        flash(_("Saved. The case was reassessed."), "good")
        return to_case(case_id, CasePage.PEOPLE)
    return form_page("people/grid.html", form, case=case)


@blueprint.route("/of-claim/<uuid:claim_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def concerned(case_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Record whom a claim concerns, and the harm to each."""
    case = editable_case(uow(), case_id)
    claim = one_claim(uow(), case, claim_id)
    form = concerned_form(claim, queries.people_of_case(uow(), case), queries.concerned_by(uow(), claim))
    if submit(form, lambda: service.set_concerned(uow(), case, claim, form.concerned(), everybody=form.is_everybody())):
        flash(_("Saved. The case was reassessed."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("people/concerned.html", form, case=case, claim=claim)
