"""Drafts: what was typed and not saved."""

from caseflow.features.drafts.panel import WORK_PANELS
from caseflow.features.drafts.views import blueprint
from caseflow.features.drafts.words import VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(name="drafts", blueprints=(blueprint,), work_panels=WORK_PANELS, words=VOCABULARIES)
