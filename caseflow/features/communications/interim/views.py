"""The pages of interim measures."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.errors import NotFound
from caseflow.features.accounts.service import check_own_password, count_own_password, forget_own_attempt
from caseflow.features.cases.frame.queries import view_frame
from caseflow.features.cases.queries import locked_whole_case, whole_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.communications.interim import pages, service
from caseflow.features.communications.interim.forms import (
    BreachForm,
    RequestForm,
    RequestSentForm,
    SignRequestForm,
    TakeLetterForm,
)
from caseflow.features.communications.interim.queries import threat_of_case
from caseflow.features.dossier.letters.service import preview
from caseflow.models import InterimRequest
from caseflow.web.access import requires, uow
from caseflow.web.attachments import attachment
from caseflow.web.attempts import current_sign_in_key, too_many_attempts
from caseflow.web.feature import record_threat
from caseflow.web.merging import store_base_digests
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("interim", __name__, url_prefix="/cases/<uuid:case_id>/emergency")


def _case(case_id: UUID, *, is_locked: bool = False) -> EditableCase:
    case = editable_case(uow(), case_id)
    (locked_whole_case if is_locked else whole_case)(uow(), case_id)
    return case


def _request_of(case: EditableCase) -> InterimRequest:
    found = service.request_of_case(uow(), case)
    if found is None:
        raise NotFound("No request for interim measures is written yet.")
    return found


def _to_page(case_id: UUID) -> ResponseReturnValue:
    return redirect(pages.interim_url(case_id), 303)


@blueprint.get("")
@requires(Permission.CASE_READ)
def show(case_id: UUID) -> ResponseReturnValue:
    """Show the threatened act, what is missing, the request, and what became of it."""
    case = whole_case(uow(), case_id)
    view_frame(uow(), case, ())  # records that the acting person viewed it today
    may_edit = may_on_case(uow().session, uow().actor, Permission.CASE_EDIT, case)
    return render_template("interim/show.html", case=case, page=pages.interim_page(uow(), case), may_edit=may_edit)


@blueprint.route("/request", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def write(case_id: UUID) -> ResponseReturnValue:
    """Write a request, or change the one that was not sent yet."""
    case = _case(case_id)
    last = service.request_of_case(uow(), case)
    form = _request_form(case, last)
    if submit(form, lambda: _write(case, form)):
        flash(_("Saved. Another person signs it."), "good")
        return _to_page(case_id)
    return form_page("interim/write.html", form, case=case)


def _request_form(case: EditableCase, last: InterimRequest | None) -> RequestForm:
    unsent = last if last and not last.is_sent else None
    form = RequestForm(obj=unsent, version=unsent.version if unsent else 0)
    form.set_up(pages.evidence_choices(uow(), case), asks_when=threat_of_case(uow(), case) is None)
    store_base_digests(form)  # before the proposal, which counts as typed
    if form.is_filled():
        return form
    if "evidence" in form and last is not None:
        form.evidence.data = [str(one) for one in last.evidence_ids]
    for name, text in ({} if unsent else pages.proposal(uow(), case, last)).items():
        form[name].data = text
    return form


def _write(case: EditableCase, form: RequestForm) -> InterimRequest:
    record_threat(uow(), case, *form.when())
    return service.write_request(uow(), case, form.command())


@blueprint.route("/sign", methods=["GET", "POST"])
@requires(Permission.CASE_APPROVE)
def sign(case_id: UUID) -> ResponseReturnValue:
    """Read a request and sign it, with the password again."""
    case = _case(case_id, is_locked=request.method == "POST")
    found, form = _request_of(case), SignRequestForm()
    form.set_alone(is_own=service.is_own(uow(), case, found))
    if request.method == "GET" and not service.may_sign(uow(), case, found):
        flash(_("You cannot sign this request: who wrote it or owns the case does not sign it."), "warn")
        return _to_page(case_id)
    if request.method == "POST" and (wait := count_own_password(uow(), current_sign_in_key())):
        form.form_errors.append(too_many_attempts(wait))
        form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif submit(form, lambda: _sign(case, found, form)):
        forget_own_attempt(uow(), current_sign_in_key())
        flash(_("The request is signed. Download the letter, and send it."), "good")
        return _to_page(case_id)
    return _sign_page(case, found, form)


def _sign(case: EditableCase, found: InterimRequest, form: SignRequestForm) -> InterimRequest:
    check_own_password(uow(), current_app.extensions["caseflow.passwords"], form.password.data or "")
    return service.sign_request(uow(), case, found, form.command())


def _sign_page(case: EditableCase, found: InterimRequest, form: SignRequestForm) -> ResponseReturnValue:
    words = service.words_of(uow(), case, found)
    form.show(found.version, words.sha256.hex())
    letter = preview(uow(), case, service.letter_of(uow(), case, found, words), _language())
    return form_page("interim/sign.html", form, case=case, letter=letter, digest=words.sha256, name=uow().person.name)


@blueprint.route("/letter", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def letter(case_id: UUID) -> ResponseReturnValue:
    """Show the letter, and hand it out once it is signed."""
    case = _case(case_id)
    found, form = _request_of(case), TakeLetterForm()
    form.set_up(_language(), may_name=pages.may_name(uow(), case))
    out = submit(form, lambda: service.hand_out(uow(), case, found, form.command()))
    if out is not None and not out.waiting_for:
        return attachment([out.content], name=out.name, media_type=out.media_type, size=len(out.content))
    if out is not None:
        who = ", ".join(out.waiting_for)
        flash(
            _("A second person must first agree that you see who these are: %(who)s. Then try again.", who=who), "warn"
        )
    words = (service.signed_words(found) if found.is_sent else None) or service.words_of(uow(), case, found)
    text = preview(uow(), case, service.letter_of(uow(), case, found, words), form.language.data)
    is_signed = found.signed_at is not None and not service.changed_since(found, words)
    return form_page("interim/letter.html", form, case=case, text=text, is_signed=is_signed)


@blueprint.route("/sent", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def sent(case_id: UUID) -> ResponseReturnValue:
    """Record when and how a signed request was sent."""
    case = _case(case_id, is_locked=request.method == "POST")
    found = _request_of(case)
    form = RequestSentForm(version=found.version)
    form.set_choices()
    if submit(form, lambda: service.record_sent(uow(), case, found, form.command())):
        flash(_("It is recorded that the request was sent. It never changes from now on."), "good")
        return _to_page(case_id)
    return form_page("interim/sent.html", form, case=case)


@blueprint.route("/breach", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def breach(case_id: UUID) -> ResponseReturnValue:
    """Record a breach of interim measures as an act of a claim."""
    case, form = _case(case_id), BreachForm()
    form.set_choices(pages.claims_in_words(case))
    if submit(form, lambda: service.record_breach(uow(), case, form.command())):
        flash(
            _("The breach was recorded as an act of the claim. Tell the Committee at once, and add the letter."), "good"
        )
        return _to_page(case_id)
    return form_page("interim/breach.html", form, case=case)


def _language() -> str:
    return str(current_user.actor.language)
