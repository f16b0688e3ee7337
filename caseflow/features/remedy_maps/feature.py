"""The ladders of remedies that States offer for a right."""

from caseflow.access import Permission
from caseflow.features.remedy_maps.views import blueprint
from caseflow.features.remedy_maps.words import VOCABULARIES, install
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="remedy_maps",
    blueprints=(blueprint,),
    menu=(
        MenuItem(
            82,
            "remedy_maps.index",
            _l("Remedy maps"),
            Permission.REMEDY_MAP_READ,
            features=("remedy_maps",),
            group=_l("Reference"),
        ),
    ),
    words=VOCABULARIES,
    install=install,
)
