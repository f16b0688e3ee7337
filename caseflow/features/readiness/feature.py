"""The law engine's assessment of a case, its clocks, and what-if questions."""

from caseflow.features.readiness.panel import COUNTS, MOVE_PANELS, PANELS, WORK_PANELS, summary
from caseflow.features.readiness.service import CLOCKS
from caseflow.features.readiness.views import blueprint
from caseflow.features.readiness.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="readiness",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_counts=COUNTS,
    case_summary=summary,
    move_panels=MOVE_PANELS,
    work_panels=WORK_PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"facts": ("case.imported",), "outlook": ("assessment.changed",)},
    automatic=frozenset({"assessment.changed"}),
    deadlines=(CLOCKS,),
)
