"""The start page: redirects to the first page of the person's role."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.web.access import actor_of_request, requires
from caseflow.web.navigation import home_of

blueprint = Blueprint("web", __name__)


@blueprint.get("/")
@requires(Permission.ACCOUNT_OWN)
def start() -> ResponseReturnValue:
    """Redirect to the first page that the person's roles allow."""
    home = home_of(actor_of_request())
    return redirect(url_for(home.endpoint if home else "accounts.show"))
