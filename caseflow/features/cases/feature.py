"""Cases: the file itself, its life, its history and the list."""

from caseflow.access import Permission
from caseflow.features.cases.chronology import chronology
from caseflow.features.cases.downloads.views import blueprint as downloads
from caseflow.features.cases.facts import facts
from caseflow.features.cases.flags.views import blueprint as flags
from caseflow.features.cases.links.views import blueprint as links
from caseflow.features.cases.panel import PANELS, WORK_PANELS
from caseflow.features.cases.saved.views import blueprint as saved_lists
from caseflow.features.cases.views import blueprint
from caseflow.features.cases.words import HISTORY, VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

OF_A_CASE = (
    "cases",
    "saved_lists",
    "case_list",
    "case_flags",
    "case_links",
    "claims",
    "procedures",
    "remedies",
    "deadlines",
)
"""The features whose pages belong to a case also where the address does not name it."""

FEATURE = Feature(
    name="cases",
    blueprints=(blueprint, saved_lists, downloads, flags, links),
    menu=(
        MenuItem(30, "cases.index", _l("Cases"), Permission.CASE_READ, features=OF_A_CASE),
        MenuItem(90, "cases.capture", _l("Log a violation"), Permission.CASE_CREATE, is_button=True),
    ),
    case_panels=PANELS,
    work_panels=WORK_PANELS,
    words=VOCABULARIES,
    history=HISTORY,
    acts={
        "facts": ("case.opened", "case.described"),
        "stage": ("case.moved",),
        "owner": ("case.assigned",),
        "flags": ("flag.raised", "flag.resolved"),
        "access": (
            "case.shared",
            "case.unshared",
            "case.contact_note_read",
            "case.contact_note_written",
            "case_list.exported",
        ),
    },
    facts=facts,
    chronology=chronology,
)
