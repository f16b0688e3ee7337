"""Which other treaties and procedures of complaint States have accepted."""

from caseflow.access import Permission
from caseflow.features.treaties.panel import STATE_PANELS
from caseflow.features.treaties.views import blueprint
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="treaties",
    blueprints=(blueprint,),
    menu=(
        MenuItem(
            81,
            "treaties.index",
            _l("Treaties"),
            Permission.REGISTER_READ,
            features=("treaties",),
            group=_l("Reference"),
        ),
    ),
    state_panels=STATE_PANELS,
)
