"""The pages of the calendar, and the feed."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.calendar import queries, service
from caseflow.features.calendar.pages import MOST_ENTRIES, hour_words, month
from caseflow.web.access import public, requires, runtime, units, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext as _

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar")
@requires(Permission.CASE_READ)
def show() -> ResponseReturnValue:
    """Show a month of the person's deadlines, as a table or as a list."""
    seen = month(uow(), request.args.get("month", ""))
    view = "list" if request.args.get("view") == "list" else None
    return render_template("calendar/show.html", month=seen, view=view, most=MOST_ENTRIES, hour=hour_words)


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """Return the feed to a calendar program. The token in the address is its only authentication."""
    return Response(
        service.feed(units(), token, runtime().settings.base_url), content_type="text/calendar; charset=utf-8"
    )


@blueprint.route("/account/calendar", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def own_feed() -> ResponseReturnValue:
    """Make the person's secret address and show it once, in the response itself and in no cookie."""
    form, address = CaseflowForm(), ""
    if form.validate_on_submit():
        address = runtime().settings.base_url + url_for("calendar.feed", token=service.make_feed(uow()))
    uow().flush()
    return render_template("calendar/own_feed.html", form=form, address=address, feed=queries.own_feed(uow()))


@blueprint.post("/account/calendar/revoke")
@requires(Permission.ACCOUNT_OWN)
def revoke_feed() -> ResponseReturnValue:
    """Revoke the person's feed."""
    if CaseflowForm().validate_on_submit():
        service.revoke_feed(uow())
        flash(_("The address is revoked. It no longer shows anything, even to people who still have it."), "good")
    return redirect(url_for("calendar.own_feed"), 303)
