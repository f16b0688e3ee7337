"""The form of the public contact of a section."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from caseflow.features.sections.contact.commands import ContactDetails
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l


class ContactForm(CaseflowForm):
    """How strangers reach a section first."""

    is_repeatable = True
    sometimes_required = frozenset({"address"})
    version = VersionField()
    base = HiddenField()
    is_published = BooleanField(_l("Show this contact to everybody on the page “Is my State bound?”"))
    address = StringField(
        _l("Address for first contact"),
        description=_l("An email address, a telephone number or a postal address that stays when people leave."),
    )
    languages = StringField(_l("Languages"), description=_l("In which languages people are answered."))
    safe_channel = TextAreaField(
        _l("Safe channel"),
        description=_l(
            "How to reach the section without being read or heard, for example an app with its number. Optional."
        ),
        render_kw={"rows": 3},
    )
    hours = StringField(_l("Hours"), description=_l("When the section answers, in its own time. Optional."))

    def command(self) -> ContactDetails:
        """Return the command."""
        return self.build(ContactDetails, version=self.version.data or 0)
