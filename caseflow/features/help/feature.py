"""Help, for everybody."""

from caseflow.features.help import pages
from caseflow.features.help.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="help", blueprints=(blueprint,), install=pages.install)
