"""Interventions: letters, urgent actions, legal aid, shelter, medical help."""

from caseflow.features.interventions.chronology import chronology
from caseflow.features.interventions.panel import PANELS
from caseflow.features.interventions.views import blueprint
from caseflow.features.interventions.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="interventions",
    blueprints=(blueprint,),
    case_panels=PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"interventions": VOCABULARIES["action"]},
    chronology=chronology,
)
