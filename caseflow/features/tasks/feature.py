"""Tasks: who does what until when, what came of it, and what gaps of readiness ask for."""

from caseflow.features.tasks.panel import COUNTS, PANELS, WORK_PANELS, gap_offers
from caseflow.features.tasks.service import TASKS
from caseflow.features.tasks.templates.views import blueprint as templates
from caseflow.features.tasks.templates.views import of_case
from caseflow.features.tasks.views import blueprint, of_section
from caseflow.features.tasks.words import VOCABULARIES
from caseflow.web.feature import Feature

FEATURE = Feature(
    name="tasks",
    blueprints=(blueprint, of_section, of_case, templates),
    case_panels=PANELS,
    case_counts=COUNTS,
    gap_offers=gap_offers,
    work_panels=WORK_PANELS,
    deadlines=(TASKS,),
    words=VOCABULARIES,
    acts={"tasks": [name for name in VOCABULARIES["action"] if name.startswith("task.")]},
)
