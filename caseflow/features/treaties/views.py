"""The pages of acceptances of other treaties: the instruments, the States of one, the import of a list, a single row."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.reference.queries import one_state, state_codes
from caseflow.features.treaties import pages, queries, service
from caseflow.features.treaties.forms import AcceptanceForm, ConfirmForm, ListForm
from caseflow.features.treaties.parsing import COLUMNS
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import state_name

blueprint = Blueprint("treaties", __name__, url_prefix="/treaties")
FILE_NAME = "acceptances.csv"
HISTORY = 50


@blueprint.get("")
@requires(Permission.REGISTER_READ)
def index() -> ResponseReturnValue:
    """List the instruments that open routes, with numbers of States."""
    lines = pages.treaty_lines(queries.treaty_counts(uow()), state_codes(uow()))
    may_edit = uow().person.may(Permission.REGISTER_EDIT)
    return render_template("treaties/index.html", lines=lines, may_edit=may_edit)


@blueprint.get("/acceptances.csv")
@requires(Permission.REGISTER_READ)
def file() -> ResponseReturnValue:
    """Return all acceptances as a file that can be imported again."""
    disposition = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(pages.every_row(queries.every_acceptance(uow())), mimetype="text/csv", headers=disposition)


@blueprint.route("/import", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def import_list() -> ResponseReturnValue:
    """Preview the import of a list of ratifications; writes nothing."""
    form = ListForm()
    found = submit(form, lambda: service.preview(uow(), form.content(), form.given()))
    if found is None:
        return form_page("treaties/import.html", form, columns=COLUMNS)
    confirm = ConfirmForm(None, table=pages.table_of(found) if found.can_be_written else "", seen=found.seen)
    return _preview_page(confirm, found)


@blueprint.post("/import/write")
@requires(Permission.REGISTER_EDIT)
def write_list() -> ResponseReturnValue:
    """Import a previewed list; its rows are read and checked again."""
    form = ConfirmForm()
    content = (form.table.data or "").encode()
    if done := submit(form, lambda: service.import_acceptances(uow(), content, seen=form.seen.data or "")):
        flash(_("%(rows)s acceptances are new or changed.", rows=len(done.to_write)), "good")
        return redirect(url_for("treaties.index"), 303)
    return form_page("treaties/import.html", _form_with_errors(form), columns=COLUMNS)


@blueprint.get("/<treaty>")
@requires(Permission.REGISTER_READ)
def show(treaty: str) -> ResponseReturnValue:
    """Show which States accepted an instrument."""
    row = queries.treaty_of(treaty)
    lines = pages.state_lines(row, queries.acceptances_of(uow(), treaty), state_codes(uow()))
    may_edit = uow().person.may(Permission.REGISTER_EDIT)
    return render_template("treaties/show.html", treaty=row, lines=lines, may_edit=may_edit)


@blueprint.route("/<treaty>/<code>", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def edit(treaty: str, code: str) -> ResponseReturnValue:
    """Change a State's acceptance of an instrument."""
    row, state = queries.treaty_of(treaty), one_state(uow(), code)
    form = AcceptanceForm.of(queries.one_acceptance(uow(), treaty, code))
    if submit(form, lambda: service.set_acceptance(uow(), treaty, code, form.version.data or 0, form.command())):
        flash(_("Saved."), "good")
        return redirect(url_for("treaties.show", treaty=treaty), 303)
    history = pages.history_lines(queries.acceptance_history(uow(), treaty, code, HISTORY))
    return form_page("treaties/edit.html", form, treaty=row, state=state_name(state.code), history=history)


def _preview_page(form: ConfirmForm, found: service.Preview) -> Response:
    lines, faults = pages.preview_lines(found), pages.fault_lines(found)
    context: dict[str, Any] = {"found": found, "lines": lines, "faults": faults, "most": pages.MOST_SHOWN}
    return form_page("treaties/preview.html", form, **context)


def _form_with_errors(confirm: ConfirmForm) -> ListForm:
    """Return the form for another file, with the errors of the confirmation."""
    form = ListForm(None)
    form.form_errors = [*confirm.form_errors, *(error.text for error in confirm.error_list())]
    form.answer_status = confirm.answer_status
    return form
