"""Queries on templates of tasks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from caseflow.errors import NotFound
from caseflow.models import TaskTemplate
from caseflow.unit_of_work import UnitOfWork, one


def templates_of_section(uow: UnitOfWork, section_id: UUID) -> Sequence[TaskTemplate]:
    """Return the templates of a section by name; none of a section that the acting person does not work in."""
    found = select(TaskTemplate).where(TaskTemplate.section_id == section_id)
    return uow.session.scalars(found.order_by(func.lower(TaskTemplate.name), TaskTemplate.id)).all()


def one_template(uow: UnitOfWork, template_id: UUID) -> TaskTemplate:
    """Return a template.

    Raises:
        NotFound: it does not exist or may not be seen.
    """
    return one(
        uow,
        select(TaskTemplate).where(TaskTemplate.id == template_id),
        NotFound("This template does not exist, or you do not have access to it."),
    )
