"""The front door: where each person begins."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.web.access import actor_of_request, requires

blueprint = Blueprint("web", __name__)

FIRST_PLACES = (
    (Permission.CASE_READ, "deadlines.my_work"),
    (Permission.REPORT_READ, "reports.show"),
    (Permission.SYSTEM_WATCH, "delivery.mails"),
)


@blueprint.get("/")
@requires(Permission.ACCOUNT_OWN)
def start() -> ResponseReturnValue:
    """Send people to the first page their role opens."""
    actor = actor_of_request()
    return redirect(
        url_for(next((place for permission, place in FIRST_PLACES if actor.may(permission)), "accounts.show"))
    )
