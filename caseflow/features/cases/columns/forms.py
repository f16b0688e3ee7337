"""The form in which a person chooses the columns of the list."""

from wtforms import SelectMultipleField

from caseflow.features.cases.commands import Column
from caseflow.features.cases.lists.words import COLUMN_WORDS
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import lazy_gettext as _l


class ColumnsForm(CaseflowForm):
    """The columns of the list. That of the case itself is always there."""

    is_repeatable = True
    columns = SelectMultipleField(
        _l("Columns"),
        description=_l("The case itself is always shown. Your choice is remembered for you alone."),
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )

    def set_choices(self) -> None:
        """Offer the columns."""
        self.columns.choices = {one.value: str(words) for one, words in COLUMN_WORDS.items()}

    def chosen(self) -> list[Column]:
        """Return the chosen columns."""
        return [Column(one) for one in self.columns.data or ()]
