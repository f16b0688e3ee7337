"""The pages of saved lists."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.lists.pages import asked_list, saved_address
from caseflow.features.cases.saved import queries, service
from caseflow.features.cases.saved.forms import NameForm, NewListForm
from caseflow.web.access import requires, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("saved_lists", __name__, url_prefix="/cases/saved")


@blueprint.get("")
@requires(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """Show the saved lists, to rename and remove them."""
    found = [(one, saved_address(one), service.may_change(uow(), one)) for one in queries.saved_lists(uow())]
    return render_template("saved_lists/index.html", lists=found)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def add() -> ResponseReturnValue:
    """Save the list whose filters are in the address."""
    form, asked = NewListForm(), asked_list(uow())
    form.set_choices(
        {one.section_id: one.section_name for one in uow().person.sections_for(Permission.SECTION_SETTINGS)}
    )
    if saved := submit(form, lambda: service.save_list(uow(), form.command(asked.query))):
        flash(_("The list “%(name)s” is saved.", name=saved.name), "good")
        return redirect(saved_address(saved), 303)
    return form_page("saved_lists/add.html", form, asked=asked)


@blueprint.route("/<uuid:list_id>", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def rename(list_id: UUID) -> ResponseReturnValue:
    """Give a saved list another name."""
    saved = service.list_to_change(uow(), list_id)
    form = NameForm(obj=saved)
    if submit(form, lambda: service.rename_list(uow(), saved, form.name.data or "", form.version.data or 0)):
        flash(_("Saved."), "good")
        return redirect(url_for("saved_lists.index"), 303)
    return form_page("saved_lists/rename.html", form, saved=saved)


@blueprint.route("/<uuid:list_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def remove(list_id: UUID) -> ResponseReturnValue:
    """Ask for confirmation, then remove a saved list."""
    saved, form = service.list_to_change(uow(), list_id), CaseflowForm()
    if submit(form, lambda: service.remove_list(uow(), saved)):
        flash(_("The list “%(name)s” was removed. The cases are not changed.", name=saved.name), "good")
        return redirect(url_for("saved_lists.index"), 303)
    return form_page("saved_lists/remove.html", form, saved=saved)
