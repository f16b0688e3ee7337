"""The register of States."""

from caseflow.access import Permission
from caseflow.features.reference.views import blueprint
from caseflow.features.reference.words import VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="reference",
    blueprints=(blueprint,),
    menu=(
        MenuItem(
            80,
            "reference.states",
            _l("States"),
            Permission.REGISTER_READ,
            features=("reference",),
            group=_l("Reference"),
        ),
    ),
    words=VOCABULARIES,
)
