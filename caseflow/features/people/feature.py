"""Persons and groups in cases."""

from caseflow.access import Permission
from caseflow.features.people.facts import facts
from caseflow.features.people.identity.pages import names_in_texts
from caseflow.features.people.identity.views import blueprint as identity
from caseflow.features.people.panel import COUNTS, PANELS, record_victims, summary
from caseflow.features.people.views import blueprint
from caseflow.features.people.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="people",
    blueprints=(blueprint, identity),
    menu=(MenuItem(12, "identity.find", _l("Find a person"), Permission.CASE_EDIT, ("identity",)),),
    case_panels=PANELS,
    case_counts=COUNTS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"people": VOCABULARIES["action"]},
    facts=facts,
    record_victims=record_victims,
    remarks=names_in_texts,
)
