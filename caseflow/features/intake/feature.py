"""Intake in three steps."""

from caseflow.features.intake.views import blueprint
from caseflow.features.intake.words import VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(name="intake", blueprints=(blueprint,), words=VOCABULARIES)
