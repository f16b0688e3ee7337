"""The pages of merging two cases."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import editable_case
from caseflow.features.duplicates.case_merges import queries, service
from caseflow.features.duplicates.case_merges.forms import UndoForm
from caseflow.features.duplicates.case_merges.pages import merge_page, merges_page, shown_merge
from caseflow.features.duplicates.cases.service import pair_of
from caseflow.features.duplicates.words import WHAT_A_CASE_MERGE_DOES
from caseflow.web.access import requires, uow
from caseflow.web.once import lead_to_saved
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("case_merges", __name__, url_prefix="/cases")


@blueprint.route("/<uuid:case_id>/twice/<uuid:other_case_id>/merge", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def merge(case_id: UUID, other_case_id: UUID) -> ResponseReturnValue:
    """Merge the second case into the first."""
    if request.method == "POST":
        lead_to_saved(uow())  # sent twice: one of the two is hidden by now
    pair = pair_of(uow(), case_id, other_case_id)
    page = merge_page(uow(), pair)
    if found := submit(page.form, lambda: service.merge_cases(uow(), pair, page.form.command())):
        flash(_("%(merged)s was merged into this case.", merged=found.merged_reference), "good")
        return redirect(url_for("case_merges.show", case_merge_id=found.id), 303)
    return form_page("duplicates/case_merges/merge.html", page.form, page=page, why=WHAT_A_CASE_MERGE_DOES)


@blueprint.get("/merged")
@requires(Permission.CASE_EDIT)
def index() -> ResponseReturnValue:
    """List the merges of a section."""
    return render_template(
        "duplicates/case_merges/index.html", page=merges_page(uow(), request.args.get("section", ""))
    )


@blueprint.route("/merged/<uuid:case_merge_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def show(case_merge_id: UUID) -> ResponseReturnValue:
    """Show a merge, and undo it with a reason."""
    found = queries.one_merge(uow(), case_merge_id)
    case, form = editable_case(uow(), found.kept_id), UndoForm()
    if submit(form, lambda: service.undo_merge(uow(), found, form.reason.data or "")):
        flash(_("The merge was undone. Both cases are as they were before it."), "good")
        return redirect(url_for("case_merges.show", case_merge_id=case_merge_id), 303)
    return form_page("duplicates/case_merges/show.html", form, page=shown_merge(uow(), found, case))
