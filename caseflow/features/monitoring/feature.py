"""Whether all processes run: heartbeats, alarms, `/health`, and banners on pages while something is wrong."""

from caseflow.features.monitoring.pages import install
from caseflow.features.monitoring.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="monitoring", blueprints=(blueprint,), install=install)
