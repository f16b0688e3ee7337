"""The pages of the watch: the mails, and how the whole is doing."""

from typing import cast

from flask import Blueprint, Response, abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseflow.access import Permission
from caseflow.features.watch import health as watching
from caseflow.features.watch import post, queries, service
from caseflow.features.watch.forms import ChosenForm
from caseflow.outbound.mail import FolderMailer
from caseflow.web.access import public, requires, units, uow

blueprint = Blueprint("watch", __name__)


def _runtime() -> watching.Watched:
    return cast("watching.Watched", current_app.extensions["caseflow.runtime"])


@blueprint.get("/admin/mails")
@requires(Permission.SYSTEM_WATCH)
def mails() -> ResponseReturnValue:
    """Show how the outbox is doing, and on one machine the mails themselves."""
    settings = _runtime().settings
    health = watching.look_in(uow(), settings.redis_url)
    seen = post.post(uow(), health, _runtime().mailer, request.args.get("page", ""))
    return render_template(
        "watch/mails.html",
        post=seen,
        words=post.reason_words,
        alive=watching.ALIVE_SECONDS,
        is_held=settings.is_mail_held,
        days=queries.RETURNED_FOR.days,
    )


@blueprint.post("/admin/mails/retry")
@requires(Permission.SYSTEM_WATCH)
def retry() -> ResponseReturnValue:
    """Send a failed mail once more."""
    form = ChosenForm()
    if form.validate_on_submit():
        service.retry(units(), form.chosen_id)
        flash(_("The mail is tried again now."), "good")
    return redirect(url_for("watch.mails"), 303)


@blueprint.post("/admin/mails/retry-lost")
@requires(Permission.SYSTEM_WATCH)
def retry_lost() -> ResponseReturnValue:
    """Tell anew what reached nobody."""
    if ChosenForm().validate_on_submit():
        number = service.retry_lost(units())
        flash(ngettext("%(num)d reminder is told anew.", "%(num)d reminders are told anew.", number), "good")
    return redirect(url_for("watch.mails"), 303)


@blueprint.post("/admin/mails/clear")
@requires(Permission.SYSTEM_WATCH)
def clear() -> ResponseReturnValue:
    """Say that an address takes mails again."""
    form = ChosenForm()
    if form.validate_on_submit():
        service.clear_bounces(uow(), form.chosen_id)
        flash(_("The address is tried again with the next mail."), "good")
    return redirect(url_for("watch.mails"), 303)


@blueprint.post("/admin/alarms/seen")
@requires(Permission.SYSTEM_WATCH)
def seen() -> ResponseReturnValue:
    """Say that one has looked into an alarm."""
    form = ChosenForm()
    if form.validate_on_submit():
        if service.end_alarm(uow(), form.chosen_id):
            flash(_("Noted that you looked into it. What is found from now on is a new alarm."), "good")
        else:
            flash(_("Somebody has looked into it already."), "info")
    return redirect(url_for("watch.mails"), 303)


@blueprint.post("/account/test-mail")
@requires(Permission.ACCOUNT_OWN)
def test_mail() -> ResponseReturnValue:
    """Send oneself a mail that says that it is a test."""
    if ChosenForm().validate_on_submit():
        if _runtime().settings.is_mail_held:
            flash(_("Mails are held back, so no test is sent."), "warn")
        elif service.send_test(uow()):
            flash(_("A test is on its way to you. It should be there within a minute."), "good")
        else:
            flash(_("A test is on its way already. Wait a minute before you ask for another."), "info")
    return redirect(url_for("watch.mails" if uow().person.may(Permission.SYSTEM_WATCH) else "accounts.show"), 303)


@blueprint.get("/admin/mails/<name>")
@requires(Permission.SYSTEM_WATCH)
def mail(name: str) -> ResponseReturnValue:
    """Show one mail of the folder as it was written."""
    mailer = _runtime().mailer
    text = mailer.text_of(name) if isinstance(mailer, FolderMailer) else None
    return abort(404) if text is None else Response(text, mimetype="text/plain")


@blueprint.get("/health")
@public
def health() -> ResponseReturnValue:
    """Answer a machine that asks whether all is well, and say nothing else."""
    seen = watching.look(units(), _runtime().settings.redis_url)
    return jsonify(seen.as_json()), 200 if seen.is_well else 503
