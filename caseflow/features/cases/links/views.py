"""The pages of links between cases."""

from uuid import UUID

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.links import queries, service
from caseflow.features.cases.links.forms import LinkForm, RemoveLinkForm
from caseflow.features.cases.links.pages import link_line
from caseflow.features.cases.service import editable_case
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("case_links", __name__, url_prefix="/cases/<uuid:case_id>/links")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Link a case with another one."""
    case, form = editable_case(uow(), case_id), LinkForm()
    form.set_choices()
    if submit(form, lambda: service.link_cases(uow(), case, form.command())):
        flash(_("The two cases are linked."), "good")
        return to_case(case_id, CasePage.FACTS)
    return edit_child_page(form, case, _("Link with another case"), _("Link the cases"), page=CasePage.FACTS)


@blueprint.route("/<uuid:link_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Take a link back, with a reason."""
    case, form = editable_case(uow(), case_id), RemoveLinkForm()
    link = queries.one_link(uow(), case, link_id)
    if submit(form, lambda: service.remove_link(uow(), link, form.reason.data or "")):
        flash(_("The link was removed."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("case_links/remove.html", form, case=case, line=link_line(case, link))
