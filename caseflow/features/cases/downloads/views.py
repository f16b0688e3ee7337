"""The page that takes a list of cases out."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.downloads.documents import HEADER, list_rows
from caseflow.features.cases.downloads.forms import CSV, ListDownloadForm
from caseflow.features.cases.downloads.service import MOST_TAKEN, TakenList, take_list
from caseflow.features.cases.lists.pages import asked_list, list_to_take
from caseflow.outbound.tables import XLSX_TYPE, csv_table, xlsx_table
from caseflow.web.access import requires, uow
from caseflow.web.saving import form_page, submit
from caseflow.web.words import label

blueprint = Blueprint("case_list", __name__, url_prefix="/cases")


@blueprint.route("/download", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def download() -> ResponseReturnValue:
    """Hand out the list whose filters are in the address, as a file."""
    form, asked = ListDownloadForm(), asked_list(uow())
    form.set_choices()
    if taken := submit(form, lambda: take_list(uow(), list_to_take(uow(), form.reason.data or ""))):
        return _file(taken, form.format.data)
    return form_page("cases/download.html", form, asked=asked, most=MOST_TAKEN)


def _file(taken: TakenList, kind: str) -> Response:
    rows = list_rows(taken.rows, label)
    content, mimetype = (csv_table(HEADER, rows), "text/csv") if kind == CSV else (xlsx_table(HEADER, rows), XLSX_TYPE)
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="cases.{kind}"'})
