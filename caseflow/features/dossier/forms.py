"""The forms of the dossier."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from caseflow.features.dossier.commands import NewBuild, NewText
from caseflow.features.dossier.labels import LANGUAGES
from caseflow.features.dossier.service import LONGEST_PART
from caseflow.models import DossierKind
from caseflow.web.forms import CaseflowForm, MaxLength, VersionField
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import label


class DossierTextForm(CaseflowForm):
    """A text of the dossier."""

    sometimes_required = frozenset({"text"})
    version = VersionField()
    base = HiddenField()
    text = TextAreaField(
        _l("Text"),
        [MaxLength(LONGEST_PART)],
        description=_l(
            "An empty line begins a new paragraph; paragraphs are numbered by themselves. A line that begins with # is a heading. Cite evidence by its number, as [E3] or [E3, p. 4]: the dossier names the annex. Use code names (V1), no names."
        ),
        render_kw={"rows": 22},
    )

    def command(self) -> NewText:
        """Return the command."""
        return NewText(version=self.version.data or 0, text=self.text.data or "")


class BuildForm(CaseflowForm):
    """Which documents are wanted."""

    adds = True
    sometimes_required = frozenset({"reason"})
    kind = RadioField(_l("Which documents?"), [InputRequired(_l("Choose which documents you need."))])
    language = SelectField(_l("Language of the headings"), [InputRequired(_l("Choose one from the list."))])
    reason = StringField(
        _l("Why do you need documents with names?"),
        description=_l("Only for the complaint with names. The history shows it."),
    )

    def set_choices(self, language: str, *, may_name: bool) -> None:
        """Set the choices; documents with names are offered to those who may build them."""
        kinds = [one for one in DossierKind if may_name or one is not DossierKind.FULL]
        self.kind.choices = [(one.value, label("dossier_kind", one.value)) for one in kinds]
        self.language.choices = {one: label("dossier_language", one) for one in LANGUAGES}
        self.language.data = self.language.data or (language if language in LANGUAGES else LANGUAGES[0])

    def command(self) -> NewBuild:
        """Return the command."""
        kind = DossierKind(self.kind.data)
        return NewBuild(kind=kind, language=self.language.data or "", reason=self.reason.data or "")


class AnnexForm(CaseflowForm):
    """Makes annexes of evidence, or leaves one out. Sent again, it changes nothing."""

    is_repeatable = True
    keeps_drafts = False


class TakeDocumentsForm(CaseflowForm):
    """Takes documents out. Sent again, they are handed out again."""

    is_repeatable = True
    keeps_drafts = False
