"""The docket: letters to and from the Committee, what is due, and what follows."""

from caseflow.features.communications.chronology import chronology
from caseflow.features.communications.deadlines import DOCKET
from caseflow.features.communications.panel import COUNTS, PANELS
from caseflow.features.communications.views import blueprint
from caseflow.features.communications.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="communications",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_counts=COUNTS,
    deadlines=(DOCKET,),
    chronology=chronology,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"docket": VOCABULARIES["action"]},
)
