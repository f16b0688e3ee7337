"""The pages of deadlines: my work, the mails, and how the whole is doing."""

from typing import cast
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseflow.access import Permission
from caseflow.access.policy import require_on_case
from caseflow.features.cases.history_words import ACTIONS
from caseflow.features.cases.queries import one_case
from caseflow.features.deadlines import post, queries, service, watch, work
from caseflow.features.deadlines.forms import DeadlineForm, DoneForm
from caseflow.outbound.mail import FolderMailer
from caseflow.web.access import public, requires, units, uow
from caseflow.web.saving import form_page, saved
from caseflow.web.work_parts import build_work

blueprint = Blueprint("deadlines", __name__)


def _runtime() -> watch.Watched:
    return cast("watch.Watched", current_app.extensions["caseflow.runtime"])


@blueprint.get("/my-work")
@requires(Permission.CASE_READ)
def my_work() -> ResponseReturnValue:
    """Show what is due."""
    found = work.my_work(uow(), request.args.get("page", ""))
    parts, templates = build_work(uow())
    return render_template(
        "deadlines/my_work.html",
        work=found,
        form=DoneForm(),
        actions=ACTIONS,
        block=work.BLOCK,
        person_id=uow().person.user_id,
        parts=parts,
        templates=templates,
    )


@blueprint.route("/cases/<uuid:case_id>/deadlines/new", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add a deadline to a case."""
    case = one_case(uow(), case_id)
    require_on_case(uow().session, uow().actor, Permission.DEADLINE_EDIT, case)
    form = DeadlineForm()
    if saved(form, lambda: service.add_deadline(uow(), case_id, form.command())):
        flash(_("The deadline is added. Reminders of it are written."), "good")
        return redirect(url_for("cases.show", case_id=case_id, _anchor="deadlines"), 303)
    return form_page("deadlines/add.html", form, case=case)


@blueprint.route("/deadlines/<uuid:deadline_id>/done", methods=["GET", "POST"])
@requires(Permission.DEADLINE_EDIT)
def complete(deadline_id: UUID) -> ResponseReturnValue:
    """Say that something is done, and how."""
    deadline = queries.one_deadline(uow(), deadline_id)
    require_on_case(uow().session, uow().actor, Permission.DEADLINE_EDIT, deadline.case)
    form = DoneForm(version=deadline.version, back=request.args.get("back", ""))
    if saved(form, lambda: service.complete(uow(), deadline_id, *form.said(), is_sure=form.is_sure.data)):
        flash(_("Marked as done. No further reminder of it is sent."), "good")
        to_case = url_for("cases.show", case_id=deadline.case_id, _anchor="deadlines")
        return redirect(to_case if form.back.data == "case" else url_for("deadlines.my_work"), 303)
    return form_page("deadlines/done.html", form, deadline=deadline)


@blueprint.get("/admin/mails")
@requires(Permission.SYSTEM_WATCH)
def mails() -> ResponseReturnValue:
    """Show how the outbox is doing, and on one machine the mails themselves."""
    health = watch.look(units(), _runtime().settings.redis_url)
    seen = post.post(uow(), health, _runtime().mailer, request.args.get("page", ""))
    return render_template("deadlines/mails.html", post=seen, words=post.reason_words, alive=watch.ALIVE_SECONDS)


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
    seen = watch.look(units(), _runtime().settings.redis_url)
    return jsonify(seen.as_json()), 200 if seen.is_well else 503
