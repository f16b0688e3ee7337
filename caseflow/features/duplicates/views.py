"""The pages of persons who were recorded twice."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.duplicates import queries, service
from caseflow.features.duplicates.forms import UndoForm
from caseflow.features.duplicates.pages import compare_page, merge_page, merged_words, number_of_roles, suggestions_page
from caseflow.features.duplicates.words import WHY_DIGESTS, WHY_STRICTER
from caseflow.web.access import requires, uow
from caseflow.web.once import lead_to_saved
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("duplicates", __name__, url_prefix="/people/twice")


@blueprint.get("")
@requires(Permission.CASE_EDIT)
def index() -> ResponseReturnValue:
    """List the persons of a section who may be recorded twice."""
    page = suggestions_page(uow(), request.args.get("section", ""), request.args.get("page", ""))
    return render_template("duplicates/index.html", page=page, why=WHY_DIGESTS, further=number_of_roles)


@blueprint.route("/<uuid:first_id>/<uuid:second_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def compare(first_id: UUID, second_id: UUID) -> ResponseReturnValue:
    """Compare two persons, by their roles in cases, and merge them."""
    if request.method == "POST":
        lead_to_saved(uow())  # sent twice: one of the two is no person of a case any more
    pair = service.pair_of(uow(), first_id, second_id)
    page = compare_page(uow(), pair)
    said = merged_words(pair)
    if merge := submit(page.form, lambda: service.merge_persons(uow(), pair, page.form.command())):
        flash(said, "good")
        return redirect(url_for("duplicates.merge", merge_id=merge.id), 303)
    page.form.seen.data = page.seen  # what is confirmed next is what this page shows
    return form_page("duplicates/compare.html", page.form, page=page, why=WHY_STRICTER)


@blueprint.route("/merges/<uuid:merge_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def merge(merge_id: UUID) -> ResponseReturnValue:
    """Show a merge, and undo it with a reason."""
    found = queries.one_merge(uow(), merge_id)
    form = UndoForm()
    if submit(form, lambda: service.undo_merge(uow(), found, form.reason.data or "")):
        flash(_("The merge was undone. Both are as they were before it."), "good")
        return redirect(url_for("duplicates.merge", merge_id=merge_id), 303)
    return form_page("duplicates/merge.html", form, page=merge_page(uow(), found))
