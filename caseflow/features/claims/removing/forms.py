"""The form that removes a claim."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired

from caseflow.features.claims.removing.commands import RemoveClaim
from caseflow.web.forms import SMALL_RADIOS, CaseflowForm
from caseflow.web.texts import lazy_gettext as _l

WITH_IT: Final = "remove"


class RemoveClaimForm(CaseflowForm):
    """Why a claim is removed, and what becomes of what belongs to it. `seen` is what the person saw."""

    seen = HiddenField()
    then = RadioField(
        _l("What becomes of it?"),
        [InputRequired(_l("Choose what becomes of what belongs to the claim."))],
        choices={},
        render_kw=SMALL_RADIOS,
    )
    reason = StringField(
        _l("Why is the claim removed?"),
        [InputRequired(_l("Say why the claim is removed."))],
        description=_l("Without names. The history of the case keeps it."),
    )

    def set_choices(self, targets: Mapping[UUID, str], *, may_remove: bool, is_empty: bool) -> None:
        """Offer the other claims, and removing it all where no evidence is lost. Nothing is asked where nothing belongs to it."""
        if is_empty:
            del self.then
            return
        with_it = {WITH_IT: str(_l("Remove it with the claim"))} if may_remove else {}
        self.then.choices = {str(claim_id): words for claim_id, words in targets.items()} | with_it

    def command(self) -> RemoveClaim:
        """Return the command."""
        then = self.then.data if "then" in self else WITH_IT
        move_to = None if then == WITH_IT else UUID(then)
        return RemoveClaim(reason=self.reason.data or "", move_to=move_to, seen=self.seen.data or "")
