"""How a form is saved: validated, tried, and drawn again with everything typed when something is not right.

form = CaseForm(obj=case)
if submit(form, lambda: edit_case(uow(), case_id, form.command())):
    return redirect(...)
return form_page("cases/edit.html", form, case=case)
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response, make_response, render_template, request

from caseflow.errors import Conflict, Invalid
from caseflow.web.access import uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.merging import merge, remember
from caseflow.web.words import said

Result = TypeVar("Result")


def submit(form: CaseflowForm, act: Callable[[], Result]) -> Result | None:
    """Run a service when the form was sent and is valid; return what it gives, or None when the form is to be drawn.

    A refusal of the service (`Invalid`) is put at the fields, a clash (`Conflict`) is merged with what the other person
    saved, so that pressing the button again saves knowingly. Either way nothing of the attempt remains.
    """
    form.answer_status = HTTPStatus.OK
    if request.method != "POST":
        return None
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.validate():
        return None
    try:
        with uow().attempt():
            result = act()
        form.answer_status = HTTPStatus.OK
    except Invalid as error:
        form.explain(error)
    except Conflict as error:
        form.answer_status = HTTPStatus.CONFLICT
        form.form_errors.append(said(error))
        if error.row is not None:
            form.merged = merge(form, error.row)
    else:
        return result
    return None


def form_page(template: str, form: CaseflowForm, **context: Any) -> Response:
    """Draw a page with a form, with the status that fits how the form fared."""
    if request.method == "GET":
        remember(form)
    return make_response(render_template(template, form=form, **context), form.answer_status)
