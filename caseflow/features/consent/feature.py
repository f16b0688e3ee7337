"""What the persons of a case allow to be done with what they said."""

from caseflow.features.consent.deadlines import CONSENT
from caseflow.features.consent.panel import MOVE_PANELS, PERSON_PANELS, summary
from caseflow.features.consent.service import check_move, check_record
from caseflow.features.consent.views import blueprint
from caseflow.features.consent.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="consent",
    blueprints=(blueprint,),
    case_summary=summary,
    move_panels=MOVE_PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"people": VOCABULARIES["action"]},
    deadlines=(CONSENT,),
    move_check=check_move,
    person_check=check_record,
    person_panels=PERSON_PANELS,
)
