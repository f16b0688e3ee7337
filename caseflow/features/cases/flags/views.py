"""The pages of flags."""

from uuid import UUID

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.assigning.pages import list_address
from caseflow.features.cases.flags import queries, service
from caseflow.features.cases.flags.forms import FlagForm, ResolveFlagForm
from caseflow.features.cases.flags.pages import flag_form, flag_messages, flag_words, resolve_form, resolve_messages
from caseflow.features.cases.service import editable_case
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("case_flags", __name__, url_prefix="/cases")


@blueprint.route("/<uuid:case_id>/flags/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Raise a flag on a case."""
    case, form = editable_case(uow(), case_id), FlagForm()
    form.set_choices()
    if submit(form, lambda: service.raise_flag(uow(), case, form.command())):
        flash(_("The case is flagged."), "good")
        return to_case(case_id, CasePage.FACTS)
    return edit_child_page(form, case, _("Flag this case"), _("Flag the case"), page=CasePage.FACTS)


@blueprint.route("/<uuid:case_id>/flags/<uuid:flag_id>/resolve", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def resolve(case_id: UUID, flag_id: UUID) -> ResponseReturnValue:
    """Resolve a flag."""
    case, form = editable_case(uow(), case_id), ResolveFlagForm()
    flag = queries.one_flag(uow(), case, flag_id)
    if submit(form, lambda: service.resolve_flag(uow(), case, flag, form.resolution.data or "")):
        flash(_("The flag is resolved. The case keeps what came of it."), "good")
        return to_case(case_id, CasePage.FACTS)
    return form_page("case_flags/resolve.html", form, case=case, flag=flag, words=flag_words(flag))


@blueprint.route("/flag", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add_several() -> ResponseReturnValue:
    """Flag the cases that were chosen in the list; what is refused does not undo the others."""
    form, left = flag_form(uow())
    if flagged := submit(form, lambda: service.flag_cases(uow(), form.of_cases())):
        for words, kind in flag_messages(flagged):
            flash(words, kind)
        return redirect(list_address(), code=303)
    return form_page("case_flags/several.html", form, left=left, back_to=list_address())


@blueprint.route("/flags/resolve", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def resolve_several() -> ResponseReturnValue:
    """Resolve flags of the cases that were chosen in the list; what is refused does not undo the others."""
    form, left = resolve_form(uow())
    if resolved := submit(form, lambda: service.resolve_flags(uow(), form.command())):
        for words, kind in resolve_messages(resolved):
            flash(words, kind)
        return redirect(list_address(), code=303)
    return form_page("case_flags/resolve_several.html", form, left=left, back_to=list_address())
