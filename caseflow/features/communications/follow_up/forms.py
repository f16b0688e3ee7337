"""The form of a step in the follow-up of a recommendation."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.communications.follow_up.commands import FollowUpDetails
from caseflow.models import FollowUpKind
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class FollowUpForm(CaseflowForm):
    """What happened to a recommendation."""

    adds = True
    sometimes_required = frozenset({"grade", "closed_because"})
    version = VersionField()
    base = HiddenField()
    kind = RadioField(_l("What happened?"), [InputRequired(_l("Choose what happened."))])
    on_day = DayField(_l("On which day?"), [InputRequired(_l("Enter the day on which it happened."))])
    grade = SelectField(
        _l("How did the Committee assess it?"),
        [Optional()],
        description=_l("Copy the Committee's own words into the next box."),
    )
    closed_because = SelectField(_l("Why is it closed?"), [Optional()])
    text = TextAreaField(
        _l("What was reported, seen or decided?"),
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 4},
    )
    letter_id = SelectField(_l("In which letter?"), [Optional()])

    def set_choices(self, letters: Mapping[str, str]) -> None:
        """Set the choices of the lists, `letters` in words, and leave out what does not belong to the kind that is chosen."""
        self.kind.choices = dict(choices("follow_up_kind"))
        self.grade.choices = choices("follow_up_grade", empty=str(_l("Choose")))
        self.closed_because.choices = choices("closure_reason", empty=str(_l("Choose")))
        self.letter_id.choices = {"": str(_l("In none")), **letters}
        chosen = self.kind.data if self.kind.data in set(FollowUpKind) else None
        if chosen and chosen != FollowUpKind.ASSESSED and not self.grade.data:
            del self.grade
        if chosen and chosen != FollowUpKind.CLOSED and not self.closed_because.data:
            del self.closed_because

    def command(self) -> FollowUpDetails:
        """Return the command."""
        return self.build(FollowUpDetails, letter_id=UUID(self.letter_id.data) if self.letter_id.data else None)
