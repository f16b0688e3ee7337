"""The block of "My work" for coordinators: what is about to lapse in their sections and is not theirs to do."""

from dataclasses import dataclass

from flask import url_for

from caseflow.access import Permission
from caseflow.clock import now
from caseflow.features.sections.commands import Block, Scope
from caseflow.features.sections.pages import Part, part
from caseflow.unit_of_work import UnitOfWork
from caseflow.web.feature import WorkPanel


@dataclass(frozen=True, slots=True)
class InSection:
    """What cannot be undone and is near; None for people who coordinate no section."""

    part: Part | None


def in_section(uow: UnitOfWork) -> InSection:
    """Return what others have to do in the person's sections in the next fourteen days. One statement for coordinators."""
    sections = {member.section_id for member in uow.person.sections_for(Permission.CASE_ASSIGN)}
    if not sections:
        return InSection(None)
    scope = Scope(sections=tuple(sections), at=now(), without_person=uow.person.user_id)
    return InSection(part(uow, scope, Block.IRREVERSIBLE, url_for("sections.show")))


WORK_PANELS = (WorkPanel(in_section, "sections/_work.html"),)
