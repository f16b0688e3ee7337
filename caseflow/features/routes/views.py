"""The page that compares all international routes of a case."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.features.cases.queries import whole_case
from caseflow.features.readiness.service import assessed
from caseflow.features.routes.service import case_routes, route_register
from caseflow.features.routes.words import show_blocks, show_groups, show_ruled_out
from caseflow.web.access import requires, uow

blueprint = Blueprint("routes", __name__)


@blueprint.get("/cases/<uuid:case_id>/routes")
@requires(Permission.CASE_READ)
def show(case_id: UUID) -> ResponseReturnValue:
    """Compare all routes of a case as if it were filed today."""
    case = whole_case(uow(), case_id)
    found = assessed(uow(), case)
    register = route_register(uow(), case)
    routes = case_routes(register, found.document.facts, found.findings)
    may_edit = may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    context = {"groups": show_groups(routes), "ruled_out": show_ruled_out(routes), "blocks": show_blocks(routes)}
    is_recorded = found.document.facts.other_procedures is not None
    given = {"register": register, "is_recorded": is_recorded, "may_edit": may_edit}
    return render_template("routes/show.html", case=case, **given, **context)
