"""The pages of the watch: the mails, and how the whole is doing."""

from typing import cast

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.watch import health as watching
from caseflow.features.watch import post
from caseflow.outbound.mail import FolderMailer
from caseflow.web.access import public, requires, units, uow

blueprint = Blueprint("watch", __name__)


def _runtime() -> watching.Watched:
    return cast("watching.Watched", current_app.extensions["caseflow.runtime"])


@blueprint.get("/admin/mails")
@requires(Permission.SYSTEM_WATCH)
def mails() -> ResponseReturnValue:
    """Show how the outbox is doing, and on one machine the mails themselves."""
    health = watching.look(units(), _runtime().settings.redis_url)
    seen = post.post(uow(), health, _runtime().mailer, request.args.get("page", ""))
    return render_template("watch/mails.html", post=seen, words=post.reason_words, alive=watching.ALIVE_SECONDS)


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
