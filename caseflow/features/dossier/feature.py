"""The dossier: the complaint to the Committee, from the texts to the documents."""

from caseflow.features.dossier.panel import PANELS
from caseflow.features.dossier.views import blueprint
from caseflow.features.dossier.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="dossier",
    blueprints=(blueprint,),
    case_panels=PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={"dossier": VOCABULARIES["action"]},
)
