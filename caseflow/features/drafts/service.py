"""The service of drafts: discard them."""

from caseflow import drafts
from caseflow.errors import Conflict
from caseflow.unit_of_work import UnitOfWork


def discard(uow: UnitOfWork, draft: drafts.Kept, version: int) -> bool:
    """Discard a draft. It is erased, and nothing of it is kept.

    Raises:
        Conflict: another window has typed on since the page was drawn.
    """
    if not drafts.erase(uow.session, draft.id, version):
        raise Conflict("You typed on in another window meanwhile. Look at the draft again before you discard it.")
    return True
