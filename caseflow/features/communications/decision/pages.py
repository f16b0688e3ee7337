"""Claims in words, for the outcomes of a decision."""

from collections.abc import Sequence

from caseflow.models import Claim
from caseflow.web.texts import gettext as _
from caseflow.web.words import labels


def claims_in_words(claims: Sequence[Claim]) -> dict[str, str]:
    """Return the claims of a case by id, with their number and what they are about."""
    return {
        str(claim.id): _("Claim %(number)s: %(what)s", number=number, what=claim.label or labels("right", claim.rights))
        for number, claim in enumerate(claims, 1)
    }
