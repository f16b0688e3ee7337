"""The pages of evidence."""

import re
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.clock import now
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.evidence import service
from caseflow.features.evidence.copying import page_of_copy
from caseflow.features.evidence.forms import DownloadForm, EvidenceForm, RemovalForm, SendingForm, UploadForm
from caseflow.features.evidence.pages import (
    evidence_page,
    evidence_url,
    target_choices,
    title_of,
    uploads_of_page,
    words_of_supports,
)
from caseflow.features.evidence.queries import codes_of, one_evidence, record_look, standing_evidence, targets_of_case
from caseflow.features.evidence.removing import check_removal, may_remove, remove_file
from caseflow.features.evidence.uploads.service import KEPT_FOR, add_arrived
from caseflow.features.evidence.words import WHY_CUSTODY, WHY_EVIDENCE, WHY_SEALED
from caseflow.models import Case, Evidence
from caseflow.storage.types import ACCEPT
from caseflow.web.access import requires, runtime, uow
from caseflow.web.attachments import attachment
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.feature import evidence_panels
from caseflow.web.saving import edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.uploads import seal_files

PAGE = re.compile("[0-9]{1,3}")
blueprint = Blueprint("evidence", __name__, url_prefix="/cases/<uuid:case_id>/evidence")


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Add files."""
    case, room = editable_case(uow(), case_id), runtime().settings.files
    seal_files(room.largest_file, scanner=room.scanner)
    targets = target_choices(targets_of_case(uow(), case))
    sent, store = uploads_of_page(uow(), case), runtime().store
    supports = [code for code, _words in targets[:1]] if _has_one_claim(targets) else []
    form = UploadForm(supports=supports, uploads=[code for code, _words in sent.arrived])
    form.set_choices(targets, sent.arrived)
    if added := submit(form, lambda: add_arrived(uow(), store, case, form.command(), room)):
        return _to_added(case, added)
    why = {"why": WHY_EVIDENCE, "sealed": WHY_SEALED, "days": KEPT_FOR.days, "accept": ACCEPT}
    return form_page("evidence/add.html", form, case=case, room=room, sent=sent, **why)


def _has_one_claim(targets: list[tuple[str, str]]) -> bool:
    """Return whether there is one claim only, which evidence then most likely supports."""
    return sum(code.startswith("claim:") for code, _words in targets) == 1


def _to_added(case: Case, added: list[Evidence]) -> ResponseReturnValue:
    """Lead to what was added: to the form that says what it is, or for several to the list."""
    numbers = ", ".join(one.label for one in added)
    stored = ngettext("%(numbers)s is stored, encrypted.", "%(numbers)s are stored, encrypted.", len(added), numbers=numbers)  # fmt: skip
    flash(stored, "good")
    if len(added) > 1:
        return to_case(case.id, CasePage.EVIDENCE)
    flash(_("Now say what it is."), "info")
    return redirect(f"{evidence_url(case.id, added[0].id)}/edit", 303)


@blueprint.get("/<uuid:evidence_id>")
@requires(Permission.CASE_READ)
def show(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Show a piece of evidence, and its custody."""
    case = one_case(uow(), case_id)
    return _page(case, one_evidence(uow(), case, evidence_id), DownloadForm())


def _page(case: Case, evidence: Evidence, form: DownloadForm) -> Response:
    may_edit = evidence.removed_at is None and may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    page, can_remove = evidence_page(uow(), case, evidence), may_edit and may_remove(uow(), case, evidence)
    context = {"page": page, "panels": evidence_panels(uow(), case, evidence)}
    return form_page("evidence/show.html", form, case=case, may_edit=may_edit, may_remove=can_remove, **context)


@blueprint.get("/<uuid:evidence_id>/custody")
@requires(Permission.CASE_READ)
def sheet(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Show the custody sheet, to be printed."""
    case = one_case(uow(), case_id)
    page = evidence_page(uow(), case, one_evidence(uow(), case, evidence_id))
    return render_template("evidence/sheet.html", case=case, page=page)


@blueprint.get("/<uuid:evidence_id>/copy")
@requires(Permission.CASE_READ)
def copy(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Show a page of the copy for looking."""
    evidence = one_evidence(uow(), one_case(uow(), case_id), evidence_id)
    assert evidence.content is not None
    number = request.args.get("page", "1")
    page = page_of_copy(uow(), runtime().store, evidence.content, int(number) if PAGE.fullmatch(number) else 0)
    record_look(uow(), evidence, now())
    return Response(page, mimetype="image/jpeg", headers={"Content-Security-Policy": "default-src 'none'; sandbox"})


@blueprint.route("/<uuid:evidence_id>/edit", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def edit(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Say what a piece of evidence is."""
    case: EditableCase = editable_case(uow(), case_id)
    evidence = standing_evidence(uow(), case, evidence_id)
    form = EvidenceForm(obj=evidence.content, data=_of_row(evidence))
    form.set_choices(target_choices(targets_of_case(uow(), case)))
    if submit(form, lambda: service.change_evidence(uow(), case, evidence, form.command())):
        flash(_("Saved."), "good")
        return redirect(evidence_url(case_id, evidence_id), 303)
    heading = _("Describe %(number)s", number=evidence.label)
    return edit_child_page(form, case, heading, _("Save"), page=CasePage.EVIDENCE, why_we_ask=str(WHY_EVIDENCE))


def _of_row(evidence: Evidence) -> dict[str, object]:
    """Return the values of the form that are not in the content."""
    return {
        "version": evidence.version,
        "kind": evidence.kind,
        "is_restricted": evidence.is_restricted,
        "supports": list(codes_of(evidence)),
    }


@blueprint.post("/<uuid:evidence_id>/download")
@requires(Permission.CASE_READ)
def download(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Hand out the original."""
    case = one_case(uow(), case_id)
    evidence, form = standing_evidence(uow(), case, evidence_id), DownloadForm()
    store, reason = runtime().store, form.reason.data or ""
    out = submit(form, lambda: service.hand_out(uow(), store, case, evidence, reason))
    if out is None:
        return _page(case, evidence, form)
    return attachment(out.pieces, name=out.name, media_type=out.media_type, size=out.size)


@blueprint.route("/<uuid:evidence_id>/sent", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def send(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Record that it was sent or handed to somebody."""
    case = editable_case(uow(), case_id)
    evidence, form = standing_evidence(uow(), case, evidence_id), SendingForm()
    if submit(form, lambda: service.record_sending(uow(), case, evidence, form.to.data or "")):
        flash(_("It is in the custody now."), "good")
        return redirect(evidence_url(case_id, evidence_id), 303)
    heading = _("Where did %(number)s go?", number=evidence.label)
    save = _("Record it in the custody")
    return edit_child_page(form, case, heading, save, page=CasePage.EVIDENCE, why_we_ask=str(WHY_CUSTODY))


@blueprint.route("/<uuid:evidence_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Remove the file, with a reason."""
    case = editable_case(uow(), case_id)
    evidence = one_evidence(uow(), case, evidence_id)
    if evidence.removed_at is not None:
        return redirect(evidence_url(case_id, evidence_id), 303)
    check_removal(uow(), case, evidence)
    form = RemovalForm(version=evidence.version)
    form.set_choices()
    if submit(form, lambda: remove_file(uow(), case, evidence, form.command())):
        flash(_("The file was removed and is destroyed. Its number, and who removed it and why, stay."), "good")
        return redirect(evidence_url(case_id, evidence_id), 303)
    supports = words_of_supports(uow(), case, evidence)
    return form_page("evidence/remove.html", form, case=case, one=evidence, title=title_of(evidence), supports=supports)
