"""The home of administrators."""

from caseflow.access import Permission
from caseflow.features.administration.views import blueprint
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="administration",
    blueprints=(blueprint,),
    menu=(
        MenuItem(75, "administration.show", _l("Administration"), Permission.SYSTEM_WATCH, ("delivery",), is_home=True),
    ),
)
