"""The forms of the register: filter States, change one, import a file."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from caseflow.features.reference.commands import StateDetails
from caseflow.features.reference.importing import LARGEST_FILE
from caseflow.features.reference.words import COVENANT, DEPOSITS, OPT_INS, VERIFICATIONS
from caseflow.inbound.text import text_of
from caseflow.models import State
from caseflow.web.fields import DayField
from caseflow.web.forms import CaseflowForm, VersionField, tidy
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.uploads import TableForm

DOUBT: Final = "doubt"
"""The filter for entries that must be checked before use, for whatever reason."""
OPEN = {"": _l("Open: the State has not joined")}


def select_choices(*words: Mapping[str, object]) -> Callable[[], dict[str, str]]:
    """Return a function that gives the choices of a select field in the language of the page."""
    return lambda: {code: str(text) for group in words for code, text in group.items()}


class StatesForm(CaseflowForm):
    """The filters of the list of States. An unknown status is ignored, so that old links keep working."""

    name = StringField(_l("Name of the State"))
    verification = SelectField(
        _l("How reliable the entry is"),
        choices=select_choices(
            {"": _l("All")}, VERIFICATIONS, {DOUBT: _l("To check: not verified, or older than a year")}
        ),
    )
    order = SelectField(
        _l("Order"), choices=select_choices({"": _l("By name"), "joined": _l("Latest parties first")}), default=""
    )
    status = HiddenField()

    class Meta(CaseflowForm.Meta):
        """Without a token: the form is read from the address and changes nothing."""

        csrf = False

    @property
    def is_narrowed(self) -> bool:
        """Return whether a filter besides the status is in use."""
        return bool(self.given().keys() - {"status"})

    def given(self) -> dict[str, str]:
        """Return the filters in use, for addresses of the same list."""
        return {field.name: field.data for field in self if field.data}


class StateForm(CaseflowForm):
    """All that the register says of a State, with the source and the day on which it was checked."""

    sometimes_required = frozenset({"name", "checked_on", "op_deposit", "op_deposit_kind"})
    version = VersionField()
    base = HiddenField()
    name = StringField(_l("Name in English"), description=_l("Pages in other languages name the State in theirs."))
    covenant = SelectField(_l("The Covenant"), choices=select_choices(COVENANT))
    op_signed = DayField(_l("Protocol signed"))
    op_deposit = DayField(
        _l("Instrument deposited"), description=_l("The day of the deposit, not that of the law at home.")
    )
    op_deposit_kind = SelectField(
        _l("Kind of deposit"), [Optional()], choices=select_choices({"": _l("No deposit")}, DEPOSITS)
    )
    op_denounced = DayField(
        _l("Denunciation received"), description=_l("The day on which the depositary received it (article 20).")
    )
    inquiry = SelectField(_l("Inquiries (article 11)"), [Optional()], choices=select_choices(OPEN, OPT_INS))
    interstate = SelectField(
        _l("Communications between States (article 10)"), [Optional()], choices=select_choices(OPEN, OPT_INS)
    )
    declarations = TextAreaField(_l("Declarations"), render_kw={"rows": 3})
    verification = SelectField(_l("How reliable it is"), choices=select_choices(VERIFICATIONS))
    source = TextAreaField(
        _l("Source"),
        [InputRequired(_l("Enter where this can be found: the depositary's page or notification, with its number."))],
        description=_l("The depositary's page or notification, with its number."),
        render_kw={"rows": 2},
    )
    checked_on = DayField(
        _l("When did you check it there?"),
        description=_l("Required again with each change: the previous date stays in the history."),
    )

    def clear_check_day(self) -> None:
        """Empty the day of the check, so that nobody saves a change with the day of somebody else's check."""
        if not self.is_filled():
            self.checked_on.process(None, None)

    def values_of(self, row: object) -> dict[str, Any]:
        """Return a row's values by the names of fields, without the day of the check, which is always entered."""
        assert isinstance(row, State)
        return super().values_of(row) | {"checked_on": None}

    def command(self) -> StateDetails:
        """Return the new values."""
        return StateDetails(
            name=self.name.data or "",
            covenant=self.covenant.data,
            op_signed=self.op_signed.data,
            op_deposit=self.op_deposit.data,
            op_deposit_kind=self.op_deposit_kind.data or None,
            op_denounced=self.op_denounced.data,
            inquiry=self.inquiry.data or None,
            interstate=self.interstate.data or None,
            declarations=self.declarations.data or "",
            verification=self.verification.data,
            source=self.source.data or "",
            checked_on=self.checked_on.data,
        )


class FileForm(TableForm):
    """A file with the register's columns, to be previewed."""

    sometimes_required = frozenset({"file"})
    largest = LARGEST_FILE
    file = FileField(
        _l("The file"), description=_l("CSV with the columns of the register; commas, semicolons or tabs.")
    )

    def text(self) -> str:
        """Return the text of the file.

        Raises:
            Invalid: it is too large or no text.
        """
        return text_of(self.content(), LARGEST_FILE)


class ConfirmForm(CaseflowForm):
    """Confirmation of a previewed file, which carries its text so that it need not be chosen again."""

    table = HiddenField(filters=[tidy])
    seen = HiddenField()
