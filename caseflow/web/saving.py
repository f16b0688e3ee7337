"""How a form is saved: validated, passed to a service, and drawn again with everything typed when there are errors.

form = CaseForm(obj=case)
if submit(form, lambda: edit_case(uow(), case_id, form.command())):
    return redirect(...)
return form_page("cases/edit.html", form, case=case)
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from flask import Response, current_app, flash, g, make_response, render_template, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from caseflow.audit import Removal, removal_of
from caseflow.errors import CaseflowError, Conflict, Invalid
from caseflow.models import Case
from caseflow.request_keys import Saved
from caseflow.unit_of_work import UnitOfWork
from caseflow.web import once
from caseflow.web.access import unit_of_work_of_request, uow
from caseflow.web.case_pages import CasePage
from caseflow.web.dates import show_moment
from caseflow.web.drafts import erase_saved, keep_typed
from caseflow.web.forms import CaseflowForm
from caseflow.web.kept_pages import is_asked_for, kept_page, with_address
from caseflow.web.merging import merge, store_base_digests
from caseflow.web.texts import gettext
from caseflow.web.words import error_sentence

Result = TypeVar("Result")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class AddedAt:
    """Where a row of the kind is added that a view changes, and how to find out that it was removed, from the view's arguments."""

    endpoint: str
    find_removal: Callable[..., Removal | None]


def _removal_of_child(uow: UnitOfWork, *, case_id: UUID, **child: UUID) -> Removal | None:
    (child_id,) = child.values()
    return removal_of(uow.session, case_id, child_id)


def added_at(endpoint: str, find_removal: Callable[..., Removal | None] = _removal_of_child) -> Callable[[View], View]:
    """Mark a view that changes a row, by default a child of a case.

    If the row was removed while somebody was typing, their text is shown in the form of `endpoint`, which adds such a row.
    """

    def mark(view: View) -> View:
        view.added_at = AddedAt(endpoint, find_removal)  # type: ignore[attr-defined]  # read by `removed_page`
        return view

    return mark


def removed_page() -> Response | None:
    """Return the page that says who removed the row that this request changes, with what was typed; None if that is not known."""
    marked: AddedAt | None = getattr(current_app.view_functions.get(request.endpoint or ""), "added_at", None)
    given = dict(request.view_args or {})
    if marked is None or request.method != "POST" or not g.get("may_show_typed"):
        return None
    with unit_of_work_of_request() as unit:
        removal = marked.find_removal(unit, **given)
    if removal is None:
        return None
    needed = next(current_app.url_map.iter_rules(marked.endpoint)).arguments
    values = {name: value for name, value in {**given, "claim_id": removal.claim_id}.items() if name in needed}
    g.removal, g.add_again_at = removal, url_for(marked.endpoint, **values)
    draw: Callable[..., Any] = current_app.view_functions[marked.endpoint]
    try:
        return current_app.make_response(draw(**values))
    except CaseflowError:  # what it was part of is gone as well
        return None
    finally:
        del g.removal, g.add_again_at


def removed_sentence() -> str | None:
    """Return who removed the row of a case that this request's form belongs to, and when; None if that is not known."""
    given = dict(request.view_args or {})
    case_id = given.pop("case_id", None)
    if case_id is None or request.method != "POST" or not g.get("may_show_typed"):
        return None
    with unit_of_work_of_request() as unit:
        ids = [value for value in given.values() if isinstance(value, UUID)]
        removal = next(filter(None, (removal_of(unit.session, case_id, one) for one in ids)), None)
    return None if removal is None else _removed_by(removal, gettext("What you typed is below."))


def _removed_by(removal: Removal, then: str) -> str:
    return gettext(
        "This was removed by %(who)s on %(when)s, while you were typing. Nothing was saved. %(then)s",
        who=removal.who or gettext("someone in another section"),
        when=show_moment(removal.at, removal.zone),
        then=then,
    )


def _offer_to_add_again(form: CaseflowForm, removal: Removal) -> None:
    """Prepare the form that adds a row, for what was typed into the form of a row that was removed."""
    form.answer_status, form.send_to = HTTPStatus.GONE, g.add_again_at
    sentence = _removed_by(removal, gettext("What you typed is below: save it to add it again, or cancel."))
    form.form_errors = [*form.form_errors, sentence]
    once.start_again()
    if "version" in form:
        form["version"].process(None, 0)
        form["version"].raw_data = None  # show this one, not the one that was submitted
    if "base" in form:
        form["base"].data = ""


