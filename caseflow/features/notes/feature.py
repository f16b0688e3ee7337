"""Notes: calls, interviews, meetings, advice, and what is internal."""

from caseflow.features.notes.chronology import chronology
from caseflow.features.notes.panel import EVIDENCE_PANELS, PANELS, WORK_PANELS
from caseflow.features.notes.views import blueprint
from caseflow.features.notes.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="notes",
    blueprints=(blueprint,),
    case_panels=PANELS,
    work_panels=WORK_PANELS,
    evidence_panels=EVIDENCE_PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"notes": VOCABULARIES["action"]},
    chronology=chronology,
)
