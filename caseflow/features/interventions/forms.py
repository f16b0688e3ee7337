"""The form of interventions."""

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.interventions.commands import InterventionDetails
from caseflow.web.fields import UncertainDateField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class InterventionForm(CaseflowForm):
    """What an organisation did for the people of a case. Only the kind and a few words are required."""

    adds = True
    sometimes_required = frozenset({"party", "result"})
    version = VersionField()
    base = HiddenField()
    kind = SelectField(_l("What was done?"), [InputRequired(_l("Choose one from the list."))])
    measure = StringField(
        _l("In a few words"),
        description=_l(
            "For example: letter asking for the eviction to be stayed. Without names of the people concerned."
        ),
    )
    party = StringField(_l("To whom, or with whom?"), description=_l("The authority, the clinic, the shelter."))
    began = UncertainDateField(_l("When?"))
    result = SelectField(_l("Result"), [Optional()])
    ended = UncertainDateField(
        _l("When was the result known?"), description=_l("Leave it empty while nothing is known.")
    )
    outcome = TextAreaField(
        _l("What came of it?"), description=_l("With code names (V1, V2) instead of names."), render_kw={"rows": 3}
    )

    def set_choices(self) -> None:
        """Set the choices of the lists."""
        self.kind.choices = choices("intervention_kind", empty=str(_l("Choose what was done")))
        self.result.choices = choices("intervention_result", empty=str(_l("Not known yet")))

    def command(self) -> InterventionDetails:
        """Return the command."""
        return self.build(InterventionDetails)
