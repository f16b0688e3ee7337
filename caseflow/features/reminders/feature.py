"""How people are notified of what is due, and the administration of email delivery."""

from caseflow.access import Permission
from caseflow.features.reminders.delivery.views import blueprint as delivery
from caseflow.features.reminders.pages import install
from caseflow.features.reminders.views import blueprint
from caseflow.features.reminders.words import VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="reminders",
    blueprints=(blueprint, delivery),
    menu=(MenuItem(75, "delivery.mails", _l("Administration"), Permission.SYSTEM_WATCH, is_home=True),),
    words=VOCABULARIES,
    install=install,
)
