"""The pages of delivery, for administrators."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.monitoring import service as monitoring
from caseflow.features.monitoring.queries import BOUNCE_PAUSE
from caseflow.features.reminders.delivery import pages, service
from caseflow.features.reminders.delivery.forms import ChosenForm
from caseflow.outbound.mail import FolderMailer
from caseflow.web.access import requires, runtime, uow
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext

blueprint = Blueprint("delivery", __name__)


@blueprint.get("/admin/mails")
@requires(Permission.SYSTEM_WATCH)
def mails() -> ResponseReturnValue:
    """Show the state of the outbox, and the emails themselves when they go to a folder."""
    settings = runtime().settings
    health = monitoring.check_health_as(uow(), settings.redis_url)
    page = pages.delivery_page(uow(), health, runtime().mailer, request.args.get("page", ""))
    return render_template(
        "reminders/delivery.html",
        page=page,
        words=pages.reason_words,
        alive=monitoring.ALIVE_SECONDS,
        is_held=settings.is_mail_held,
        days=BOUNCE_PAUSE.days,
    )


@blueprint.post("/admin/mails/retry")
@requires(Permission.SYSTEM_WATCH)
def retry() -> ResponseReturnValue:
    """Retry a failed email."""
    form = ChosenForm()
    if form.validate_on_submit():
        service.retry(uow(), form.chosen_id)
        flash(_("The email is being sent again now."), "good")
    return redirect(url_for("delivery.mails"), 303)


@blueprint.post("/admin/mails/retry-lost")
@requires(Permission.SYSTEM_WATCH)
def retry_lost() -> ResponseReturnValue:
    """Retry all reminders that reached nobody."""
    if ChosenForm().validate_on_submit():
        number = service.retry_lost(uow())
        flash(ngettext("%(num)d reminder is sent again.", "%(num)d reminders are sent again.", number), "good")
    return redirect(url_for("delivery.mails"), 303)


@blueprint.post("/admin/mails/clear")
@requires(Permission.SYSTEM_WATCH)
def clear() -> ResponseReturnValue:
    """Clear the bounces of an address."""
    form = ChosenForm()
    if form.validate_on_submit():
        service.clear_bounces(uow(), form.chosen_id)
        flash(_("The address will be tried again with the next email."), "good")
    return redirect(url_for("delivery.mails"), 303)


@blueprint.post("/admin/alarms/seen")
@requires(Permission.SYSTEM_WATCH)
def seen() -> ResponseReturnValue:
    """Close an alarm."""
    form = ChosenForm()
    if form.validate_on_submit():
        if monitoring.end_alarm(uow(), form.chosen_id):
            flash(_("Marked as checked. Anything found from now on is a new alarm."), "good")
        else:
            flash(_("Someone has already checked this."), "info")
    return redirect(url_for("delivery.mails"), 303)


@blueprint.post("/account/test-mail")
@requires(Permission.ACCOUNT_OWN)
def test_mail() -> ResponseReturnValue:
    """Send a test email to the acting person."""
    if ChosenForm().validate_on_submit():
        if runtime().settings.is_mail_held:
            flash(_("Emails are held back, so no test is sent."), "warn")
        elif service.send_test(uow()):
            flash(_("A test email is on its way to you. It should arrive within a minute."), "good")
        else:
            flash(_("A test email is already on its way. Wait a minute before you ask for another."), "info")
    return redirect(url_for("delivery.mails" if uow().person.may(Permission.SYSTEM_WATCH) else "accounts.show"), 303)


@blueprint.get("/admin/mails/<name>")
@requires(Permission.SYSTEM_WATCH)
def mail(name: str) -> ResponseReturnValue:
    """Show one email of the folder as plain text."""
    mailer = runtime().mailer
    text = mailer.text_of(name) if isinstance(mailer, FolderMailer) else None
    return abort(404) if text is None else Response(text, mimetype="text/plain")
