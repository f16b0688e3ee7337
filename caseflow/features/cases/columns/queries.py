"""Which columns a person chose: one statement."""

from typing import Final

from caseflow.features.cases.commands import Column
from caseflow.models import ListSetting
from caseflow.unit_of_work import UnitOfWork

USUAL: Final = frozenset(Column) - {Column.OPENED}
"""The columns of somebody who chose none."""


def shown_columns(uow: UnitOfWork) -> frozenset[Column]:
    """Return the columns that the acting person chose. What is no column any more is left out."""
    chosen = uow.session.get(ListSetting, uow.person.user_id)
    return USUAL if chosen is None else frozenset(Column) & frozenset(chosen.columns)
