"""The docket: letters to and from the Committee, what is due, and what follows."""

from collections.abc import Sequence

from caseflow.features.communications.chronology import chronology
from caseflow.features.communications.deadlines import DOCKET
from caseflow.features.communications.decision.panel import PANELS as DECISION_PANELS
from caseflow.features.communications.decision.views import blueprint as decision
from caseflow.features.communications.decision.words import HISTORY as DECISION_HISTORY
from caseflow.features.communications.decision.words import VOCABULARIES as DECISION_WORDS
from caseflow.features.communications.follow_up.chronology import chronology as follow_up_chronology
from caseflow.features.communications.follow_up.views import blueprint as follow_up
from caseflow.features.communications.follow_up.words import HISTORY as FOLLOW_UP_HISTORY
from caseflow.features.communications.follow_up.words import VOCABULARIES as FOLLOW_UP_WORDS
from caseflow.features.communications.interim.deadlines import INTERIM
from caseflow.features.communications.interim.panel import PANELS as INTERIM_PANELS
from caseflow.features.communications.interim.views import blueprint as interim
from caseflow.features.communications.interim.words import HISTORY as INTERIM_HISTORY
from caseflow.features.communications.interim.words import VOCABULARIES as INTERIM_WORDS
from caseflow.features.communications.panel import COUNTS, PANELS
from caseflow.features.communications.reprisals.panel import PANELS as REPRISAL_PANELS
from caseflow.features.communications.reprisals.views import blueprint as reprisals
from caseflow.features.communications.reprisals.words import VOCABULARIES as REPRISAL_WORDS
from caseflow.features.communications.service import check_evidence
from caseflow.features.communications.views import blueprint
from caseflow.features.communications.words import HISTORY, VOCABULARIES
from caseflow.models import Case
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import Feature

_VOCABULARIES = (VOCABULARIES, DECISION_WORDS, FOLLOW_UP_WORDS, INTERIM_WORDS, REPRISAL_WORDS)
WORDS = {
    name: {code: word for words in _VOCABULARIES for code, word in words.get(name, {}).items()}
    for name in {name for words in _VOCABULARIES for name in words}
}


def dated_entries(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return the letters and the follow-up of a case: at most two statements."""
    return [*chronology(uow, case), *follow_up_chronology(uow, case)]


FEATURE = Feature(
    name="communications",
    blueprints=(blueprint, decision, follow_up, interim, reprisals),
    case_panels=(*PANELS, *DECISION_PANELS, *INTERIM_PANELS, *REPRISAL_PANELS),
    case_counts=COUNTS,
    deadlines=(DOCKET, INTERIM),
    chronology=dated_entries,
    evidence_check=check_evidence,
    words=WORDS,
    history={**HISTORY, **DECISION_HISTORY, **FOLLOW_UP_HISTORY, **INTERIM_HISTORY},
    acts={"docket": WORDS["action"]},
)
