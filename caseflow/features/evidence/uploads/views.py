"""Where the page sends files in parts (`static/upload.js`). The answers are for the script, but for that of `discard`."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, Response, flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.features.cases.service import editable_case
from caseflow.features.evidence.uploads import service
from caseflow.features.evidence.uploads.forms import BeginForm, DiscardForm, PartForm
from caseflow.features.evidence.uploads.queries import one_upload
from caseflow.models import EvidenceUpload
from caseflow.web.access import requires, runtime, uow
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import submit
from caseflow.web.texts import gettext as _
from caseflow.web.uploads import seal_files

blueprint = Blueprint("evidence_uploads", __name__, url_prefix="/cases/<uuid:case_id>/evidence/uploads")


@blueprint.post("")
@requires(Permission.CASE_EDIT)
def begin(case_id: UUID) -> ResponseReturnValue:
    """Begin an upload, or find the one that was begun with the same file."""
    case, form = editable_case(uow(), case_id), BeginForm()
    room, store = runtime().settings.files, runtime().store
    return _state(form, submit(form, lambda: service.begin_upload(uow(), store, case, form.command(), room)))


@blueprint.post("/<uuid:upload_id>")
@requires(Permission.CASE_EDIT)
def take(case_id: UUID, upload_id: UUID) -> ResponseReturnValue:
    """Take the next part of a file."""
    case, store, scanner = editable_case(uow(), case_id), runtime().store, runtime().settings.files.scanner
    one_upload(uow(), case, upload_id)  # before anything of the part is kept
    seal_files(service.LARGEST_PART)
    form = PartForm()
    upload = one_upload(uow(), case, upload_id, is_locked=True)
    return _state(form, submit(form, lambda: service.take_part(uow(), store, upload, form.command(), scanner)))


@blueprint.post("/<uuid:upload_id>/discard")
@requires(Permission.CASE_EDIT)
def discard(case_id: UUID, upload_id: UUID) -> ResponseReturnValue:
    """Discard what has arrived of a file."""
    case, form = editable_case(uow(), case_id), DiscardForm()
    upload = one_upload(uow(), case, upload_id)
    if submit(form, lambda: service.discard_upload(uow(), upload)):
        flash(_("Discarded. What had arrived is destroyed."), "good")
    return redirect(url_for("evidence.add", case_id=case_id), 303)


def _state(form: CaseflowForm, upload: EvidenceUpload | None) -> Response:
    """Return how far an upload is; or why it cannot go on, in words."""
    if upload is None:
        problems = [str(error.text) for error in form.error_list()]
        answer = jsonify(problem=" ".join(problems))
        answer.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return answer
    return jsonify(
        id=str(upload.id),
        received=0 if upload.ended_at else upload.received,
        is_whole=upload.stored_as is not None,
        has_ended=upload.ended_at is not None,
        address=url_for("evidence_uploads.take", case_id=upload.case_id, upload_id=upload.id),
    )
