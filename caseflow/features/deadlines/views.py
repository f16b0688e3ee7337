"""The pages of deadlines: my work, adding and completing."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.features.cases.history_words import ACTIONS
from caseflow.features.cases.queries import one_case
from caseflow.features.deadlines import queries, service, work
from caseflow.features.deadlines.forms import DeadlineForm, DoneForm
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, saved

blueprint = Blueprint("deadlines", __name__)


@blueprint.get("/my-work")
@requires(Permission.CASE_READ)
def my_work() -> ResponseReturnValue:
    """Show what is due."""
    found = work.my_work(uow(), request.args.get("page", ""))
    return render_template(
        "deadlines/my_work.html",
        work=found,
        form=DoneForm(),
        actions=ACTIONS,
        block=work.BLOCK,
        person_id=uow().person.user_id,
    )


@blueprint.route("/cases/<uuid:case_id>/deadlines/new", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a deadline to a case."""
    case = one_case(uow(), case_id)
    require_on_case(uow().session, uow().actor, Permission.DEADLINE_EDIT, case)
    form = DeadlineForm()
    if saved(form, lambda: service.add_deadline(uow(), case_id, form.command())):
        flash(_("The deadline is added. Reminders of it are written."), "good")
        return redirect(url_for("cases.show", case_id=case_id, _anchor="deadlines"), 303)
    return form_page("deadlines/add.html", form, case=case)


@blueprint.route("/deadlines/<uuid:deadline_id>/done", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def complete(deadline_id: UUID) -> ResponseReturnValue:
    """Say that something is done, and how."""
    deadline = queries.one_deadline(uow(), deadline_id)
    require_on_case(uow().session, uow().actor, Permission.DEADLINE_EDIT, deadline.case)
    form = DoneForm(version=deadline.version, back=request.args.get("back", ""))
    if saved(form, lambda: service.complete(uow(), deadline_id, *form.said(), is_sure=form.is_sure.data)):
        flash(_("Marked as done. No further reminder of it is sent."), "good")
        to_case = url_for("cases.show", case_id=deadline.case_id, _anchor="deadlines")
        return redirect(to_case if form.back.data == "case" else url_for("deadlines.my_work"), 303)
    return form_page("deadlines/done.html", form, deadline=deadline)
