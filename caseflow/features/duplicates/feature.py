"""Persons and cases that were recorded twice."""

from flask import Flask

from caseflow.features.duplicates.case_merges.panel import PANELS
from caseflow.features.duplicates.case_merges.views import blueprint as case_merges
from caseflow.features.duplicates.cases.pages import reason_in_words
from caseflow.features.duplicates.cases.views import blueprint as cases
from caseflow.features.duplicates.panel import PERSON_PANELS
from caseflow.features.duplicates.views import blueprint
from caseflow.features.duplicates.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature


def install(app: Flask) -> None:
    """Give templates the words of why two events may be the same."""
    app.jinja_env.globals.update(same_event=reason_in_words)


FEATURE = Feature(
    name="duplicates",
    blueprints=(blueprint, cases, case_merges),
    case_panels=PANELS,
    person_panels=PERSON_PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"people": VOCABULARIES["action"]},
    install=install,
)
