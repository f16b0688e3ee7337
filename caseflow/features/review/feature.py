"""The review of a case before filing: asked for, commented, answered, approved version by version."""

from caseflow.access import Permission
from caseflow.features.review.panel import PANELS, summary
from caseflow.features.review.queue.pages import waits
from caseflow.features.review.queue.panel import WORK_PANELS
from caseflow.features.review.queue.views import blueprint as reviews
from caseflow.features.review.service import follow_changes
from caseflow.features.review.views import blueprint
from caseflow.features.review.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="review",
    blueprints=(blueprint, reviews),
    menu=(MenuItem(32, "reviews.index", _l("Reviews"), Permission.CASE_EDIT, ("reviews",)),),
    case_panels=PANELS,
    case_summary=summary,
    work_panels=WORK_PANELS,
    waiting=waits,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"review": VOCABULARIES["action"]},
    after_change=follow_changes,
)
