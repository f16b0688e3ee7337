"""The forms of procedures elsewhere."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from caseflow.features.cases.commands import ProcedureDetails
from caseflow.features.cases.forms import of_yes_no, yes_no, yes_no_unknown
from caseflow.models import OtherProcedure
from caseflow.web.fields import UncertainDateField
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.words import choices

ANSWERS = ("same_persons", "same_facts", "same_rights", "has_anything_new")


class ProcedureForm(CaseflowForm):
    """One filing before an international body. Only the body must be known."""

    version = VersionField()
    base = HiddenField()
    body = SelectField(_l("Before which body?"), [InputRequired(_l("Choose the body from the list."))])
    file_number = StringField(_l("File number"))
    procedure_status = SelectField(_l("Where does it stand?"), [Optional()])
    """Not `status`: that is what the form itself was answered with (`web.saving`)."""
    began = UncertainDateField(_l("When was it filed?"))
    ended = UncertainDateField(_l("When did it end?"), description=_l("Leave empty when it is not over, or not known."))
    same_persons = RadioField(
        _l("Is it about the same persons as this case?"), [Optional()], choices=yes_no_unknown, default=""
    )
    same_facts = RadioField(_l("Is it about the same facts?"), [Optional()], choices=yes_no_unknown, default="")
    same_rights = RadioField(
        _l("Is it about the same rights?"),
        [Optional()],
        choices=yes_no_unknown,
        default="",
        description=_l("In substance: another treaty may protect the same right under another name."),
    )
    has_anything_new = RadioField(
        _l("If it went to the Committee itself: does this case bring anything new?"),
        [Optional()],
        choices=yes_no_unknown,
        default="",
    )

    def set_choices(self, procedure: OtherProcedure | None) -> None:
        """Fill the boxes, and show the procedure that is changed."""
        self.body.choices = choices("body", empty=str(_l("Choose a body")))
        self.procedure_status.choices = choices("procedure_status", empty=str(_l("Not known yet")))
        if self.is_submitted():
            return
        if procedure is None:
            self.version.data = 0
            return
        for name, value in _of_other_names(procedure).items():
            self[name].data = value

    def values_of(self, row: object) -> dict[str, Any]:
        """Return a procedure's values by the names of the boxes."""
        assert isinstance(row, OtherProcedure)
        return super().values_of(row) | _of_other_names(row)

    def command(self) -> ProcedureDetails:
        """Return what the form says."""
        return ProcedureDetails(
            version=self.version.data,
            body=self.body.data,
            status=self.procedure_status.data or None,
            file_number=self.file_number.data or "",
            began=self.began.data,
            ended=self.ended.data,
            **{name: yes_no(self[name].data) for name in ANSWERS},
        )


def _of_other_names(row: OtherProcedure) -> dict[str, Any]:
    answers = {name: of_yes_no(getattr(row, name)) for name in ANSWERS}
    return answers | {"procedure_status": row.status or ""}


class ProceduresCheckedForm(CaseflowForm):
    """Whether anything else was filed elsewhere."""

    version = VersionField()
    base = HiddenField()
    is_without_other_procedures = BooleanField(
        _l("Checked with the people concerned: nothing else was ever filed before an international body")
    )
