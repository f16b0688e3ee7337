"""The pages of cases that may be recorded twice."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import editable_case
from caseflow.features.duplicates.cases import queries, service
from caseflow.features.duplicates.cases.forms import DifferentCasesForm
from caseflow.features.duplicates.cases.pages import (
    compare_page,
    difference_page,
    differences_page,
    list_page,
    one_case_page,
)
from caseflow.features.duplicates.words import WHY_NEAR
from caseflow.web.access import requires, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("duplicate_cases", __name__, url_prefix="/cases")


@blueprint.get("/twice")
@requires(Permission.CASE_EDIT)
def index() -> ResponseReturnValue:
    """List the cases of a section that may be recorded twice."""
    page = list_page(uow(), request.args.get("section", ""), request.args.get("after", ""))
    return render_template("duplicates/cases/index.html", page=page, why=WHY_NEAR)


@blueprint.get("/<uuid:case_id>/twice")
@requires(Permission.CASE_EDIT)
def of_case(case_id: UUID) -> ResponseReturnValue:
    """List the cases that may be about the same event as one."""
    case = editable_case(uow(), case_id)
    return render_template("duplicates/cases/of_case.html", case=case, page=one_case_page(uow(), case), why=WHY_NEAR)


@blueprint.get("/<uuid:case_id>/twice/<uuid:other_case_id>")
@requires(Permission.CASE_EDIT)
def compare(case_id: UUID, other_case_id: UUID) -> ResponseReturnValue:
    """Compare two cases."""
    pair = service.pair_of(uow(), case_id, other_case_id)
    return render_template("duplicates/cases/compare.html", pair=pair, page=compare_page(uow(), pair))


@blueprint.route("/<uuid:case_id>/twice/<uuid:other_case_id>/different", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def say_different(case_id: UUID, other_case_id: UUID) -> ResponseReturnValue:
    """Say that two cases are not about the same event."""
    pair = service.pair_of(uow(), case_id, other_case_id)
    form = DifferentCasesForm()
    if found := submit(form, lambda: service.say_different(uow(), pair, form.reason.data or "")):
        flash(_("These two are not suggested again."), "good")
        return redirect(url_for("duplicate_cases.difference", case_difference_id=found.id), 303)
    back = url_for("duplicate_cases.compare", case_id=case_id, other_case_id=other_case_id)
    return form_page("duplicates/cases/say_different.html", form, pair=pair, back_to=back)


@blueprint.get("/twice/different")
@requires(Permission.CASE_EDIT)
def differences() -> ResponseReturnValue:
    """List the cases of a section that are not the same, although they look so."""
    page = differences_page(uow(), request.args.get("section", ""))
    return render_template("duplicates/cases/differences.html", page=page)


@blueprint.route("/twice/different/<uuid:case_difference_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def difference(case_difference_id: UUID) -> ResponseReturnValue:
    """Show who said that two cases are not the same, and take it back."""
    found = queries.one_difference(uow(), case_difference_id)
    form = CaseflowForm()
    if submit(form, lambda: service.take_back(uow(), found)):
        flash(_("It was taken back. These two may be suggested again."), "good")
        return redirect(url_for("duplicate_cases.difference", case_difference_id=case_difference_id), 303)
    return form_page("duplicates/cases/difference.html", form, page=difference_page(uow(), found))
