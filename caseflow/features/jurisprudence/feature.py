"""Decisions of the Committee."""

from caseflow.access import Permission
from caseflow.features.jurisprudence.panel import PANELS
from caseflow.features.jurisprudence.views import blueprint, open_blueprint
from caseflow.features.jurisprudence.words import VOCABULARIES
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="jurisprudence",
    blueprints=(blueprint, open_blueprint),
    menu=(
        MenuItem(
            82,
            "jurisprudence.index",
            _l("Decisions of the Committee"),
            Permission.REGISTER_READ,
            features=("jurisprudence",),
            group=_l("Reference"),
        ),
    ),
    case_panels=PANELS,
    words=VOCABULARIES,
)
