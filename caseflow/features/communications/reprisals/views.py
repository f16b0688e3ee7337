"""The log of reprisals of a case, and the two forms by which it grows."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.frame.queries import view_frame
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.communications.reprisals import service
from caseflow.features.communications.reprisals.forms import ReprisalEntryForm, ReprisalForm
from caseflow.features.communications.reprisals.pages import code_names, events_of
from caseflow.features.communications.reprisals.queries import one_reprisal
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("reprisals", __name__, url_prefix="/cases/<uuid:case_id>/reprisals")


def _case(case_id: UUID) -> EditableCase:
    """Return a case in whose section the acting person works."""
    case = editable_case(uow(), case_id)
    service.check_may_see(uow(), case)
    return case


def _to_log(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("reprisals.show", case_id=case_id), 303)


@blueprint.get("")
@requires(Permission.CASE_EDIT)
def show(case_id: UUID) -> ResponseReturnValue:
    """Show the log, the latest event first."""
    case = _case(case_id)
    view_frame(uow(), case, ())  # records that the acting person viewed it today
    return render_template("reprisals/show.html", case=case, events=events_of(uow(), case))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def record(case_id: UUID) -> ResponseReturnValue:
    """Record what happened."""
    case = _case(case_id)
    form = ReprisalForm()
    form.set_choices(code_names(uow(), case))
    task = _("A reprisal was recorded: read it on the page “Committee”, and decide today what is done")
    if submit(form, lambda: service.record_reprisal(uow(), case, form.command(), task)):
        flash(_("Recorded. Each coordinator of the section who sees this case has a task for today."), "good")
        return _to_log(case_id)
    return form_page("reprisals/record.html", form, case=case)


@blueprint.route("/<uuid:reprisal_id>/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID, reprisal_id: UUID) -> ResponseReturnValue:
    """Add an entry to what happened."""
    case = _case(case_id)
    event = one_reprisal(uow(), case, reprisal_id)
    form = ReprisalEntryForm()
    form.set_choices()
    if submit(form, lambda: service.add_entry(uow(), case, event, form.command())):
        flash(_("The entry was added."), "good")
        return _to_log(case_id)
    return form_page("reprisals/add.html", form, case=case, event=event)
