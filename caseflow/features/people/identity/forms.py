"""The forms of finding people, and of how a section shows identities."""

from wtforms import BooleanField, EmailField, HiddenField, StringField, TelField

from caseflow.db.identity_tokens import ASKED_FOR, IdentityField, normal_forms
from caseflow.errors import Invalid
from caseflow.web.forms import CaseflowForm, VersionField
from caseflow.web.texts import lazy_gettext as _l


class FindForm(CaseflowForm):
    """What somebody on the phone says of themselves."""

    keeps_drafts = False
    is_repeatable = True
    name = StringField(
        _l("Name"), description=_l("In any order, with or without accents."), render_kw={"autocomplete": "off"}
    )
    phone = TelField(_l("Phone"), render_kw={"autocomplete": "off"})
    number = StringField(_l("Number of an identity document"), render_kw={"autocomplete": "off"})
    email = EmailField(_l("Email"), render_kw={"autocomplete": "off"})

    def asked(self) -> list[tuple[IdentityField, str]]:
        """Return what is asked for.

        Raises:
            Invalid: nothing, or something too short to find anybody by.
        """
        asked = [(field, self[field.value].data) for field in ASKED_FOR if self[field.value].data]
        if not asked:
            raise Invalid("Nothing to look for.", {"name": "Enter a name, a phone number or another number."})
        problems: dict[str, str] = {}
        for field, value in asked:
            if not normal_forms(field, value):
                problems[field.value] = "This is too short to find anyone."
        if problems:
            raise Invalid("This is too short.", problems)
        return asked


class AgreeForm(CaseflowForm):
    """The agreement of a second person."""

    is_repeatable = True


class SecondPersonForm(CaseflowForm):
    """Whether a section asks for a second person."""

    is_repeatable = True
    version = VersionField()
    base = HiddenField()
    reveal_needs_second_person = BooleanField(_l("A coordinator must agree before a colleague sees who a person is"))
