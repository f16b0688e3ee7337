"""The pages on which identities are asked for, agreed to, changed and found."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.db.paging import Cursor
from caseflow.features.cases.service import editable_case
from caseflow.features.people.forms import IdentityForm, RevealForm
from caseflow.features.people.identity import queries, service
from caseflow.features.people.identity.forms import AgreeForm, FindForm, SecondPersonForm
from caseflow.features.people.identity.pages import coordinated_section, found_page, reveals_page
from caseflow.features.people.pages import person_url
from caseflow.features.people.queries import one_person, person_of_reveal
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("identity", __name__)


@blueprint.route("/cases/<uuid:case_id>/people/<uuid:case_person_id>/reveal", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def reveal(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Ask, with a reason, to see who a person is."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    form = RevealForm()
    if asked := submit(form, lambda: service.ask_for_identity(uow(), case, person, form.reason.data or "")):
        if asked.expires_at is None:
            flash(
                _("A coordinator of the section must agree. They find your request on the page of their section."),
                "warn",
            )
        return redirect(person_url(case_id, case_person_id), 303)
    return form_page("people/reveal.html", form, case=case, person=person)


@blueprint.route("/cases/<uuid:case_id>/people/<uuid:case_person_id>/identity", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Record what identifies a person, or change it while it is shown."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    shown = service.read_identity(uow(), person.person)
    if shown is None and person.person.is_named and request.method == "GET":
        return redirect(person_url(case_id, case_person_id), 303)
    form = IdentityForm(obj=shown) if shown else IdentityForm(version=0)
    if submit(form, lambda: service.change_identity(uow(), case, person, form.identity())):
        flash(_("Saved and sealed."), "good")
        return redirect(person_url(case_id, case_person_id), 303)
    heading = _("What identifies %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, _("Save and seal"), page=CasePage.PEOPLE)


@blueprint.route("/people/find", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def find() -> ResponseReturnValue:
    """Find somebody by name, phone or number, sent in the form so that no address and no log holds them."""
    form = FindForm()
    asked = submit(form, form.asked)
    return form_page("people/find.html", form, found=found_page(uow(), asked) if asked else None)


@blueprint.get("/section/reveals")
@requires(Permission.CASE_APPROVE)
def reveals() -> ResponseReturnValue:
    """List who saw or asks to see whose identity in a section, and why."""
    page = reveals_page(uow(), request.args.get("section", ""), Cursor.parse(request.args.get("page", "")))
    return render_template("people/reveals.html", page=page, form=AgreeForm())


@blueprint.post("/section/reveals/<uuid:reveal_id>/agree")
@requires(Permission.CASE_APPROVE)
def agree(reveal_id: UUID) -> ResponseReturnValue:
    """Agree as a second person that a colleague sees an identity."""
    asked = queries.one_reveal(uow(), reveal_id)
    form = AgreeForm()
    if submit(form, lambda: service.agree_to_reveal(uow(), asked, person_of_reveal(uow(), asked))):
        flash(_("Your colleague can see the identity for fifteen minutes."), "good")
    return redirect(url_for("identity.reveals", section=asked.section_id), 303)


@blueprint.route("/section/reveals/setting", methods=["GET", "POST"])
@requires(Permission.SECTION_SETTINGS)
def setting() -> ResponseReturnValue:
    """Decide whether a section asks for a second person."""
    section_id = coordinated_section(uow(), request.args.get("section", "")).section_id
    known = queries.setting_of(uow(), section_id)
    form = SecondPersonForm(obj=known) if known else SecondPersonForm(version=0)
    version, is_needed = form.version, form.reveal_needs_second_person
    if submit(
        form,
        lambda: service.set_second_person(uow(), section_id, version.data or 0, is_needed=bool(is_needed.data)),
    ):
        flash(_("Saved."), "good")
        return redirect(url_for("identity.reveals", section=section_id), 303)
    return form_page("people/setting.html", form)
