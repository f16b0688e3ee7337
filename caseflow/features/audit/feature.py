"""The audit trail, for auditors."""

from caseflow.access import Permission
from caseflow.features.audit.views import blueprint
from caseflow.web.feature import Feature, MenuItem
from caseflow.web.texts import lazy_gettext as _l

FEATURE = Feature(
    name="audit",
    blueprints=(blueprint,),
    menu=(MenuItem(74, "audit.show", _l("Audit trail"), Permission.AUDIT_READ, is_home=True),),
)