def submit(form: CaseflowForm, act: Callable[[], Result]) -> Result | None:
    """Run a service if the form was submitted and is valid; return its result, or None when the form must be drawn.

    The errors of `Invalid` are added to the fields. On `Conflict` the form is merged with the saved row, so that the person
    can submit it again. In both cases the changes of the service are rolled back.
    """
    form.answer_status = HTTPStatus.OK
    if request.method != "POST":
        return None
    if "removal" in g:
        _offer_to_add_again(form, g.removal)
        return None
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.validate():
        once.lead_to_saved(uow())
        return None
    try:
        with uow().attempt():
            key = None if form.is_repeatable else once.store_key(uow(), adds=form.is_adding())
            erase_saved(uow(), form)
            result = act()
        once.keep(key)
        form.answer_status = HTTPStatus.OK
    except once.SavedBefore as before:
        _ask_to_send_anyway(form, before.saved)
    except Invalid as error:
        form.explain(error)
    except Conflict as error:
        form.answer_status = HTTPStatus.CONFLICT
        form.form_errors.append(error_sentence(error))
        if error.row is not None:
            form.merged = merge(form, error.row)
    else:
        return result
    return None


def is_to_check(form: CaseflowForm, check: Callable[[], object]) -> bool:
    """Return whether the answers of a form that is sent in two steps are right and must now be checked by the person.

    Such a form has a field `step`: empty with the answers, `confirm` when they were checked, `change` to go back. Until it
    is confirmed nothing is saved. `check` raises what the service would.
    """
    if request.method != "POST" or form["step"].data:
        return False
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.validate():
        return False
    try:
        check()
    except Invalid as error:
        form.explain(error)
        return False
    except Conflict as error:
        form.answer_status = HTTPStatus.CONFLICT
        form.form_errors.append(error_sentence(error))
        if error.row is not None:
            form.merged = merge(form, error.row)
        return False
    form.answer_status = HTTPStatus.OK
    return True


def _ask_to_send_anyway(form: CaseflowForm, saved: Saved) -> None:
    """Prepare the page that asks whether to add something that may have been added before."""
    form.answer_status, form.saved_at = HTTPStatus.CONFLICT, saved.location
    if saved.is_same_form:
        sentence = gettext(
            "This form was saved already, and you have changed it since. The changes are not saved: open what was saved to change it, or select the button again to add what you see here as well."
        )
    else:
        sentence = gettext(
            "You saved exactly the same a short time ago, so it was not saved again. Select the button again if you need it twice."
        )
    form.form_errors.append(sentence)
    once.ask_to_send_anyway()


def form_page(template: str, form: CaseflowForm, **context: Any) -> Response:
    """Render a page with a form, with the form's HTTP status. The answer to a form that saved nothing gets its own address."""
    if request.method == "GET":
        if kept := kept_page():
            return kept
        if is_asked_for():
            flash(gettext("What was typed here before is not kept any more. This is the page as it is now."), "warn")
        store_base_digests(form)
    elif not once.is_stored():
        keep_typed(form)
    page = make_response(render_template(template, form=form, **context), form.answer_status)
    return (
        with_address(page)
        if request.method == "POST" and current_user.is_authenticated and not once.is_stored()
        else page
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalWords:
    """The words of the page that asks before a child of a case is removed."""

    heading: LazyString
    question: LazyString
    consequence: LazyString
    button: LazyString


def edit_child_page(
    form: CaseflowForm, case: Case, heading: str, save: str, *, page: CasePage, why_we_ask: str = ""
) -> Response:
    """Draw the page that adds or changes a child of a case: all boxes of the form, in its order.

    `save` is the text of the button, `page` the page of the case to return to.
    """
    context = {"case": case, "heading": heading, "save": save, "back_to": page, "why_we_ask": why_we_ask}
    return form_page("_layout/edit_child.html", form, **context)


def remove_child_page(form: CaseflowForm, case: Case, words: RemovalWords, child: str, *, page: CasePage) -> Response:
    """Draw the page that asks before a child of a case, called `child` on the page, is removed."""
    return form_page("_layout/remove_child.html", form, case=case, words=words, child=child, back_to=page)
