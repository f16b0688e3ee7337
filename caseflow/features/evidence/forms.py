"""The forms of evidence."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional

from caseflow.features.evidence.commands import Arrived, EvidenceDetails, FileRemoval, NewEvidence
from caseflow.features.evidence.queries import codes_of
from caseflow.features.evidence.uploads.commands import SentFiles
from caseflow.models import Evidence
from caseflow.web.fields import DayField, UncertainDateField
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm, VersionField
from caseflow.web.texts import gettext, page_locale
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices

LANGUAGES = (
    "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl",
    "hi", "hr", "hu", "hy", "is", "it", "ja", "ka", "ko", "lb", "lt", "lv", "mk", "mn", "mt", "nl", "no", "pl", "pt", "qu",
    "ro", "ru", "sk", "sl", "sq", "sr", "sv", "sw", "tr", "uk", "ur", "zh",
)  # fmt: skip
"""Codes of ISO 639 that can be chosen: those of the States bound by the Protocol, and those that people bring."""
RESTRICT = _l("Only people of the case's section may see what it is")
RESTRICT_WHY = _l("For what could identify or endanger someone. Anyone who downloads it must give a reason.")


def language_name(code: str) -> str:
    """Return the name of a language in the page's language; an empty text without a code."""
    return str(page_locale().languages.get(code, code))


class UploadForm(CaseflowForm):
    """Files to be added. Only the files are asked for: whatever else is wrong would make people send them again."""

    adds = True
    sometimes_required = frozenset({"files"})
    files = MultipleFileField(_l("Files"))
    uploads = SelectMultipleField(
        _l("Arrived, and not stored yet"),
        [Optional()],
        description=_l("You sent these before. They are stored with what you choose below."),
        validate_choice=False,
        render_kw={"params": {"classes": "govuk-checkboxes--small"}},
    )
    kind = SelectField(_l("What are they?"), [Optional()], description=_l("If they are of one kind."))
    supports = SelectMultipleField(_l("What do they support?"), [Optional()])
    source = StringField(
        _l("From whom did you receive them?"), description=_l("With code names (V1, V2) instead of names.")
    )
    received_on = DayField(_l("When did you receive them?"))
    is_restricted = BooleanField(RESTRICT, description=RESTRICT_WHY)

    class Meta(CaseflowForm.Meta):
        """With uploaded files."""

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Return what was typed together with the files."""
            typed = super().wrap_formdata(form, formdata)
            if request.method != "POST":
                return typed
            files = MultiDict(("files", file) for file in request.files.getlist("files"))
            return CombinedMultiDict((request.form, files))

    def set_choices(self, targets: Sequence[tuple[str, str]], uploads: Sequence[tuple[str, str]]) -> None:
        """Set the choices of the lists: code and words of what evidence can support, and of what arrived in parts."""
        self.uploads.choices = list(uploads)
        self.kind.choices = choices("evidence_kind", empty=gettext("Choose later, for each"))
        _offer(self, targets)

    def arrived(self) -> list[Arrived]:
        """Return the files that were chosen."""
        chosen = [one for one in self.files.data or () if isinstance(one, FileStorage) and one.filename]
        return [Arrived(one.filename or "", one.stream) for one in chosen]  # type: ignore[arg-type]  # of `request.new_sink`

    def validate_files(self, _field: MultipleFileField) -> None:
        """Require a file, and that what was sent in parts has arrived."""
        known = {str(one[0]) for one in self.uploads.choices or ()}
        if not known.issuperset(self.uploads.data or ()):
            raise ValidationError(gettext("A file has not arrived as a whole. Choose it again."))
        if not self.arrived() and not self.uploads.data:
            raise ValidationError(gettext("Choose a file first."))

    def command(self) -> SentFiles:
        """Return the command."""
        ids = [UUID(one) for one in self.uploads.data or ()]
        return SentFiles(files=self.arrived(), upload_ids=ids, new=self.build(NewEvidence))


class EvidenceForm(CaseflowForm):
    """What a piece of evidence is, in words."""

    version = VersionField()
    base = HiddenField()
    kind = SelectField(_l("What is it?"), [Optional()])
    title = StringField(
        _l("In a few words"),
        description=_l("For example: judgment of the court of first instance. Without names of the people concerned."),
    )
    supports = SelectMultipleField(
        _l("What does it support?"),
        [Optional()],
        description=_l("A decision supports its remedy, a proof of notification as well; an authorisation its person."),
    )
    dated = UncertainDateField(_l("Date of the document"))
    language = SelectField(_l("Language"), [Optional()])
    pages = IntegerField(_l("Pages"), [Optional()], render_kw={"params": {"classes": "govuk-input--width-4"}})
    source = StringField(
        _l("From whom did you receive it?"), description=_l("With code names (V1, V2) instead of names.")
    )
    received_on = DayField(_l("When did you receive it?"))
    obtained = TextAreaField(
        _l("How was it obtained?"),
        description=_l("How the source came by it, and who took the photo or wrote the text."),
        render_kw={"rows": 2},
    )
    original_place = StringField(_l("Where is the original?"), description=_l("If there is one on paper."))
    shows = TextAreaField(_l("What does it show?"), render_kw={"rows": 3})
    is_restricted = BooleanField(RESTRICT, description=RESTRICT_WHY)

    def values_of(self, row: object) -> dict[str, Any]:
        """Return the values of a piece of evidence and of its content."""
        assert isinstance(row, Evidence)
        return {**super().values_of(row.content), **super().values_of(row), "supports": list(codes_of(row))}

    def set_choices(self, targets: Sequence[tuple[str, str]]) -> None:
        """Set the choices of the lists."""
        self.kind.choices = choices("evidence_kind", empty=gettext("Not said yet"))
        names = sorted((language_name(code), code) for code in LANGUAGES)
        self.language.choices = [("", gettext("Not known"))] + [(code, name) for name, code in names]
        _offer(self, targets)

    def command(self) -> EvidenceDetails:
        """Return the command."""
        return self.build(EvidenceDetails)


def _offer(form: UploadForm | EvidenceForm, targets: Sequence[tuple[str, str]]) -> None:
    """Offer what evidence can support; a case without claims and persons has nothing to offer."""
    if targets:
        form.supports.choices = list(targets)
    else:
        del form.supports


class DownloadForm(CaseflowForm):
    """Why somebody takes a file out. Sent again, it is handed out again."""

    is_repeatable = True
    keeps_drafts = False
    sometimes_required = frozenset({"reason"})
    reason = StringField(_l("Why do you need it?"), description=_l("The custody shows it. Without names."))


class RemovalForm(CaseflowForm):
    """Why a file is removed."""

    version = VersionField()
    base = HiddenField()
    why = RadioField(
        _l("Why is it removed?"), [InputRequired(_l("Choose why it is removed."))], choices={}, render_kw=SMALL_RADIOS
    )
    reason = StringField(
        _l("In your words"), description=_l("The custody shows it, for as long as the case is kept. Without names.")
    )

    def set_choices(self) -> None:
        """Set the reasons."""
        self.why.choices = choices("removal_reason")

    def command(self) -> FileRemoval:
        """Return the command."""
        return self.build(FileRemoval)


class SendingForm(CaseflowForm):
    """To whom a file went."""

    adds = True
    to = StringField(
        _l("To whom, and how?"),
        description=_l("For example: lawyer L1, by hand, on paper. Without names of the people concerned."),
    )
