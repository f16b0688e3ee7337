"""The forms of links between cases."""

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from caseflow.features.cases.links.commands import NewLink, Relation
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import choices


class LinkForm(CaseflowForm):
    """A link to another case: which one, what they have in common, and why they are linked."""

    adds = True
    reference = StringField(
        _l("Reference of the other case"),
        [InputRequired(_l("Enter the reference of the other case, for example ES-2026-0012."))],
        description=_l("For example ES-2026-0012. Only who sees both cases sees the link."),
        render_kw={"params": {"classes": "govuk-input--width-20"}, "autocapitalize": "characters"},
    )
    relation = RadioField(
        _l("How do they belong together?"),
        [InputRequired(_l("Choose how they belong together."))],
        choices={},
        render_kw=SMALL_RADIOS,
    )
    reason = StringField(
        _l("Why?"),
        [InputRequired(_l("Say why these cases belong together."))],
        description=_l("In one line, without names: which eviction, which landlord, which law."),
    )

    def set_choices(self) -> None:
        """Offer the relations."""
        self.relation.choices = choices("case_relation")

    def command(self) -> NewLink:
        """Return the command."""
        return NewLink(
            relation=Relation(self.relation.data), reference=self.reference.data or "", reason=self.reason.data or ""
        )


class RemoveLinkForm(CaseflowForm):
    """Why a link is removed."""

    reason = StringField(
        _l("Why is the link removed?"),
        [InputRequired(_l("Say why the link is removed."))],
        description=_l("Without names. Who sees both cases can read it."),
    )
