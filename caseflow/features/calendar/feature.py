"""Deadlines by month, and as a private feed."""

from caseflow.features.calendar.views import blueprint
from caseflow.web.feature import Feature

FEATURE = Feature(name="calendar", blueprints=(blueprint,))
