"""Procedures before other international bodies."""

from caseflow.features.procedures.chronology import chronology
from caseflow.features.procedures.facts import facts
from caseflow.features.procedures.panel import PANELS, summary
from caseflow.features.procedures.views import blueprint
from caseflow.features.procedures.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="procedures",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"procedures": VOCABULARIES["action"]},
    facts=facts,
    chronology=chronology,
)
