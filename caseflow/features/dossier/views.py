"""The pages of the dossier."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseflow.access import Permission
from caseflow.access.policy import may_on_case, require_in_section
from caseflow.features.cases.frame.queries import view_frame
from caseflow.features.cases.queries import one_case, whole_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.dossier import pages, service
from caseflow.features.dossier.commands import TextPlace
from caseflow.features.dossier.forms import AnnexForm, BuildForm, DossierTextForm, TakeDocumentsForm
from caseflow.features.dossier.queries import one_build, one_version, present_text
from caseflow.features.evidence.queries import one_evidence, standing_evidence
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.models import PARTS_OF_CLAIMS, Case, DossierPart
from caseflow.web.access import requires, runtime, uow
from caseflow.web.attachments import attachment
from caseflow.web.drafts import drawn_at
from caseflow.web.merging import store_base_digests
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.texts import ngettext
from caseflow.web.words import in_words

OWN_PARTS = [one for one in DossierPart if one not in {*PARTS_OF_CLAIMS, DossierPart.ADMISSIBILITY}]
PART, PART_OF_CLAIM = (
    f"<any({', '.join(OWN_PARTS)}):part>",
    f"<any({', '.join(sorted(PARTS_OF_CLAIMS))}):part_of_claim>",
)
RULE = f"<any({', '.join(repr(rule) for rule in RULES_OF_THE_PROTOCOL)}):rule>"
blueprint = Blueprint("dossier", __name__, url_prefix="/cases/<uuid:case_id>/dossier")


@blueprint.get("")
@requires(Permission.CASE_READ)
def show(case_id: UUID) -> ResponseReturnValue:
    """Show what the complaint has and lacks, its annexes, and its documents."""
    case = whole_case(uow(), case_id)
    view_frame(uow(), case, ())  # records that the acting person viewed it today
    return _page(case)


def _page(case: Case) -> str:
    may_edit = may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    return render_template("dossier/show.html", case=case, page=pages.dossier_page(uow(), case), may_edit=may_edit)


@blueprint.route(f"/texts/{PART}", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def write(case_id: UUID, part: str) -> ResponseReturnValue:
    """Write a text of the dossier."""
    return _write(_opened(case_id), TextPlace(DossierPart(part)))


@blueprint.route(f"/claims/<uuid:claim_id>/{PART_OF_CLAIM}", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def write_of_claim(case_id: UUID, claim_id: UUID, part_of_claim: str) -> ResponseReturnValue:
    """Write a text of a claim."""
    case = _opened(case_id)
    return _write(case, pages.one_place(case, DossierPart(part_of_claim), claim_id))


@blueprint.route(f"/rules/{RULE}", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def write_of_rule(case_id: UUID, rule: str) -> ResponseReturnValue:
    """Write why a rule of admissibility is met."""
    return _write(_opened(case_id), TextPlace(DossierPart.ADMISSIBILITY, rule=rule))


def _opened(case_id: UUID) -> EditableCase:
    case = editable_case(uow(), case_id)
    whole_case(uow(), case_id)
    return case


def _write(case: EditableCase, place: TextPlace) -> ResponseReturnValue:
    present = present_text(uow(), case, place)
    text, version = (present.text, present.version) if present else ("", 0)
    form = DossierTextForm(text=text, version=version)
    store_base_digests(form)  # before the proposal, which counts as typed
    if present is None and form.text.data == "":
        form.text.data = pages.proposal(uow(), case, place)
    if submit(form, lambda: service.write_text(uow(), case, place, form.command())):
        flash(_("Saved. Earlier versions are kept."), "good")
        return _to_dossier(case.id)
    page = pages.write_page(uow(), case, place, present)
    return form_page("dossier/write.html", form, case=case, page=page, is_new=present is None)


@blueprint.get("/versions/<uuid:text_id>")
@requires(Permission.CASE_READ)
def version(case_id: UUID, text_id: UUID) -> ResponseReturnValue:
    """Show a version of a text."""
    case = whole_case(uow(), case_id)
    row = one_version(uow(), case, text_id)
    name = pages.name_of(case, TextPlace(row.part, row.claim_id, row.rule))
    return render_template("dossier/version.html", case=case, row=row, name=name)


@blueprint.post("/annexes")
@requires(Permission.CASE_EDIT)
@drawn_at("dossier.show")
def add_annexes(case_id: UUID) -> ResponseReturnValue:
    """Give a number to all evidence that has none."""
    case, form = editable_case(uow(), case_id), AnnexForm()
    added = submit(form, lambda: service.add_annexes(uow(), case))
    if added is None:
        return _page(whole_case(uow(), case_id))
    flash(ngettext("%(num)d annex was added.", "%(num)d annexes were added.", len(added)), "good")
    return _to_dossier(case_id, "annexes")


@blueprint.post("/annexes/<uuid:evidence_id>")
@requires(Permission.CASE_EDIT)
@drawn_at("dossier.show")
def add_annex(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Make one piece of evidence an annex."""
    case, form = editable_case(uow(), case_id), AnnexForm()
    evidence = standing_evidence(uow(), case, evidence_id)
    if submit(form, lambda: service.add_annexes(uow(), case, [evidence])) is None:
        return _page(whole_case(uow(), case_id))
    flash(_("%(which)s is an annex.", which=evidence.label), "good")
    return _to_dossier(case_id, "annexes")


@blueprint.post("/annexes/<uuid:evidence_id>/leave-out")
@requires(Permission.CASE_EDIT)
@drawn_at("dossier.show")
def leave_out(case_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Leave an annex out; its number stays unused."""
    case, form = editable_case(uow(), case_id), AnnexForm()
    evidence = one_evidence(uow(), case, evidence_id)
    if submit(form, lambda: [service.leave_out(uow(), case, evidence)]) is None:
        return _page(whole_case(uow(), case_id))
    flash(_("%(which)s is left out. Its number is given to nothing else.", which=evidence.label), "good")
    return _to_dossier(case_id, "annexes")


@blueprint.route("/documents", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def build(case_id: UUID) -> ResponseReturnValue:
    """Ask for documents."""
    case = _opened(case_id)
    require_in_section(uow().actor, Permission.CASE_EDIT, case.section_id)
    form = BuildForm()
    form.set_choices(current_user.actor.language, may_name=service.may_name(uow(), case))
    asked = submit(
        form, lambda: service.ask_for_documents(uow(), case, form.command(), lambda one: in_words(one.because))
    )
    if asked is None:
        return form_page("dossier/build.html", form, case=case)
    flash(*pages.answer_to(asked))
    return _to_dossier(case_id, "documents")


@blueprint.post("/documents/<uuid:build_id>/download")
@requires(Permission.CASE_READ)
@drawn_at("dossier.show")
def download(case_id: UUID, build_id: UUID) -> ResponseReturnValue:
    """Hand out documents."""
    case, form = one_case(uow(), case_id), TakeDocumentsForm()
    row, store = one_build(uow(), case, build_id), runtime().store
    out = submit(form, lambda: service.hand_out(uow(), store, case, row))
    if out is None:
        return _page(whole_case(uow(), case_id))
    return attachment(out.pieces, name=out.name, media_type="application/zip", size=out.size)


def _to_dossier(case_id: UUID, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("dossier.show", case_id=case_id, _anchor=anchor), 303)
