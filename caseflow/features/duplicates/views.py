"""The pages of persons who were recorded twice."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.features.duplicates import dismissing, queries, service
from caseflow.features.duplicates.forms import DifferentForm, UndoForm
from caseflow.features.duplicates.pages import (
    compare_page,
    difference_page,
    differences_page,
    merge_page,
    merged_words,
    number_of_roles,
    suggestions_page,
)
from caseflow.features.duplicates.words import WHY_DIGESTS, WHY_STRICTER
from caseflow.web.access import requires, uow
from caseflow.web.forms import CaseflowForm
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
    page = compare_page(uow(), pair, (first_id, second_id))
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


@blueprint.route("/<uuid:first_id>/<uuid:second_id>/different", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def say_different(first_id: UUID, second_id: UUID) -> ResponseReturnValue:
    """Mark two persons as different."""
    pair = service.pair_of(uow(), first_id, second_id)
    form = DifferentForm()
    if found := submit(form, lambda: dismissing.say_different(uow(), pair, form.reason.data or "")):
        flash(_("These two are not suggested again."), "good")
        return redirect(url_for("duplicates.difference", difference_id=found.id), 303)
    back = url_for("duplicates.compare", first_id=first_id, second_id=second_id)
    return form_page("duplicates/say_different.html", form, pair=pair, back_to=back)


@blueprint.get("/different")
@requires(Permission.CASE_EDIT)
def differences() -> ResponseReturnValue:
    """List the persons of a section who are not the same, although they look so."""
    page = differences_page(uow(), request.args.get("section", ""))
    return render_template("duplicates/differences.html", page=page, further=number_of_roles)


@blueprint.route("/different/<uuid:difference_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def difference(difference_id: UUID) -> ResponseReturnValue:
    """Show who said that two persons are not the same, and take it back."""
    found = queries.one_difference(uow(), difference_id)
    require_in_section(uow().actor, Permission.CASE_EDIT, found.section_id)
    form = CaseflowForm()
    if submit(form, lambda: dismissing.take_back(uow(), found)):
        flash(_("It was taken back. These two may be suggested and merged again."), "good")
        return redirect(url_for("duplicates.difference", difference_id=difference_id), 303)
    return form_page("duplicates/difference.html", form, page=difference_page(uow(), found))
