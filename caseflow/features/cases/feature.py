"""Cases: the file itself, its life, its history and the list."""

from caseflow.access import Permission
from caseflow.features.cases.facts import facts
from caseflow.features.cases.panel import PANELS
from caseflow.features.cases.views import blueprint
from caseflow.features.cases.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="cases",
    blueprints=(blueprint,),
    menu=(
        MenuItem(30, "cases.index", _l("Cases"), Permission.CASE_READ),
        MenuItem(40, "cases.capture", _l("Log a violation"), Permission.CASE_CREATE),
    ),
    case_panels=PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    facts=facts,
)
