"""The forms of procedures elsewhere."""

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from caseflow.features.procedures.commands import ProcedureDetails
from caseflow.web.fields import UncertainDateField, YesNoField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class OtherProcedureForm(CaseflowForm):
    """A filing before an international body. Only the body is required."""

    sometimes_required = frozenset({"status"})
    adds = True
    version = VersionField()
    base = HiddenField()
    body = SelectField(_l("Before which body?"), [InputRequired(_l("Choose the body from the list."))])
    file_number = StringField(_l("File number"), render_kw={"params": {"classes": "govuk-input--width-20"}})
    status = SelectField(_l("Current status"), [Optional()])
    began = UncertainDateField(_l("When was it filed?"))
    ended = UncertainDateField(
        _l("When did it end?"), description=_l("Leave empty if it has not ended or the date is not known.")
    )
    same_persons = YesNoField(_l("Is it about the same persons as this case?"), [Optional()])
    same_facts = YesNoField(_l("Is it about the same facts?"), [Optional()])
    same_rights = YesNoField(
        _l("Is it about the same rights?"),
        [Optional()],
        description=_l("In substance: another treaty may protect the same right under another name."),
    )
    has_anything_new = YesNoField(
        _l("If it was filed with the Committee itself: does this case raise anything new?"),
        [Optional()],
    )

    def set_choices(self) -> None:
        """Set the choices of the selects."""
        self.body.choices = choices("body", empty=str(_l("Choose a body")))
        self.status.choices = choices("procedure_status", empty=str(_l("Not known yet")))

    def command(self) -> ProcedureDetails:
        """Return the command."""
        return self.build(ProcedureDetails)


class ProceduresCheckedForm(CaseflowForm):
    """The confirmation that nothing else was filed elsewhere."""

    version = VersionField()
    base = HiddenField()
    is_without_other_procedures = BooleanField(
        _l("Checked with the people concerned: nothing else was ever filed before an international body")
    )
