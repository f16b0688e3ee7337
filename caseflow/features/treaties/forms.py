"""The forms of acceptances: import a list, confirm it, change one row."""

from typing import Any

from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.treaties.commands import AcceptanceDetails, GivenBeside
from caseflow.features.treaties.parsing import LARGEST_FILE
from caseflow.law.routes import load_mechanisms
from caseflow.models import TreatyAcceptance
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField, tidy
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.uploads import TableForm

YES_NO = {"": _l("Choose"), "yes": _l("Yes"), "no": _l("No")}


class ListForm(TableForm):
    """A list of ratifications, with treaty, source and day of checking for rows without them."""

    sometimes_required = frozenset({"file", "treaty", "source", "checked_on"})
    largest = LARGEST_FILE
    file = FileField(
        _l("The list"), description=_l("CSV, at most 5 megabytes and 20,000 rows; commas, semicolons or tabs.")
    )
    treaty = SelectField(
        _l("Treaty"),
        [Optional()],
        choices=lambda: [
            ("", gettext("As each row says")),
            *((one.code, gettext(one.name)) for one in load_mechanisms().treaties.values()),
        ],
        default="",
        description=_l("For a table of one treaty, as the United Nations publish it."),
    )
    source = StringField(
        _l("Source of the list"),
        description=_l("For rows without a source: the depositary's page, with its address or number."),
    )
    checked_on = DayField(_l("Date of the list"), description=_l("For rows without a date of checking."))

    def given(self) -> GivenBeside:
        """Return what is given beside the list."""
        return GivenBeside(
            source=self.source.data or "",
            checked_on=self.checked_on.data,
            treaty=self.treaty.data or "",
            day_order=self.order_chosen(),
        )


class ConfirmForm(CaseflowForm):
    """Confirmation of a preview, with the rows to be written; they are read and checked again like a file."""

    table = HiddenField(filters=[tidy])
    seen = HiddenField()


class AcceptanceForm(CaseflowForm):
    """A State's acceptance of an instrument, with the source and the day on which it was checked."""

    sometimes_required = frozenset({"checked_on", "in_force_on"})
    version = VersionField()
    base = HiddenField()
    is_accepted = SelectField(
        _l("Has the State accepted it?"),
        [InputRequired(_l("Choose yes or no. Without an answer it stays “Not known”."))],
        choices=lambda: {code: str(words) for code, words in YES_NO.items()},
    )
    in_force_on = DayField(
        _l("Binding since"),
        description=_l("The first day on which it binds the State. Leave it open where it is not known."),
    )
    ended_on = DayField(_l("Ended on"), description=_l("The first day on which it no longer binds, if it ended."))
    source = TextAreaField(
        _l("Source"),
        [InputRequired(_l("Enter where this can be found: the depositary's page or notification, with its number."))],
        description=_l("The depositary's page or notification, with its number."),
        render_kw={"rows": 2},
    )
    checked_on = DayField(_l("When did you check it there?"))

    @classmethod
    def of(cls, row: TreatyAcceptance | None) -> "AcceptanceForm":
        """Return the form of a row without the day of the check, so that nobody saves the day of somebody else's check."""
        return cls(data={"version": 0} if row is None else {"version": row.version, **cls._given(row)})

    @staticmethod
    def _given(row: TreatyAcceptance) -> dict[str, Any]:
        return {
            "is_accepted": "yes" if row.is_accepted else "no",
            "in_force_on": row.in_force_on,
            "ended_on": row.ended_on,
            "source": row.source,
        }

    def values_of(self, row: object) -> dict[str, Any]:
        """Return a row's values by the names of fields, without the day of the check, which is always entered."""
        assert isinstance(row, TreatyAcceptance)
        return {**self._given(row), "checked_on": None}

    def command(self) -> AcceptanceDetails:
        """Return the new values."""
        return self.build(AcceptanceDetails, is_accepted=self.is_accepted.data == "yes")
