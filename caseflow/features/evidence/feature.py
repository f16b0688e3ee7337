"""The evidence of a case."""

from flask import Flask

from caseflow.features.evidence.chronology import chronology
from caseflow.features.evidence.custody import fingerprint
from caseflow.features.evidence.facts import facts
from caseflow.features.evidence.pages import show_size
from caseflow.features.evidence.panel import COUNTS, PANELS
from caseflow.features.evidence.uploads.views import blueprint as uploads
from caseflow.features.evidence.views import blueprint
from caseflow.features.evidence.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature


def install(app: Flask) -> None:
    """Give templates the filters of files."""
    app.jinja_env.filters.update(file_size=show_size, fingerprint=fingerprint)


FEATURE = Feature(
    name="evidence",
    blueprints=(blueprint, uploads),
    case_panels=PANELS,
    case_counts=COUNTS,
    words=VOCABULARIES,
    history=HISTORY,
    facts=facts,
    acts={"evidence": VOCABULARIES["action"]},
    install=install,
    chronology=chronology,
)
