"""How a form is saved: validated, tried, and drawn again with everything typed when something is not right.

form = CaseForm(obj=case)
if saved(form, lambda: edit_case(uow(), case_id, form.command())):
    return redirect(...)
return form_page("cases/edit.html", form, case=case)
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Response, make_response, render_template, request

from caseflow.errors import Conflict, Invalid
from caseflow.web.access import uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.words import said

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class BothTexts:
    """A field that somebody else changed meanwhile: what stands there now, and what was typed here."""

    label: str
    theirs: str
    yours: str


def saved(form: CaseflowForm, act: Callable[[], Result]) -> Result | None:
    """Run a service when the form was sent and is valid; return what it gives, or None when the form is to be drawn.

    A refusal of the service (`Invalid`) is put at the fields, a clash (`Conflict`) shows both texts and takes the
    current version, so that pressing the button again saves knowingly. Either way nothing of the attempt remains.
    """
    form.status = HTTPStatus.OK
    if request.method != "POST":
        return None
    form.status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not form.validate():
        return None
    try:
        with uow().attempt():
            result = act()
        form.status = HTTPStatus.OK
    except Invalid as error:
        form.explain(error)
    except Conflict as error:
        form.status = HTTPStatus.CONFLICT
        form.form_errors.append(said(error))
        form.both_texts = both_texts(form, error)
        if "version" in form and "version" in error.theirs:
            form["version"].data = int(error.theirs["version"])
            form["version"].raw_data = None
    else:
        return result
    return None


def both_texts(form: CaseflowForm, error: Conflict) -> list[BothTexts]:
    """Return the fields in which the two differ."""
    return [
        BothTexts(str(form[name].label.text), theirs, str(form[name].data or ""))
        for name, theirs in error.theirs.items()
        if name in form and name != "version" and theirs != str(form[name].data or "")
    ]


def form_page(template: str, form: CaseflowForm, **context: Any) -> Response:
    """Draw a page with a form, with the status that fits how the form fared."""
    return make_response(render_template(template, form=form, **context), getattr(form, "status", HTTPStatus.OK))
