"""How people are notified of what is due, and the administration of email delivery."""

from caseflow.features.reminders.delivery.views import blueprint as delivery
from caseflow.features.reminders.pages import install
from caseflow.features.reminders.views import blueprint
from caseflow.features.reminders.words import VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="reminders",
    blueprints=(blueprint, delivery),
    words=VOCABULARIES,
    install=install,
)
