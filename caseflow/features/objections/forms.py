"""The forms of the State's objections."""

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.objections.commands import ObjectionDetails
from caseflow.web.fields import UncertainDateField, YesNoField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class ObjectionForm(CaseflowForm):
    """An objection of the State. Only the ground is required."""

    adds = True
    version = VersionField()
    base = HiddenField()
    ground = SelectField(_l("What did the State object to?"), [InputRequired(_l("Choose the ground from the list."))])
    raised = UncertainDateField(_l("When did it object?"), description=_l("The date of its letter to the Committee."))
    names_remedy = YesNoField(
        _l("If it objects that remedies were not exhausted: does it name one that is left and works?"),
        [Optional()],
    )
    summary = TextAreaField(
        _l("The objection in short"), description=_l("In a sentence or two, without names."), render_kw={"rows": 3}
    )

    def set_choices(self) -> None:
        """Set the choices of the ground."""
        self.ground.choices = choices("objection_ground", empty=str(_l("Choose a ground")))

    def command(self) -> ObjectionDetails:
        """Return the command."""
        return self.build(ObjectionDetails)


class ObjectionsCheckedForm(CaseflowForm):
    """The confirmation that the State objected to nothing else."""

    version = VersionField()
    base = HiddenField()
    is_without_objections = BooleanField(_l("The State has answered, and objected to nothing else on admissibility"))
