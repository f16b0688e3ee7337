"""Choose the columns of the list of cases. It is a setting of a person, and no act on a case."""

from collections.abc import Iterable

from sqlalchemy.dialects.postgresql import insert

from caseflow.features.cases.commands import Column
from caseflow.models import ListSetting
from caseflow.unit_of_work import UnitOfWork


def choose_columns(uow: UnitOfWork, columns: Iterable[Column]) -> list[Column]:
    """Remember which columns the acting person wants to see, and return them in their order."""
    wanted = set(columns)
    chosen = [one for one in Column if one in wanted]
    values = {"columns": [one.value for one in chosen]}
    setting = insert(ListSetting).values(user_id=uow.person.user_id, **values)
    uow.session.execute(setting.on_conflict_do_update(index_elements=["user_id"], set_=values))
    return chosen
