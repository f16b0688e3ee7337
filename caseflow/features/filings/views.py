"""The pages of filings."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import EditableCase
from caseflow.features.filings import service
from caseflow.features.filings.forms import ConfirmFilingForm, FilingForm, TakeBackForm
from caseflow.features.filings.pages import in_time, kind_of, show_day
from caseflow.features.filings.queries import prepared_filing
from caseflow.features.people.queries import has_victim
from caseflow.models import Case, PreparedFiling, Stage
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.dates import show_date
from caseflow.web.saving import form_page, is_to_check, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("filings", __name__, url_prefix="/cases/<uuid:case_id>/filing")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def record(case_id: UUID) -> ResponseReturnValue:
    """Prepare the filing of a case in two steps: the answers, and a page to check them. Another person confirms it."""
    case = service.case_to_prepare(uow(), case_id)
    prepared = prepared_filing(uow(), case)
    if elsewhere := _elsewhere(case, prepared):
        return elsewhere
    form = FilingForm(obj=prepared, version=case.version)
    form.set_choices()
    if form.is_confirmed() and (_prepared := submit(form, lambda: service.prepare_filing(uow(), case, form.command()))):
        flash(_("The filing is prepared. The case is filed once another person has confirmed it."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    if is_to_check(form, lambda: service.check_filing(uow(), case, form.command())):
        return form_page("filings/check.html", form, case=case, **_to_check(case, form.command().filed_on))
    context = {"has_victim": has_victim(uow(), case), "changed_href": _changed_href(case)}
    return form_page("filings/record.html", form, case=case, **context)


def _elsewhere(case: EditableCase, prepared: PreparedFiling | None) -> ResponseReturnValue | None:
    """Lead to the page on which something can be done, if a filing can't be prepared now or is prepared already."""
    if request.method != "GET":
        return None
    if not service.may_prepare(uow(), case):
        return _not_now(case)
    if prepared is not None and "again" not in request.args:
        return redirect(url_for("filings.confirm", case_id=case.id), 303)
    return None


def _changed_href(case: EditableCase) -> str:
    """Return the page that lists what has changed since the approval of a case; empty if nothing has."""
    return "" if service.is_as_approved(uow(), case) else url_for("review.show", case_id=case.id)


def _to_check(case: EditableCase, filed_on: date) -> dict[str, Any]:
    until, hidden = service.one_year_until(uow(), case), service.not_to_disclose(uow(), case)
    return {"when": in_time(filed_on, until), "kind": kind_of(filed_on, until), "hidden": hidden}


@blueprint.route("/confirm", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def confirm(case_id: UUID) -> ResponseReturnValue:
    """Show a prepared filing, and confirm it as the second person."""
    case = service.case_to_prepare(uow(), case_id, is_locked=request.method == "POST")
    prepared = prepared_filing(uow(), case)
    if prepared is None:
        return _not_now(case)
    form, may = ConfirmFilingForm(version=case.version), service.may_confirm(uow(), case, prepared)
    form.set_alone(is_alone=may and prepared.prepared_by_id == uow().person.user_id)
    context = {"prepared": prepared, "may_confirm": may, **_to_confirm(case, prepared)}
    if filing := submit(form, lambda: service.confirm_filing(uow(), case, prepared, form.command())):
        flash(_("Filing recorded: sent on %(day)s.", day=show_date(filing.filed_on)), "good")
        return to_case(case_id)
    return form_page("filings/confirm.html", form, case=case, **context)


def _to_confirm(case: EditableCase, prepared: PreparedFiling) -> dict[str, Any]:
    return {"day": show_day(prepared), "changed_href": _changed_href(case), **_to_check(case, prepared.filed_on)}


@blueprint.route("/take-back", methods=["GET", "POST"])
@requires(Permission.CASE_APPROVE)
def take_back(case_id: UUID) -> ResponseReturnValue:
    """Take the filing of a case back, with a reason."""
    case = service.case_to_file(uow(), case_id)
    if request.method == "GET" and case.stage is not Stage.FILED:
        return _not_now(case)
    form = TakeBackForm(version=case.version)
    if submit(form, lambda: service.take_back(uow(), case, form.command())):
        flash(_("The filing was taken back. The case is approved, and its clocks run again."), "good")
        return to_case(case_id)
    return form_page("filings/take_back.html", form, case=case)


def _not_now(case: Case) -> ResponseReturnValue:
    """Lead to the page that says what is recorded of the filing."""
    flash(_("This is not possible at this stage of the case: see below what is recorded."), "warn")
    return to_case(case.id, CasePage.COMMITTEE)
