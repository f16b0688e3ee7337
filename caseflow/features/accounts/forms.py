"""The forms of accounts."""

from wtforms import EmailField, HiddenField, PasswordField, RadioField
from wtforms.validators import InputRequired

from caseflow.web.forms import CaseflowForm
from caseflow.web.language import language_names
from caseflow.web.texts import lazy_gettext as _l


class SignInForm(CaseflowForm):
    """Mail address and password. Browsers and password managers may fill both."""

    keeps_drafts = False
    email = EmailField(
        _l("Email address"),
        [InputRequired(_l("Enter your email address."))],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class NewPasswordForm(CaseflowForm):
    """The present password and a new one."""

    current = PasswordField(
        _l("Current password"),
        [InputRequired(_l("Enter your current password."))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password."))],
        description=_l("At least 12 characters. Four unrelated words are good."),
        render_kw={"autocomplete": "new-password"},
    )


class LanguageForm(CaseflowForm):
    """The language of pages and reminders. Each language is listed in its own name."""

    keeps_drafts = False
    is_repeatable = True
    language = RadioField(_l("Language"), choices=language_names)
