"""How the persons of a case are reached without danger, and when they were last reached."""

from caseflow.features.contacts.chronology import chronology
from caseflow.features.contacts.deadlines import CONTACTS
from caseflow.features.contacts.panel import PERSON_PANELS, summary
from caseflow.features.contacts.rhythm.views import blueprint as rhythm
from caseflow.features.contacts.views import blueprint, of_section
from caseflow.features.contacts.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="contacts",
    blueprints=(blueprint, of_section, rhythm),
    person_panels=PERSON_PANELS,
    case_summary=summary,
    deadlines=(CONTACTS,),
    words=VOCABULARIES,
    history=HISTORY,
    acts={"people": VOCABULARIES["action"]},
    chronology=chronology,
)
