"""The review of a case before filing: asked for, commented, answered, approved version by version."""

from caseflow.features.review.panel import PANELS, summary
from caseflow.features.review.service import follow_changes
from caseflow.features.review.views import blueprint
from caseflow.features.review.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="review",
    blueprints=(blueprint,),
    case_panels=PANELS,
    case_summary=summary,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"review": VOCABULARIES["action"]},
    after_change=follow_changes,
)
