"""The forms of notes."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from flask import request
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional, ValidationError

from caseflow.features.notes.commands import NoteDetails
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

_COLUMNS: Mapping[str, str] = {
    "claim": "claim_id",
    "remedy": "domestic_remedy_id",
    "person": "person_id",
    "evidence": "evidence_id",
}


def _mentions() -> SelectMultipleField:
    return SelectMultipleField(
        _l("Who should read it?"),
        [Optional()],
        description=_l("They find it on My work and under Reminders. No email mentions it."),
        validate_choice=False,
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )


class MentioningForm(CaseflowForm):
    """A form in which colleagues can be mentioned: the last field of each."""

    mentions: SelectMultipleField

    def offer(self, readers: Mapping[UUID, str]) -> None:
        """Offer who may see the case, by id; where nobody else may, nothing is asked."""
        self.mentions.choices = [(str(user_id), name) for user_id, name in readers.items()]
        if not readers:
            del self.mentions

    def mentioned(self) -> list[UUID]:
        """Return who was chosen. Somebody who was not offered is refused: they may have lost access meanwhile."""
        chosen = (self.mentions.data or ()) if "mentions" in self else ()
        return [UUID(one) for one in chosen]

    def validate_mentions(self, field: SelectMultipleField) -> None:
        """Require people who were offered."""
        if not {str(one[0]) for one in field.choices or ()}.issuperset(field.data or ()):
            raise ValidationError(gettext("Choose people who have access to this case."))


class NoteForm(MentioningForm):
    """A note: what was said or agreed, and what it is about."""

    adds = True
    sometimes_required = frozenset({"held_on"})
    version = VersionField()
    base = HiddenField()
    kind = SelectField(_l("Kind"), [InputRequired(_l("Choose one from the list."))])
    text = TextAreaField(
        _l("What was said or agreed?"),
        [InputRequired(_l("Enter what was said or agreed."))],
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 8},
    )
    about = SelectField(_l("About"), [Optional()])
    held_on = DayField(_l("When was it?"), [Optional()], description=_l("The day of the call, interview or meeting."))
    mentions = _mentions()

    def set_choices(self, subjects: Mapping[str, str], readers: Mapping[UUID, str]) -> None:
        """Set the choices of the lists: what a note can be about, by its code, and who may see the case, by id."""
        self.offer(readers)
        self.kind.choices = choices("note_kind")
        self.about.choices = {"": str(_l("The whole case")), **subjects}

    def command(self) -> NoteDetails:
        """Return the command."""
        kind, _, row_id = (self.about.data or "").partition(":")
        subject = {_COLUMNS[kind]: UUID(row_id)} if kind else {}
        return self.build(NoteDetails, **dict.fromkeys(_COLUMNS.values()) | subject)


class AmendmentForm(MentioningForm):
    """What is to be added to a note, or corrected."""

    adds = True
    text = TextAreaField(
        _l("What is to be added or corrected?"),
        [InputRequired(_l("Enter what is to be added or corrected."))],
        description=_l("The note stays as it is; the amendment is shown below it."),
        render_kw={"rows": 6},
    )
    mentions = _mentions()


class OpenForm(CaseflowForm):
    """Leads to a note in which the acting person is mentioned."""

    is_repeatable = True


class NoteSearchForm(CaseflowForm):
    """The search in the notes of a case, in the query string."""

    note = StringField(_l("Words in notes"))

    @classmethod
    def from_address(cls) -> Self:
        """Return the form filled from the address. Without a token, as it changes nothing."""
        return cls(formdata=request.args, meta={"csrf": False})
