"""The homes of the coordinators of a section, and of the coalition."""

from caseflow.access import Permission
from caseflow.features.sections.coalition.views import blueprint as coalition
from caseflow.features.sections.contact.views import blueprint as contact
from caseflow.features.sections.docket.views import of_coalition, of_section
from caseflow.features.sections.panel import WORK_PANELS
from caseflow.features.sections.views import blueprint
from caseflow.features.sections.words import VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="sections",
    blueprints=(blueprint, coalition, contact, of_section, of_coalition),
    menu=(
        MenuItem(
            4,
            "coalition.show",
            _l("Coalition"),
            Permission.COALITION_WATCH,
            ("coalition", "coalition_docket"),
            is_home=True,
        ),
        MenuItem(
            6, "sections.show", _l("Section"), Permission.CASE_ASSIGN, ("sections", "section_docket"), is_home=True
        ),
    ),
    work_panels=WORK_PANELS,
    words=VOCABULARIES,
)
