"""The form that discards a draft."""

from wtforms import HiddenField

from caseflow.web.forms import CaseflowForm, VersionField


class DiscardForm(CaseflowForm):
    """A draft that is discarded, as it was when the page was drawn. `back`: to the list of drafts, or to the form."""

    version = VersionField()
    back = HiddenField()
