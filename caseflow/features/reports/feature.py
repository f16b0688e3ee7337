"""Counts of a section, and of cases against States that are not bound."""

from caseflow.access import Permission
from caseflow.features.reports.views import blueprint
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="reports",
    blueprints=(blueprint,),
    menu=(MenuItem(70, "reports.show", _l("Reports"), Permission.REPORT_READ, is_home=True),),
)
