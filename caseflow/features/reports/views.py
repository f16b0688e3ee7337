"""The pages of reports."""

from http import HTTPStatus

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.reports import service
from caseflow.features.reports.documents import advocacy_csv, counts_csv, tables
from caseflow.features.reports.forms import CountsForm
from caseflow.features.reports.pages import file_name, presets
from caseflow.features.reports.queries import SectionCounts, reportable_sections
from caseflow.features.reports.suppression import SMALLEST
from caseflow.law.dates import UncertainDate
from caseflow.web.access import requires, today_of_reader, uow
from caseflow.web.dates import show_date
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import codes, label, state_name

blueprint = Blueprint("reports", __name__)

FILE_NAME = "counts.csv"
"""Of the coalition. That of a section names section and period, or nobody could tell five of them apart."""


@blueprint.get("/reports")
@requires(Permission.REPORT_READ)
def show() -> ResponseReturnValue:
    """Show the counts of a section for a period."""
    form = CountsForm.from_address(reportable_sections(uow()))
    if form.validate():
        return _page(form, service.count_cases(uow(), form.command()))
    form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(form)


@blueprint.post("/reports/download")
@requires(Permission.REPORT_EXPORT)
def download() -> ResponseReturnValue:
    """Return the same counts as a file."""
    form = CountsForm.for_sections(reportable_sections(uow()))
    counts = submit(form, lambda: service.export_counts(uow(), form.command()))
    if counts is None:
        return _page(form)
    file = counts_csv(counts, tables(counts, codes, _words), _words)
    disposition = {"Content-Disposition": f'attachment; filename="{file_name(counts)}"'}
    return Response(file, mimetype="text/csv", headers=disposition)


@blueprint.get("/states/advocacy")
@requires(Permission.REPORT_READ)
def not_bound() -> ResponseReturnValue:
    """Show the counts of cases against States that are not bound."""
    return _advocacy(CaseflowForm())


@blueprint.post("/states/advocacy/download")
@requires(Permission.REPORT_EXPORT)
def download_not_bound() -> ResponseReturnValue:
    """Return the same table as a file."""
    form = CaseflowForm()
    found = submit(form, lambda: service.export_not_bound(uow(), today_of_reader()))
    if found is None:
        return _advocacy(form)
    disposition = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(advocacy_csv(found, state_name), mimetype="text/csv", headers=disposition)


def _advocacy(form: CaseflowForm) -> Response:
    found = service.count_not_bound(uow(), today_of_reader())
    may_take = uow().person.may(Permission.REPORT_EXPORT) and service.may_export_all(uow())
    return form_page("reports/not_bound.html", form, found=found, may_export=may_take)


def _page(form: CountsForm, counts: SectionCounts | None = None) -> Response:
    actor = uow().person
    may_open = counts is not None and service.may_open(actor, counts.section)
    return form_page(
        "reports/show.html",
        form,
        counts=counts,
        dimensions=tables(counts, codes, _words) if counts else (),
        may_open=may_open,
        presets=presets(counts) if counts else (),
        may_export=counts is not None and service.may_export(actor, counts.section),
        smallest=SMALLEST,
    )


def _words(dimension: str, code: str) -> str:
    """Return the label of a code of a table."""
    if dimension == "total":
        return str(_("All cases, each counted once"))
    if dimension == "right" and not code:
        return str(_("No right recorded yet"))
    return show_date(UncertainDate.parse(code)) if dimension == "month" else label(dimension, code)
