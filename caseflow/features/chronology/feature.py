"""The chronology of a case."""

from caseflow.features.chronology.panel import PANELS
from caseflow.features.chronology.views import blueprint
from caseflow.features.chronology.words import VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="chronology",
    blueprints=(blueprint,),
    case_panels=PANELS,
    words=VOCABULARIES,
    acts={"access": VOCABULARIES["action"]},
)
