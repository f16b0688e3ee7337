"""Deadlines, who is responsible, and "My work"."""

from caseflow.access import Permission
from caseflow.features.deadlines.pages import record_threat
from caseflow.features.deadlines.panel import PANELS, summary
from caseflow.features.deadlines.views import blueprint
from caseflow.features.deadlines.words import HISTORY, VOCABULARIES, install
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="deadlines",
    blueprints=(blueprint,),
    menu=(
        MenuItem(10, "deadlines.my_work", _l("My work"), Permission.CASE_READ, features=("calendar",), is_home=True),
    ),
    case_panels=PANELS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"deadlines": VOCABULARIES["action"]},
    automatic=frozenset(
        {"deadline.computed", "deadline.moved", "deadline.closed", "deadline.reopened", "deadline.reassigned"}
    ),
    record_threat=record_threat,
    install=install,
)
