"""Queries on the public contacts of sections."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from caseflow.models import Section, SectionContact, SectionKind
from caseflow.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class PublicContact:
    """What strangers read of a section, and nothing else of it."""

    name: str
    time_zone: str
    address: str
    languages: str
    safe_channel: str
    hours: str


@dataclass(frozen=True, slots=True)
class PublicContacts:
    """The published contacts: those of sections by the code of their State, and that of the secretariat."""

    by_state: Mapping[str, PublicContact]
    secretariat: PublicContact | None

    def of(self, state: str) -> PublicContact | None:
        """Return whom to turn to about a State: its section, or else the secretariat; None if neither is published."""
        return self.by_state.get(state, self.secretariat)


def published_contacts(uow: UnitOfWork) -> PublicContacts:
    """Return the contacts that are published. One statement."""
    found = (
        select(SectionContact, Section)
        .join(Section, Section.id == SectionContact.section_id)
        .where(SectionContact.is_published)
        .order_by(Section.code)
    )
    by_kind: dict[SectionKind, dict[str, PublicContact]] = {kind: {} for kind in SectionKind}
    for contact, section in uow.session.execute(found):
        by_kind[section.kind][section.code] = PublicContact(
            name=section.name,
            time_zone=section.time_zone,
            address=contact.address,
            languages=contact.languages,
            safe_channel=contact.safe_channel,
            hours=contact.hours,
        )
    return PublicContacts(by_kind[SectionKind.SECTION], next(iter(by_kind[SectionKind.SECRETARIAT].values()), None))


def contact_of(uow: UnitOfWork, section_id: UUID) -> SectionContact | None:
    """Return the contact of a section, published or not, as far as the reader may see it."""
    return uow.session.scalar(select(SectionContact).where(SectionContact.section_id == section_id))


def section_of_contact(uow: UnitOfWork, section_id: UUID) -> Section:
    """Return the section whose contact is edited."""
    return uow.session.get_one(Section, section_id)
