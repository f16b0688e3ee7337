"""Which other treaties and procedures of complaint States have accepted."""

from caseflow.features.treaties.panel import STATE_PANELS
from caseflow.features.treaties.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="treaties", blueprints=(blueprint,), state_panels=STATE_PANELS)
