"""What the State objected to on admissibility."""

from caseflow.features.objections.chronology import chronology
from caseflow.features.objections.facts import facts
from caseflow.features.objections.panel import PANELS
from caseflow.features.objections.views import blueprint
from caseflow.features.objections.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="objections",
    blueprints=(blueprint,),
    case_panels=PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"objections": VOCABULARIES["action"]},
    facts=facts,
    chronology=chronology,
)
