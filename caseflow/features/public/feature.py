"""The public page: whether a State is bound by the Protocol."""

from caseflow.features.public.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="public", blueprints=(blueprint,))
