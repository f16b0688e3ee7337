"""The form that takes a list of cases out."""

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from caseflow.web.forms import SMALL_RADIOS, CaseflowForm
from caseflow.web.texts import lazy_gettext as _l

XLSX, CSV = "xlsx", "csv"


class ListDownloadForm(CaseflowForm):
    """Why somebody takes a list out, and as what. Sent again, it is handed out again."""

    is_repeatable = True
    format = RadioField(
        _l("Kind of file"),
        [InputRequired(_l("Choose the kind of file."))],
        choices={},
        default=XLSX,
        render_kw=SMALL_RADIOS,
    )
    reason = StringField(
        _l("Why do you need it?"),
        [InputRequired(_l("Say why you need the file, without names."))],
        description=_l("The audit trail keeps it. Without names."),
    )

    def set_choices(self) -> None:
        """Offer the kinds of files."""
        self.format.choices = {XLSX: str(_l("Spreadsheet (XLSX)")), CSV: str(_l("Table for programs (CSV)"))}
