"""The domestic remedies of a claim."""

from caseflow.features.remedies.chronology import chronology
from caseflow.features.remedies.facts import facts
from caseflow.features.remedies.panel import COUNTS, PANELS, summary
from caseflow.features.remedies.views import blueprint
from caseflow.features.remedies.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="remedies",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_counts=COUNTS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"remedies": VOCABULARIES["action"]},
    facts=facts,
    chronology=chronology,
)
