"""The pages of intake: three steps, each with an address of its own. Only the last one saves."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.intake.forms import KNOWN, ConsentStepForm, RecordForm, SearchForm
from caseflow.features.intake.pages import consent_step, matches, record_step, search_step
from caseflow.features.intake.service import OpenedCase, open_intake
from caseflow.features.intake.words import NOBODY, WHY_CODE_NAMES, WHY_CONSENT, WHY_SEARCH
from caseflow.web.access import requires, uow
from caseflow.web.carried import chosen_button
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.feature import record_threat
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("intake", __name__, url_prefix="/intake")
ON, BACK, MORE, GRID = "on", "back", "more", "grid"
"""What the buttons besides the first one lead to."""


def _search_page(form: SearchForm, **context: object) -> ResponseReturnValue:
    return form_page("intake/search.html", form, why=WHY_SEARCH, **{"found": None, **context})


def _consent_page(form: ConsentStepForm) -> ResponseReturnValue:
    return form_page("intake/consent.html", form, why=WHY_CONSENT)


def _record_page(form: RecordForm) -> ResponseReturnValue:
    return form_page("intake/record.html", form, why=WHY_CODE_NAMES)


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_CREATE)
def search() -> ResponseReturnValue:
    """Step 1: look whether the person or the case is recorded already."""
    form = search_step(uow())
    if chosen_button() == ON or KNOWN in request.form:
        return _consent_page(consent_step(form.answers()))
    if asked := submit(form, form.asked):
        if found := matches(uow(), asked):
            return _search_page(form, found=found)
        flash(str(NOBODY), "info")
        return _consent_page(consent_step(form.answers()))
    return _search_page(form)


@blueprint.route("/consent", methods=["GET", "POST"])
@requires(Permission.CASE_CREATE)
def consent() -> ResponseReturnValue:
    """Step 2: what the caller allows."""
    form = consent_step()
    if chosen_button() == BACK:
        return _search_page(search_step(uow(), form.answers()))
    if submit(form, form.consent):
        return _record_page(record_step(uow(), form.answers()))
    return _consent_page(form)


@blueprint.route("/record", methods=["GET", "POST"])
@requires(Permission.CASE_CREATE)
def record() -> ResponseReturnValue:
    """Step 3: open the case with its people."""
    form = record_step(uow(), more=chosen_button() == MORE)
    if chosen_button() == BACK:
        return _consent_page(consent_step(form.answers()))
    if chosen_button() != MORE and (opened := submit(form, lambda: _opened(form))):
        codes = ", ".join(one.code_name for one in opened.people)
        flash(
            _("The case %(reference)s is open, with %(codes)s.", reference=opened.case.reference, codes=codes), "good"
        )
        if chosen_button() == GRID:
            return redirect(url_for("people.grid", case_id=opened.case.id), 303)
        return to_case(opened.case.id, CasePage.PEOPLE)
    return _record_page(form)


def _opened(form: RecordForm) -> OpenedCase:
    return open_intake(uow(), form.intake(), form.known, lambda unit, case: record_threat(unit, case, *form.threat()))
