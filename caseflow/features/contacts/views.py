"""The pages on which ways to reach a person, and attempts, are recorded."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.db.paging import Cursor
from caseflow.features.cases.service import editable_case
from caseflow.features.contacts import queries, service
from caseflow.features.contacts.forms import ChannelForm, channel_form
from caseflow.features.contacts.pages import new_attempt_form, person_href, silent_page
from caseflow.features.contacts.words import REMOVE_ATTEMPT, REMOVE_CHANNEL, WHY_LOG, WHY_SAFE
from caseflow.features.people.queries import one_person
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage
from caseflow.web.drafted import drafted
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import added_at, edit_child_page, remove_child_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("contacts", __name__, url_prefix="/cases/<uuid:case_id>/people/<uuid:case_person_id>/contact")
of_section = Blueprint("silent", __name__)


@blueprint.route("/channels/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_channel(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Record a way to reach a person."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    form = ChannelForm(version=0)
    form.set_choices(case.section.time_zone)
    if submit(form, lambda: service.add_channel(uow(), case, person, form.command())):
        flash(_("Saved and sealed."), "good")
        return redirect(person_href(case_id, case_person_id), 303)
    save, heading = _("Save and seal"), _("Add a way to reach %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, save, page=CasePage.PEOPLE, why_we_ask=str(WHY_SAFE))


@blueprint.route("/channels/<uuid:channel_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("contacts.add_channel", queries.removal_of_channel)
def edit_channel(case_id: UUID, case_person_id: UUID, channel_id: UUID) -> ResponseReturnValue:
    """Change a way to reach a person; number and word only while they are shown."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    row, shown = queries.one_channel(uow(), person, channel_id), service.read_values(uow(), person)
    if channel_id not in shown and _has_sealed_draft():
        flash(_("What you typed may hold the number: show who the person is, then open your draft again."), "warn")
        return redirect(person_href(case_id, case_person_id), 303)
    form = channel_form(row, shown.get(channel_id), case.section.time_zone)
    if submit(form, lambda: service.change_channel(uow(), case, person, row, form.command())):
        flash(_("Saved."), "good")
        return redirect(person_href(case_id, case_person_id), 303)
    save, heading = _("Save"), _("Change a way to reach %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, save, page=CasePage.PEOPLE, why_we_ask=str(WHY_SAFE))


def _has_sealed_draft() -> bool:
    """Return whether a draft is to be used that may hold what is sealed."""
    used = drafted(request.path)
    return used is not None and "address" in used.fields


@blueprint.route("/channels/<uuid:channel_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_channel(case_id: UUID, case_person_id: UUID, channel_id: UUID) -> ResponseReturnValue:
    """Remove a way to reach a person after confirmation."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    row = queries.one_channel(uow(), person, channel_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_channel(uow(), case, person, row)):
        flash(_("It was removed."), "good")
        return redirect(person_href(case_id, case_person_id), 303)
    words = f"{person.code_name}: {label('contact_kind', row.kind.value)}"
    return remove_child_page(form, case, REMOVE_CHANNEL, words, page=CasePage.PEOPLE)


@blueprint.route("/attempts/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def log(case_id: UUID, case_person_id: UUID) -> ResponseReturnValue:
    """Record an attempt to reach a person."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    form = new_attempt_form(case, queries.channels_of(uow(), person))
    if submit(form, lambda: service.log_attempt(uow(), case, person, form.command())):
        flash(_("The attempt was recorded."), "good")
        return redirect(person_href(case_id, case_person_id), 303)
    save, heading = _("Save the attempt"), _("Contact with %(code)s", code=person.code_name)
    return edit_child_page(form, case, heading, save, page=CasePage.PEOPLE, why_we_ask=str(WHY_LOG))


@blueprint.route("/attempts/<uuid:attempt_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove_attempt(case_id: UUID, case_person_id: UUID, attempt_id: UUID) -> ResponseReturnValue:
    """Remove an attempt after confirmation."""
    case = editable_case(uow(), case_id)
    person = one_person(uow(), case, case_person_id)
    row = queries.one_attempt(uow(), person, attempt_id)
    form = CaseflowForm()
    if submit(form, lambda: service.remove_attempt(uow(), case, person, row)):
        flash(_("The attempt was removed. The history keeps it."), "good")
        return redirect(person_href(case_id, case_person_id), 303)
    words = f"{person.code_name}: {label('contact_result', row.result.value)}"
    return remove_child_page(form, case, REMOVE_ATTEMPT, words, page=CasePage.PEOPLE)


@of_section.get("/section/contacts")
@requires(Permission.CASE_ASSIGN)
def show() -> ResponseReturnValue:
    """List the people of a section with whom the contact is being lost."""
    page = silent_page(uow(), request.args.get("section", ""), Cursor.parse(request.args.get("page", "")))
    return render_template("contacts/silent.html", page=page)
