"""The pages on which letters are entered, corrected, answered and removed."""

from uuid import UUID

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue

from caseflow.access import Permission
from caseflow.errors import Forbidden
from caseflow.features.cases.service import EditableCase, editable_case
from caseflow.features.communications import service
from caseflow.features.communications.forms import (
    ConfirmDayForm,
    LetterForm,
    NoAnswerForm,
    RemoveLetterForm,
    StageForm,
)
from caseflow.features.communications.pages import letter_form, letter_name, new_letter_form
from caseflow.features.communications.queries import one_letter
from caseflow.features.communications.standing import period_of, proposed_day
from caseflow.features.communications.words import REMOVE_LETTER, WHY_WE_ASK
from caseflow.web.access import requires, uow
from caseflow.web.case_pages import CasePage, to_case
from caseflow.web.saving import added_at, edit_child_page, form_page, submit
from caseflow.web.texts import gettext as _
from caseflow.web.words import label

blueprint = Blueprint("communications", __name__, url_prefix="/cases/<uuid:case_id>/letters")


def _letter_page(form: LetterForm, case: EditableCase, heading: str) -> ResponseReturnValue:
    save = _("Save the letter")
    return edit_child_page(form, case, heading, save, page=CasePage.COMMITTEE, why_we_ask=str(WHY_WE_ASK))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def add(case_id: UUID) -> ResponseReturnValue:
    """Enter a letter."""
    case = editable_case(uow(), case_id)
    if request.method == "GET" and not service.has_docket(uow(), case):
        flash(_("The docket begins once the case is filed. Record the filing first."), "warn")
        return to_case(case_id, CasePage.COMMITTEE)
    form = new_letter_form(uow(), case)
    if submit(form, lambda: service.add_letter(uow(), case, form.command())):
        flash(_("The letter is on the docket."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _letter_page(form, case, _("Add a letter"))


@blueprint.route("/<uuid:letter_id>", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
@added_at("communications.add")
def edit(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Correct a letter."""
    case = editable_case(uow(), case_id)
    letter = one_letter(uow(), case, letter_id)
    form = letter_form(uow(), case, letter)
    if submit(form, lambda: service.change_letter(uow(), case, letter, form.command())):
        flash(_("Saved. The history keeps the former values."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return _letter_page(form, case, _("Correct a letter"))


@blueprint.route("/<uuid:letter_id>/remove", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def remove(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Remove a letter, with a reason."""
    case = editable_case(uow(), case_id)
    letter = one_letter(uow(), case, letter_id)
    if request.method == "GET" and not service.may_remove(uow(), case, letter):
        raise Forbidden("A letter is removed by the person who entered it or by a coordinator. You can correct it.")
    form = RemoveLetterForm(version=letter.version)
    if submit(form, lambda: service.remove_letter(uow(), case, letter, form.command())):
        flash(_("The letter was removed. The history keeps its content."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return form_page("communications/remove.html", form, case=case, words=REMOVE_LETTER, name=letter_name(letter))


@blueprint.route("/<uuid:letter_id>/no-answer", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def no_answer(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Say why a letter needs no answer, or that it must be answered after all."""
    case = editable_case(uow(), case_id)
    letter = one_letter(uow(), case, letter_id)
    form = NoAnswerForm(version=letter.version, reason=letter.no_answer_because)
    if submit(form, lambda: service.set_no_answer(uow(), case, letter, form.command())):
        flash(_("Saved."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    return form_page("communications/no_answer.html", form, case=case, name=letter_name(letter))


@blueprint.route("/<uuid:letter_id>/day", methods=["GET", "POST"])
@requires(Permission.CASE_EDIT)
def confirm_day(case_id: UUID, letter_id: UUID) -> ResponseReturnValue:
    """Take the day for an answer from a rule, where the letter sets none."""
    case = editable_case(uow(), case_id)
    letter = one_letter(uow(), case, letter_id)
    period, day = period_of(letter), proposed_day(letter)
    form = ConfirmDayForm(version=letter.version)
    if submit(form, lambda: service.confirm_day(uow(), case, letter, form.version.data)):
        flash(_("The day is set, and its reminders run."), "good")
        return to_case(case_id, CasePage.COMMITTEE)
    rule = label("letter_rule", period.code) if period else ""
    return form_page("communications/confirm_day.html", form, case=case, letter=letter, day=day, rule=rule)


@blueprint.post("/stage")
@requires(Permission.CASE_APPROVE)
def move(case_id: UUID) -> ResponseReturnValue:
    """Move the case to the stage that the docket proposes."""
    case = editable_case(uow(), case_id)
    form = StageForm()
    if submit(form, lambda: service.move_by_docket(uow(), case, form.command())):
        flash(_("Stage changed: %(stage)s.", stage=label("stage", case.stage.value)), "good")
    for error in form.error_list():
        flash(error.text, "warn")
    return to_case(case_id, CasePage.COMMITTEE)
