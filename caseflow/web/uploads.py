"""The base of forms that take a table from outside, and where files go that are kept."""

from typing import Any, ClassVar

from flask import request
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import FileField, Form, SelectField, ValidationError
from wtforms.validators import Optional

from caseflow.inbound.days import DayOrder
from caseflow.storage.scanning import scanned
from caseflow.web.access import runtime
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext
from caseflow.web.texts import lazy_gettext as _l

DAY_ORDERS = {
    "": _l("As the dates in each column show"),
    DayOrder.DAY_FIRST.value: _l("Day first: 31/12/2026"),
    DayOrder.MONTH_FIRST.value: _l("Month first: 12/31/2026"),
}


class TableForm(CaseflowForm):
    """A table as a file, to be previewed. The form of a feature names the file and its largest size."""

    largest: ClassVar[int]
    """Bytes."""
    file: FileField
    day_order = SelectField(
        _l("Dates such as 05/02/2026"),
        [Optional()],
        choices=lambda: [(code, str(words)) for code, words in DAY_ORDERS.items()],
        default="",
        description=_l("Choose only when a date is refused because it can be two days."),
    )

    class Meta(CaseflowForm.Meta):
        """With uploaded files."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:  # noqa: ARG002 - its signature
            """Return the submitted values together with the files that the form asks for; a file is no text."""
            if request.method != "POST":
                return None
            names = [field.name for field in form if isinstance(field, FileField)]
            files = MultiDict((name, file) for name in names for file in request.files.getlist(name))
            return CombinedMultiDict((request.form, files))

    def validate_file(self, field: FileField) -> None:
        """Require a file."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(gettext("Choose a file first."))

    def content(self) -> bytes:
        """Return the content of the file, at most one byte more than allowed so that the excess is detected."""
        read: bytes = self.file.data.read(self.largest + 1)
        return read

    def order_chosen(self) -> DayOrder | None:
        """Return which comes first in dates of figures; None where the columns decide."""
        return DayOrder(self.day_order.data) if self.day_order.data else None


def seal_files(most: int, *, scanner: str | None = None) -> None:
    """Let the files of this request's form, of at most so many bytes each, go to the store while they arrive.

    `scanner`: where the virus scanner is that is asked before they are kept.
    Call it before anything reads the form, and after it is known who sends it and to which case.
    """
    store, announced = runtime().store, request.content_length or 0
    request.new_sink = lambda: scanned(store.begin(most, announced), scanner)  # type: ignore[attr-defined]  # of `FormRequest`
