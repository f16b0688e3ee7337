"""The claims of a case, with their acts."""

from caseflow.features.claims.facts import facts
from caseflow.features.claims.panel import PANELS
from caseflow.features.claims.views import blueprint
from caseflow.features.claims.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="claims", blueprints=(blueprint,), case_panels=PANELS, words=VOCABULARIES, history=HISTORY, facts=facts
)
