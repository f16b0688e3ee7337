"""Settings of sections and their public contacts, for the oracle of row security: every second contact is published."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from caseflow.models import ContactRhythm, ListSetting, PeopleSetting, Section, SectionContact, TaskTemplate, User


def add_settings_of_sections(session: Session, sections: Sequence[Section], people: Sequence[User]) -> None:
    """Add the settings of every section, its contact, and the list of each person."""
    session.add_all([ListSetting(user_id=one.id, columns=["stage"]) for one in people])
    for number, section in enumerate(sections):
        address = f"{section.code}@x.example"
        session.add_all([PeopleSetting(section_id=section.id), ContactRhythm(section_id=section.id)])
        session.add(TaskTemplate(section_id=section.id, name="Eviction", date_name="Its day", lines="-1: Ask"))
        session.add(SectionContact(section_id=section.id, is_published=number % 2 == 0, address=address))
    session.flush()
