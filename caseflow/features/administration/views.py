"""The home of administrators."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.administration import pages
from caseflow.web.access import requires, runtime, uow

blueprint = Blueprint("administration", __name__)


@blueprint.get("/admin")
@requires(Permission.SYSTEM_WATCH)
def show() -> ResponseReturnValue:
    """Show the state of everything that an administrator looks after, in words."""
    settings = runtime().settings
    tiles = pages.tiles(uow(), settings.redis_url, is_held=settings.is_mail_held)
    return render_template("administration/show.html", tiles=tiles)
