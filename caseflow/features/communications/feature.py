"""The docket: letters to and from the Committee, what is due, and what follows."""

from caseflow.features.communications.chronology import chronology
from caseflow.features.communications.deadlines import DOCKET
from caseflow.features.communications.decision.panel import PANELS as DECISION_PANELS
from caseflow.features.communications.decision.views import blueprint as decision
from caseflow.features.communications.decision.words import HISTORY as DECISION_HISTORY
from caseflow.features.communications.decision.words import VOCABULARIES as DECISION_WORDS
from caseflow.features.communications.panel import COUNTS, PANELS
from caseflow.features.communications.service import check_evidence
from caseflow.features.communications.views import blueprint
from caseflow.features.communications.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

WORDS = {
    name: {**VOCABULARIES.get(name, {}), **DECISION_WORDS.get(name, {})} for name in {**VOCABULARIES, **DECISION_WORDS}
}
FEATURE = Feature(
    name="communications",
    blueprints=(blueprint, decision),
    case_panels=(*PANELS, *DECISION_PANELS),
    case_counts=COUNTS,
    deadlines=(DOCKET,),
    chronology=chronology,
    evidence_check=check_evidence,
    words=WORDS,
    history={**HISTORY, **DECISION_HISTORY},
    acts={"docket": WORDS["action"]},
)
