"""Persons who were recorded twice."""

from caseflow.features.duplicates.panel import PERSON_PANELS
from caseflow.features.duplicates.views import blueprint
from caseflow.features.duplicates.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="duplicates",
    blueprints=(blueprint,),
    person_panels=PERSON_PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"people": VOCABULARIES["action"]},
)
