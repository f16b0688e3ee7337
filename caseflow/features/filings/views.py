"""The pages of filings."""

from uuid import UUID

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.filings import service
from caseflow.features.filings.forms import FilingForm, TakeBackForm
from caseflow.features.filings.pages import in_time, kind_of
from caseflow.features.people.queries import has_victim
from caseflow.models import Case, Stage
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.dates import show_date
from caseflow.web.saving import form_page, is_to_check, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("filings", __name__, url_prefix="/cases/<uuid:case_id>/filing")


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.CASE_APPROVE)
def record(case_id: UUID) -> ResponseReturnValue:
    """Record the filing of a case in two steps: the answers, and a page to check them."""
    case = service.case_to_file(uow(), case_id)
    if request.method == "GET" and not service.may_record(uow(), case):
        return _not_now(case)
    form = FilingForm(version=case.version)
    form.set_choices()
    if form.is_confirmed() and (filing := submit(form, lambda: service.record_filing(uow(), case, form.command()))):
        flash(_("Filing recorded: sent on %(day)s.", day=show_date(filing.filed_on)), "good")
        return to_case(case_id)
    if is_to_check(form, lambda: service.check_filing(uow(), case, form.command())):
        until, day = service.one_year_until(uow(), case), form.command().filed_on
        context = {"when": in_time(day, until), "kind": kind_of(day, until)}
        return form_page("filings/check.html", form, case=case, hidden=service.not_to_disclose(uow(), case), **context)
    return form_page("filings/record.html", form, case=case, has_victim=has_victim(uow(), case))


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
