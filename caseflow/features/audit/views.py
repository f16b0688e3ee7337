"""The page of the audit trail, for auditors."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.audit import pages, queries
from caseflow.features.audit.forms import TrailForm
from caseflow.web.access import requires, today_of_reader, uow
from caseflow.web.saving import form_page

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
@requires(Permission.AUDIT_READ)
def show() -> ResponseReturnValue:
    """Search the audit trail, and show the state of its chains."""
    on = today_of_reader()
    form = TrailForm.from_address(queries.people(uow()), on)
    found = pages.trail(uow(), form, on, request.args.get("page", "")) if form.validate() else None
    if found is None:
        form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    return form_page("audit/show.html", form, trail=found, chains=pages.chains(uow()))
