"""The pages of reviews."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.access.policy import may_on_case
from caseflow.errors import Forbidden, NotFound
from caseflow.features.accounts.queries import people_of_section
from caseflow.features.accounts.service import check_own_password, count_own_password, forget_own_attempt
from caseflow.features.cases.queries import locked_whole_case, whole_case
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.review import commenting, service
from caseflow.features.review.forms import AnswerForm, CommentForm, RequestForm, ReturnForm, SignForm
from caseflow.features.review.pages import about_in_words, review_page, show_stops
from caseflow.features.review.queries import comments_of_case, current_review, one_comment
from caseflow.features.review.words import WHY_WE_ASK
from caseflow.models import CaseReview, CommentKind, ReviewStatus
from caseflow.web.access import requires, uow
from caseflow.web.attempts import current_sign_in_key, too_many_attempts
from caseflow.web.forms import CaseflowForm
from caseflow.web.saving import form_page, submit
from caseflow.web.texts import gettext as _

blueprint = Blueprint("review", __name__, url_prefix="/cases/<uuid:case_id>/review")


def _case(case_id: UUID, *, is_locked: bool = False) -> EditableCase:
    """Return a case in whose reviews the acting person takes part, with everything that an assessment reads."""
    case = editable_case(uow(), case_id)
    if not service.may_review(uow(), case):
        raise Forbidden("Only people who work on cases of this section take part in its reviews.")
    (locked_whole_case if is_locked else whole_case)(uow(), case_id)
    return case


def _decides(case: EditableCase) -> bool:
    return may_on_case(uow().session, uow().actor, Permission.CASE_APPROVE, case)


def _open_review(case: EditableCase) -> CaseReview:
    review = current_review(uow(), case)
    if review is None:
        raise NotFound("No version of this case waits for approval.")
    return review


def _to_review(case_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("review.show", case_id=case_id), 303)


@blueprint.get("")
@requires(Permission.CASE_EDIT)
def show(case_id: UUID) -> ResponseReturnValue:
    """Show the review of a case: the version, what changed, the gaps, the comments."""
    case = _case(case_id)
    page = review_page(uow(), case, decides=_decides(case))
    return render_template("review/show.html", case=case, page=page, form=CaseflowForm())


@blueprint.route("/request", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def ask(case_id: UUID) -> ResponseReturnValue:
    """Put the present version of a case up for review."""
    case = _case(case_id)
    form = RequestForm(version=case.version, wished_on=service.default_wish(case))
    names = dict(people_of_section(uow(), case.section_id))
    offered = set(service.reviewers_for(uow(), case))
    form.set_choices({one: name for one, name in names.items() if one in offered})
    if review := submit(form, lambda: service.request_review(uow(), case, form.command())):
        flash(_("Version %(number)s is up for review.", number=review.number), "good")
        return _to_review(case_id)
    return form_page("review/ask.html", form, case=case, why_we_ask=WHY_WE_ASK)


@blueprint.route("/comment", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def comment(case_id: UUID) -> ResponseReturnValue:
    """Comment on a gap or a page of the case, or decide on a gap."""
    case = _case(case_id)
    review, about = _open_review(case), request.args.get("about", "")
    form = CommentForm(about=about, kind=request.args.get("kind", CommentKind.COMMENT.value))
    form.set_choices(decides=_decides(case) and (form.about.data or "").startswith(service.GAP))
    if submit(form, lambda: commenting.add_comment(uow(), case, review, form.command())):
        flash(_("Saved."), "good")
        return _to_review(case_id)
    return form_page("review/comment.html", form, case=case, about=about_in_words(case, form.about.data or ""))


@blueprint.route("/comments/<uuid:comment_id>/answer", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def answer(case_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Answer a comment."""
    case = _case(case_id)
    found, form = one_comment(uow(), case, comment_id), AnswerForm()
    if submit(form, lambda: commenting.answer_comment(uow(), case, found, form.text.data or "")):
        flash(_("The answer was added."), "good")
        return _to_review(case_id)
    return form_page("review/answer.html", form, case=case, comment=found, about=about_in_words(case, found.about))


@blueprint.post("/comments/<uuid:comment_id>/resolve")
@requires(Permission.CASE_EDIT)
def resolve(case_id: UUID, comment_id: UUID) -> ResponseReturnValue:
    """Mark a comment as resolved."""
    case = _case(case_id)
    found, form = one_comment(uow(), case, comment_id), CaseflowForm()
    if submit(form, lambda: commenting.resolve_comment(uow(), case, found)):
        flash(_("The comment is resolved."), "good")
    for error in form.error_list():
        flash(error.text, "warn")
    return _to_review(case_id)


@blueprint.route("/return", methods=["GET", "POST"])
@requires(Permission.CASE_APPROVE)
def give_back(case_id: UUID) -> ResponseReturnValue:
    """Return the case to its author with comments."""
    case = _case(case_id)
    review = _open_review(case)
    form = ReturnForm(version=review.version)
    if submit(form, lambda: service.return_review(uow(), case, review, form.command())):
        flash(_("The case was returned to its author."), "good")
        return _to_review(case_id)
    return form_page("review/return.html", form, case=case, review=review)


@blueprint.route("/approve", methods=["GET", "POST"])
@requires(Permission.CASE_APPROVE)
def sign(case_id: UUID) -> ResponseReturnValue:
    """Approve the version under review, with the password again."""
    case = _case(case_id, is_locked=request.method == "POST")
    review, form = _open_review(case), SignForm()
    if request.method == "GET" and not _can_be_signed(case, review):
        return _to_review(case_id)
    stops, gaps = show_stops(uow(), case), service.undecided_gaps(uow(), case, uow().cached(comments_of_case, case))
    _prepare(form, case, review, needs_reason=bool(stops or gaps))
    if request.method == "POST" and (wait := count_own_password(uow(), current_sign_in_key())):
        form.form_errors.append(too_many_attempts(wait))
        form.answer_status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif submit(form, lambda: _sign(case, review, form)):
        forget_own_attempt(uow(), current_sign_in_key())
        return _signed(case, review)
    return form_page("review/sign.html", form, case=case, review=review, stops=stops, name=uow().person.name)


def _can_be_signed(case: EditableCase, review: CaseReview) -> bool:
    """Return whether the person may approve the version and the case is still like it; the page of the review says what changed."""
    if service.changes_since(uow(), case, review):
        return False
    may = service.may_sign(uow(), case, review)
    if not may:
        flash(_("You cannot approve this version: see below who can."), "warn")
    return may


def _prepare(form: SignForm, case: EditableCase, review: CaseReview, *, needs_reason: bool) -> None:
    is_first = review.status is not ReviewStatus.HALF_SIGNED
    is_own = uow().person.user_id in {review.requested_by_id, case.owner_id}
    form.leave_out(needs_reason=needs_reason and is_first, is_own=is_own)
    if request.method == "GET":
        form.version.data = review.version


def _sign(case: EditableCase, review: CaseReview, form: SignForm) -> CaseReview:
    check_own_password(uow(), current_app.extensions["caseflow.passwords"], form.password.data or "")
    return service.sign_review(uow(), case, review, form.command())


def _signed(case: EditableCase, review: CaseReview) -> ResponseReturnValue:
    if review.status is ReviewStatus.SIGNED:
        flash(_("Version %(number)s is approved for filing.", number=review.number), "good")
    else:
        flash(_("You approved it as the first person. A second coordinator must agree."), "good")
    return _to_review(case.id)
