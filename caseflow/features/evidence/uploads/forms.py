"""What the page sends of a file in parts."""

from typing import Any

from flask import request
from werkzeug.datastructures import CombinedMultiDict, FileStorage
from wtforms import FileField, Form, HiddenField, IntegerField, StringField, ValidationError

from caseflow.features.evidence.uploads.commands import NewUpload, Part
from caseflow.web.forms import CaseflowForm
from caseflow.web.texts import gettext


class BeginForm(CaseflowForm):
    """A file that is about to be sent."""

    is_repeatable = True
    keeps_drafts = False
    name = StringField()
    size = IntegerField()
    beginning = HiddenField()

    def command(self) -> NewUpload:
        """Return the command."""
        return NewUpload(name=self.name.data or "", size=self.size.data, beginning=self.beginning.data or "")


class PartForm(CaseflowForm):
    """A part of a file, and where in the file it begins."""

    is_repeatable = True
    keeps_drafts = False
    start = IntegerField()
    part = FileField()

    class Meta(CaseflowForm.Meta):
        """With the part."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:  # noqa: ARG002 - its signature
            """Return what was sent, with the part."""
            return CombinedMultiDict((request.form, request.files)) if request.method == "POST" else None

    def validate_part(self, field: FileField) -> None:
        """Require a part."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(gettext("Choose a file first."))

    def command(self) -> Part:
        """Return the command. A place that is no number is none at which a file goes on."""
        start = self.start.data
        return Part(start=-1 if start is None else start, incoming=self.part.data.stream)


class DiscardForm(CaseflowForm):
    """What has arrived of a file is discarded."""

    is_repeatable = True
    keeps_drafts = False
