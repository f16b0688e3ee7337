"""The forms of notes."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from flask import request
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.notes.commands import NoteDetails
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

_COLUMNS: Mapping[str, str] = {"claim": "claim_id", "remedy": "domestic_remedy_id", "person": "person_id"}


class NoteForm(CaseflowForm):
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

    def set_choices(self, subjects: Mapping[str, str]) -> None:
        """Set the choices of the lists; `subjects` are what a note can be about, by its code."""
        self.kind.choices = choices("note_kind")
        self.about.choices = {"": str(_l("The whole case")), **subjects}

    def command(self) -> NoteDetails:
        """Return the command."""
        kind, _, row_id = (self.about.data or "").partition(":")
        subject = {_COLUMNS[kind]: UUID(row_id)} if kind else {}
        return self.build(NoteDetails, **dict.fromkeys(_COLUMNS.values()) | subject)


class AmendmentForm(CaseflowForm):
    """What is to be added to a note, or corrected."""

    adds = True
    text = TextAreaField(
        _l("What is to be added or corrected?"),
        [InputRequired(_l("Enter what is to be added or corrected."))],
        description=_l("The note stays as it is; the amendment is shown below it."),
        render_kw={"rows": 6},
    )


class NoteSearchForm(CaseflowForm):
    """The search in the notes of a case, in the query string."""

    note = StringField(_l("Words in notes"))

    @classmethod
    def from_address(cls) -> Self:
        """Return the form filled from the address. Without a token, as it changes nothing."""
        return cls(formdata=request.args, meta={"csrf": False})
