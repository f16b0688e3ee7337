"""The forms of acceptances: import a list, confirm it, change one row."""

from typing import Any

from flask import request
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from wtforms import FileField, Form, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from caseflow.features.treaties.commands import AcceptanceDetails
from caseflow.features.treaties.parsing import LARGEST_FILE
from caseflow.models import TreatyAcceptance
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField, tidy
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l

YES_NO = {"": _l("Choose"), "yes": _l("Yes"), "no": _l("No")}


class ListForm(CaseflowForm):
    """A list of ratifications, with source and day of checking for rows without them."""

    file = FileField(
        _l("The list"), description=_l("CSV in UTF-8, at most 5 megabytes and 20,000 rows; commas or semicolons.")
    )
    source = StringField(
        _l("Source of the list"),
        description=_l("For rows without a source: the depositary's page, with its address or number."),
    )
    checked_on = DayField(_l("Date of the list"), description=_l("For rows without a date of checking."))

    class Meta(CaseflowForm.Meta):
        """With uploaded files."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:  # noqa: ARG002 - its signature
            """Return the submitted values together with the files."""
            return CombinedMultiDict((request.form, request.files)) if request.method == "POST" else None

    def validate_file(self, field: FileField) -> None:
        """Require a file."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(gettext("Choose a file first."))

    def content(self) -> bytes:
        """Return the content of the file, at most one byte more than allowed so that the excess is detected."""
        read: bytes = self.file.data.read(LARGEST_FILE + 1)
        return read


class ConfirmForm(CaseflowForm):
    """Confirmation of a preview, with the rows to be written; they are read and checked again like a file."""

    table = HiddenField(filters=[tidy])
    seen = HiddenField()


class AcceptanceForm(CaseflowForm):
    """A State's acceptance of an instrument, with the source and the day on which it was checked."""

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
