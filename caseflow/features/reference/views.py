"""The pages of the register of States."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.reference import importing, queries
from caseflow.features.reference.documents import previewed_csv, register_csv
from caseflow.features.reference.forms import ConfirmForm, FileForm, StateForm, StatesForm
from caseflow.features.reference.pages import HISTORY_PAGE, shown_history, shown_rows, state_list, state_page
from caseflow.features.reference.service import change_state
from caseflow.web.access import requires, today_of_reader, uow
from caseflow.web.feature import state_panels
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import state_name
from caseflow.web.world_map import groups, world_map

blueprint = Blueprint("reference", __name__)


@blueprint.get("/states")
@requires(Permission.REGISTER_READ)
def states() -> ResponseReturnValue:
    """List the States with their status towards the Protocol."""
    form = StatesForm(request.args)
    register = queries.current_register(uow())
    may_edit = uow().person.may(Permission.REGISTER_EDIT)
    found = state_list(register, form, today_of_reader())
    return render_template("reference/states.html", form=form, found=found, register=register, may_edit=may_edit)


@blueprint.get("/states/map")
@requires(Permission.REGISTER_READ)
def states_map() -> ResponseReturnValue:
    """Show the status of all States on a map of the world and in a table."""
    found = queries.standings(queries.current_register(uow()), today_of_reader())
    link = ("reference.state", "code")
    may_count = uow().person.may(Permission.REPORT_READ)
    return render_template(
        "reference/map.html", map=world_map(found, *link), groups=groups(found, *link), may_count=may_count
    )


@blueprint.get("/states.csv")
@requires(Permission.REGISTER_READ)
def states_file() -> ResponseReturnValue:
    """Return the register as a file."""
    disposition = {"Content-Disposition": 'attachment; filename="states.csv"'}
    return Response(register_csv(queries.current_register(uow())), mimetype="text/csv", headers=disposition)


@blueprint.get("/states/<code>")
@requires(Permission.REGISTER_READ)
def state(code: str) -> ResponseReturnValue:
    """Show a State's row with its source and history."""
    row, status = queries.one_state(uow(), code), queries.current_register(uow()).states[code]
    entries = shown_history(queries.history_of(uow(), queries.SUBJECT, code, HISTORY_PAGE))
    may = {
        "may_edit": uow().person.may(Permission.REGISTER_EDIT),
        "may_maps": uow().person.may(Permission.REMEDY_MAP_READ),
    }
    page = state_page(status, today_of_reader())
    context = {"row": row, "state": status, "page": page, "panels": state_panels(uow(), code), "entries": entries}
    return render_template("reference/state.html", **context, **may)


@blueprint.route("/states/<code>/edit", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def edit_state(code: str) -> ResponseReturnValue:
    """Change a State's row."""
    row = queries.one_state(uow(), code)
    form = StateForm(obj=row)
    form.clear_check_day()
    if submit(form, lambda: change_state(uow(), code, form.version.data or 0, form.command())):
        flash(_("Saved. From now on cases against this State are assessed on this basis."), "good")
        return redirect(url_for("reference.state", code=code), 303)
    return form_page("reference/edit_state.html", form, code=code, name=state_name(code))


@blueprint.route("/states/import", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
def import_file() -> ResponseReturnValue:
    """Preview the import of a file of States; changes nothing."""
    form = FileForm()
    text = submit(form, form.text)
    found = submit(form, lambda: importing.preview(uow(), text, form.order_chosen())) if text is not None else None
    if found is None:
        return form_page("reference/import.html", form)
    confirm = ConfirmForm(None, table=previewed_csv(found.to_write), seen=found.seen)
    return form_page("reference/import_preview.html", confirm, found=found, rows=shown_rows(found))


@blueprint.post("/states/import/write")
@requires(Permission.REGISTER_EDIT)
def write_file() -> ResponseReturnValue:
    """Import a previewed file of States."""
    form = ConfirmForm()
    if done := submit(form, lambda: importing.import_states(uow(), form.table.data or "", form.seen.data or "")):
        changed = done.count_of_kind("new") + done.count_of_kind("changed")
        flash(
            ngettext(
                "One row of the register is new or changed.",
                "%(num)d rows of the register are new or changed.",
                changed,
            ),
            "good",
        )
        return redirect(url_for("reference.states"), 303)
    found = importing.preview(uow(), form.table.data or "")
    form.seen.data = found.seen
    return form_page("reference/import_preview.html", form, found=found, rows=shown_rows(found))
