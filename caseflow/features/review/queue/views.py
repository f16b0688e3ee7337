"""The queue of reviews."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.review.queue.pages import queue_page
from caseflow.web.access import requires, uow

blueprint = Blueprint("reviews", __name__, url_prefix="/reviews")


@blueprint.get("")
@requires(Permission.CASE_EDIT)
def index() -> ResponseReturnValue:
    """Show the cases on their way to the filing, with what each lacks and who has to do something."""
    return render_template("review/queue.html", page=queue_page(uow(), request.args.get("page", "")))
