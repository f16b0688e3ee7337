"""The claims of a case, with their acts."""

from caseflow.features.claims.chronology import chronology
from caseflow.features.claims.facts import facts
from caseflow.features.claims.panel import COUNTS, PANELS, summary
from caseflow.features.claims.views import blueprint
from caseflow.features.claims.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="claims",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_counts=COUNTS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"claims": VOCABULARIES["action"]},
    facts=facts,
    chronology=chronology,
)
