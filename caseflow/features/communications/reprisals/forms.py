"""The forms of the log of reprisals."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.communications.reprisals.commands import NewReprisal, NewReprisalEntry
from caseflow.models import ReprisalEntryKind
from caseflow.web.fields import UncertainDateField, YesNoField
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class ReprisalForm(CaseflowForm):
    """What happened, and to whom."""

    adds = True
    sometimes_required = frozenset({"person_id", "whom"})
    text = TextAreaField(
        _l("What happened?"),
        [InputRequired(_l("Enter what happened."))],
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 5},
    )
    person_id = SelectField(_l("To whom did it happen?"), [Optional()])
    whom = StringField(
        _l("To whom else?"), description=_l("Without a name, for example: their lawyer, a witness, the sister of V1.")
    )
    happened = UncertainDateField(_l("When was it?"))
    by_whom = StringField(
        _l("Who did it?"), description=_l("What is known: an office, a rank, an employer. Leave empty if it is not.")
    )
    is_continuing = YesNoField(_l("Does it go on?"), [Optional()])

    def set_choices(self, people: Mapping[UUID, str]) -> None:
        """Offer the persons of the case, by their code names."""
        self.person_id.choices = {
            "": str(_l("Nobody of the case, or several people")),
            **{str(person_id): code_name for person_id, code_name in people.items()},
        }

    def command(self) -> NewReprisal:
        """Return the command."""
        return self.build(NewReprisal, person_id=UUID(self.person_id.data) if self.person_id.data else None)


class ReprisalEntryForm(CaseflowForm):
    """What was done about it, or what came of it."""

    adds = True
    sometimes_required = frozenset({"to_whom"})
    kind = RadioField(_l("What is added?"), [InputRequired(_l("Choose what is added."))])
    to_whom = SelectField(
        _l("To whom was it reported, or who was asked?"),
        [Optional()],
        description=_l("Leave this empty for everything else."),
    )
    happened = UncertainDateField(_l("When was it?"))
    text = TextAreaField(
        _l("What was done, or what came of it?"),
        [InputRequired(_l("Enter what was done, or what came of it."))],
        description=_l("With code names (V1, V2) instead of names."),
        render_kw={"rows": 4},
    )

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        kinds = choices("reprisal_entry_kind")
        kinds.pop(ReprisalEntryKind.EVENT.value)
        self.kind.choices = kinds
        self.to_whom.choices = choices("reported_to", empty=str(_l("Choose")))

    def command(self) -> NewReprisalEntry:
        """Return the command."""
        return self.build(NewReprisalEntry)
