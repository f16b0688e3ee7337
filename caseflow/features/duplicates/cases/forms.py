"""The forms of cases that may be recorded twice."""

from wtforms import StringField
from wtforms.validators import InputRequired

from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l


class DifferentCasesForm(CaseflowForm):
    """The reason for which two cases are not about the same event."""

    reason = StringField(
        _l("Why are these two cases not about the same event?"),
        [InputRequired(_l("Say why these two cases are not about the same event."))],
        description=_l("Without names. The history of both cases keeps it."),
    )
