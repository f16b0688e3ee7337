"""The verb of the public contact of a section: write it, and decide whether strangers read it."""

from uuid import UUID

from caseflow.access import Permission
from caseflow.access.policy import require_in_section
from caseflow.audit import assign_changes
from caseflow.errors import Invalid, stale
from caseflow.features.sections.contact.commands import ContactDetails
from caseflow.features.sections.contact.queries import contact_of
from caseflow.models import SectionContact
from caseflow.unit_of_work import UnitOfWork


def set_contact(uow: UnitOfWork, section_id: UUID, details: ContactDetails) -> SectionContact:
    """Write the public contact of a section, and publish it or take it back. Public pages follow within a minute.

    Raises:
        Forbidden: the acting person may not change it for this section.
        Conflict: somebody saved it meanwhile; carries the saved row.
        Invalid: it would be published without an address.
    """
    require_in_section(uow.actor, Permission.SECTION_CONTACT, section_id)
    contact = contact_of(uow, section_id)
    if contact is not None and contact.version != details.version:
        raise stale(contact)
    if details.is_published and not details.address.strip():
        raise Invalid(
            "The contact was not saved.",
            {"address": "Enter an address before the contact is shown, or leave the box above empty."},
        )
    was_published = contact is not None and contact.is_published
    contact = contact or SectionContact(section_id=section_id)
    assign_changes(contact, details)
    uow.session.add(contact)
    uow.audit.record(_action(was_published, contact.is_published), contact, section_id=section_id)
    return contact


def _action(was_published: bool, is_published: bool) -> str:  # noqa: FBT001 - before and after
    if was_published == is_published:
        return "section.contact_changed"
    return "section.contact_published" if is_published else "section.contact_withdrawn"
