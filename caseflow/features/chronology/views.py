"""The pages of the chronology."""

from uuid import UUID

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.clock import today
from caseflow.features.cases.frame.queries import view_frame
from caseflow.features.cases.queries import whole_case
from caseflow.features.chronology import service
from caseflow.features.chronology.documents import chronology_csv
from caseflow.features.chronology.forms import DownloadForm
from caseflow.features.chronology.pages import chronology_page, filter_of, in_words
from caseflow.models import Case
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, submit

blueprint = Blueprint("chronology", __name__, url_prefix="/cases/<uuid:case_id>/chronology")


@blueprint.get("")
@requires(Permission.CASE_READ)
def show(case_id: UUID) -> ResponseReturnValue:
    """Show a page of the chronology."""
    return _page(_viewed(case_id), DownloadForm())


@blueprint.get("/sheet")
@requires(Permission.CASE_READ)
def sheet(case_id: UUID) -> ResponseReturnValue:
    """Show the whole chronology, to be printed."""
    case = _viewed(case_id)
    page = chronology_page(uow(), case, today(case.section.time_zone), is_whole=True)
    return render_template("chronology/sheet.html", case=case, page=page)


@blueprint.post("/download")
@requires(Permission.CASE_READ)
def download(case_id: UUID) -> ResponseReturnValue:
    """Hand out the chronology as a file."""
    case, form = _viewed(case_id), DownloadForm()
    chosen = filter_of(uow(), case, service.entries(uow(), case)).chosen()
    found = submit(form, lambda: service.export(uow(), case, chosen, form.reason.data or ""))
    if found is None:
        return _page(case, form)
    disposition = {"Content-Disposition": f'attachment; filename="{case.reference}-chronology.csv"'}
    return Response(chronology_csv(case, found, in_words), mimetype="text/csv", headers=disposition)


def _viewed(case_id: UUID) -> Case:
    """Return the case, with all that the chronology reads, and record that the acting person viewed it today."""
    case = whole_case(uow(), case_id)
    view_frame(uow(), case, ())
    return case


def _page(case: Case, form: DownloadForm) -> Response:
    page = chronology_page(uow(), case, today(case.section.time_zone))
    return form_page("chronology/show.html", form, case=case, page=page)
