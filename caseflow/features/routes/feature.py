"""The comparison of all international routes of a case."""

from caseflow.features.routes.panel import summary
from caseflow.features.routes.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="routes", blueprints=(blueprint,), case_summary=summary)
