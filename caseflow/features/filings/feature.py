"""Filings: when and how communications were sent to the Committee."""

from caseflow.features.filings.chronology import chronology
from caseflow.features.filings.panel import PANELS, summary
from caseflow.features.filings.service import check_evidence
from caseflow.features.filings.views import blueprint
from caseflow.features.filings.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="filings",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"stage": VOCABULARIES["action"]},
    chronology=chronology,
    evidence_check=check_evidence,
)
