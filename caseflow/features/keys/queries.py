"""Queries on sealed fields, of all models that have some."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, inspect, or_, select, tuple_

from caseflow.db.base import Base
from caseflow.db.sealing import SUFFIX, sealed_prefix
from caseflow.models import Section
from caseflow.unit_of_work import UnitOfWork


def sealed_models() -> list[type[Any]]:
    """Return the models with sealed fields, by name of their tables."""
    found = [mapper.class_ for mapper in Base.registry.mappers if fields_of(mapper.class_)]
    return sorted(found, key=lambda model: str(model.__tablename__))


def fields_of(model: type[Any]) -> list[str]:
    """Return the names of the sealed fields of a model."""
    columns = (attribute.key for attribute in inspect(model).column_attrs)
    return [name.removesuffix(SUFFIX) for name in columns if name.endswith(SUFFIX)]


def next_rows(uow: UnitOfWork, model: type[Any], after: Sequence[Any] | None, most: int) -> Sequence[Any]:
    """Return the next rows of which a field has another key, locked, in the order of the primary key."""
    key = inspect(model).primary_key
    found = select(model).where(or_(*_have_another_key(model, uow.keys.current))).order_by(*key).limit(most)
    if after is not None:
        found = found.where(tuple_(*key) > tuple_(*after))
    return uow.session.scalars(found.with_for_update(of=model)).all()


def sections(uow: UnitOfWork) -> Sequence[Section]:
    """Return all sections."""
    return uow.session.scalars(select(Section).order_by(Section.id)).all()


def _have_another_key(model: type[Any], key_id: str) -> Iterator[ColumnElement[bool]]:
    prefix = sealed_prefix(key_id)
    for field in fields_of(model):
        yield func.substr(getattr(model, field + SUFFIX), 1, len(prefix)) != prefix
