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

from flask import Response, make_response, render_template, request
from flask_babel import LazyString

from caseflow.errors import Conflict, Invalid
from caseflow.models import Case
from caseflow.request_keys import Saved
from caseflow.web import once
from caseflow.web.access import uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.merging import merge, store_base_digests
from caseflow.web.texts import gettext
from caseflow.web.words import error_sentence

Result = TypeVar("Result")


def submit(form: CaseflowForm, act: Callable[[], Result]) -> Result | None:
    """Run a service if the form was submitted and is valid; return its result, or None when the form must be drawn.

    The errors of `Invalid` are added to the fields. On `Conflict` the form is merged with the saved row, so that the person
    can submit it again. In both cases the changes of the service are rolled back.
    """
    form.answer_status = HTTPStatus.OK
    if request.method != "POST":
        return None
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.validate():
        once.lead_to_saved(uow())
        return None
    try:
        with uow().attempt():
            key = None if form.is_repeatable else once.store_key(uow(), adds=form.is_adding())
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
    """Render a page with a form, with the form's HTTP status."""
    if request.method == "GET":
        store_base_digests(form)
    return make_response(render_template(template, form=form, **context), form.answer_status)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalWords:
    """The words of the page that asks before a child of a case is removed."""

    heading: LazyString
    question: LazyString
    consequence: LazyString
    button: LazyString


def edit_child_page(
    form: CaseflowForm, case: Case, heading: str, save: str, *, anchor: str = "", why_we_ask: str = ""
) -> Response:
    """Draw the page that adds or changes a child of a case: all boxes of the form, in its order.

    `save` is the text of the button, `anchor` the place on the case page to return to.
    """
    context = {"case": case, "heading": heading, "save": save, "anchor": anchor, "why_we_ask": why_we_ask}
    return form_page("_layout/edit_child.html", form, **context)


def remove_child_page(form: CaseflowForm, case: Case, words: RemovalWords, child: str, *, anchor: str = "") -> Response:
    """Draw the page that asks before a child of a case, called `child` on the page, is removed."""
    return form_page("_layout/remove_child.html", form, case=case, words=words, child=child, anchor=anchor)
