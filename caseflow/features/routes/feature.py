"""The comparison of all international routes of a case."""

from caseflow.features.routes.panel import PANELS
from caseflow.features.routes.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="routes", blueprints=(blueprint,), case_panels=PANELS)
