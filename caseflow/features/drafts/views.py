"""The pages of drafts, and the address to which pages send what is typed."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseflow import drafts
from caseflow.access import Permission
from caseflow.errors import NotFound
from caseflow.features.drafts import pages, service
from caseflow.features.drafts.forms import DiscardForm
from caseflow.web.access import requires, uow
from caseflow.web.drafts import page_of
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")


@blueprint.post("")
@requires(Permission.ACCOUNT_OWN)
def keep() -> ResponseReturnValue:
    """Keep what a page sends while somebody types. The answer is a sentence for the page."""
    if not CaseflowForm().validate():
        return Response(
            _("This page had been open for too long."), HTTPStatus.UNPROCESSABLE_ENTITY, mimetype="text/plain"
        )
    words, is_kept = pages.keep_of_page(uow())
    return Response(words, HTTPStatus.OK if is_kept else HTTPStatus.CONFLICT, mimetype="text/plain")


@blueprint.get("")
@requires(Permission.ACCOUNT_OWN)
def index() -> ResponseReturnValue:
    """List the drafts of the acting person, without their texts."""
    return render_template("drafts/index.html", lines=pages.lines(uow()), most=drafts.KEPT.days)


@blueprint.get("/<uuid:draft_id>")
@requires(Permission.ACCOUNT_OWN)
def show(draft_id: UUID) -> ResponseReturnValue:
    """Show a draft, with the way to its form."""
    opened = drafts.open_draft(uow().session, uow().keys, uow().person.user_id, draft_id)
    if opened is None:
        raise NotFound("This draft does not exist, or you do not have access to it.")
    return render_template("drafts/show.html", page=pages.draft_page(uow(), opened))


@blueprint.post("/<uuid:draft_id>/discard")
@requires(Permission.ACCOUNT_OWN)
def discard(draft_id: UUID) -> ResponseReturnValue:
    """Discard a draft."""
    one = drafts.draft_of(uow().session, uow().person.user_id, draft_id)
    if one is None:
        raise NotFound("This draft does not exist, or you do not have access to it.")
    form = DiscardForm()
    if submit(form, lambda: service.discard(uow(), one, form.version.data or 0)):
        flash(_("The draft was discarded."), "good")
    for error in form.error_list():
        flash(error.text, "warn")
    return redirect(url_for("drafts.index") if form.back.data else page_of(one.address), 303)
