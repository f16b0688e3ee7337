"""The forms of the docket."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.communications.commands import LetterDetails, MoveByDocket, NoAnswer, Removal
from caseflow.models import LetterKind
from caseflow.web.fields import RADIOS_IN_A_LINE, DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

_SHORT: Final = {"params": {"classes": "govuk-input--width-10"}}


class LetterForm(CaseflowForm):
    """A letter to or from the Committee."""

    adds = True
    sometimes_required = frozenset({"registration_number", "due_on"})
    version = VersionField()
    base = HiddenField()
    kind = SelectField(_l("What kind of letter is it?"), [InputRequired(_l("Choose one from the list."))])
    direction = RadioField(
        _l("Did it come, or was it sent?"),
        [InputRequired(_l("Choose whether it was received or sent."))],
        render_kw=RADIOS_IN_A_LINE,
    )
    registration_number = StringField(
        _l("Registration number"),
        description=_l("For the letter of registration: the number of the communication, for example 123/2026."),
        render_kw=_SHORT,
    )
    dated_on = DayField(
        _l("Day of the letter"),
        [InputRequired(_l("Enter the day that is written on the letter."))],
        description=_l("The day that is written on it."),
    )
    received_on = DayField(
        _l("Received"),
        [Optional()],
        description=_l(
            "The day on which it reached you; for a letter of yours, the day on which its receipt was confirmed."
        ),
    )
    channel = SelectField(_l("How did it come, or go?"), [Optional()])
    asks = TextAreaField(
        _l("What does it say and ask?"),
        description=_l("In two or three sentences, with code names (V1, V2) instead of names."),
        render_kw={"rows": 4},
    )
    awaited = SelectField(_l("Who must answer?"), [Optional()])
    due_on = DayField(
        _l("By which day?"),
        [Optional()],
        description=_l(
            "Only as the letter says. If it sets no day, leave this empty: where a rule gives a period, its day is proposed on the docket, and you confirm it."
        ),
    )
    answers = SelectMultipleField(_l("Which letters does it answer?"), [Optional()])
    evidence_id = SelectField(
        _l("File of the letter"),
        [Optional()],
        description=_l("A file of this case. Add the letter on the page “Evidence” first, as correspondence."),
    )

    def set_choices(self, answers: Mapping[str, str], files: Mapping[str, str]) -> None:
        """Set the choices of the lists: the letters that wait for an answer, and the files of the case, in words."""
        self.kind.choices = choices("letter_kind", empty=str(_l("Choose the kind of letter")))
        self.direction.choices = dict(choices("letter_direction"))
        self.channel.choices = choices("filing_channel", empty=str(_l("Not recorded")))
        self.awaited.choices = choices("letter_awaited", empty=str(_l("Nobody: it asks for no answer")))
        self.answers.choices = dict(answers)
        self.evidence_id.choices = {"": str(_l("None yet")), **files}
        if not answers:
            del self.answers
        if self.kind.data and self.kind.data != LetterKind.REGISTRATION and not self.registration_number.data:
            del self.registration_number

    def command(self) -> LetterDetails:
        """Return the command."""
        answers = tuple(UUID(one) for one in (self.answers.data or ())) if "answers" in self else ()
        file = UUID(self.evidence_id.data) if self.evidence_id.data else None
        return self.build(LetterDetails, answers=answers, evidence_id=file)


class NoAnswerForm(CaseflowForm):
    """Why a letter needs no answer."""

    version = VersionField()
    base = HiddenField()
    reason = TextAreaField(
        _l("Why is no answer needed?"),
        description=_l(
            "For example: the Committee dispensed with comments. Leave it empty if the letter must be answered after all."
        ),
        render_kw={"rows": 3},
    )

    def command(self) -> NoAnswer:
        """Return the command."""
        return self.build(NoAnswer)


class RemoveLetterForm(CaseflowForm):
    """Why a letter is removed."""

    version = VersionField()
    reason = TextAreaField(
        _l("Why is it removed?"),
        [InputRequired(_l("Give the reason in one sentence."))],
        description=_l("For example: it belongs to another case. It is kept in the history of the case."),
        render_kw={"rows": 3},
    )

    def command(self) -> Removal:
        """Return the command."""
        return self.build(Removal)


class ConfirmDayForm(CaseflowForm):
    """That the day of a rule is taken for the answer to a letter."""

    keeps_drafts = False
    version = VersionField()


class StageForm(CaseflowForm):
    """The stage that the docket proposes."""

    version = VersionField()
    to = HiddenField(validators=[InputRequired()])

    def command(self) -> MoveByDocket:
        """Return the command."""
        return self.build(MoveByDocket)
