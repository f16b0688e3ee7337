"""Deadlines by month, and as a private feed."""

from caseflow.access import Permission
from caseflow.features.calendar.views import blueprint
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="calendar",
    blueprints=(blueprint,),
    menu=(MenuItem(20, "calendar.show", _l("Calendar"), Permission.CASE_READ),),
)
