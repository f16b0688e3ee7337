"""The public contacts of the demo: the secretariat and two sections publish theirs, one keeps it back. All invented."""

from collections.abc import Mapping
from typing import Final

from caseflow.access import Permission, PersonActor
from caseflow.features.sections.contact.commands import ContactDetails
from caseflow.features.sections.contact.service import set_contact
from caseflow.models import Section
from caseflow.unit_of_work import Units

CONTACTS: Final[Mapping[str, ContactDetails]] = {
    "HQ": ContactDetails(
        version=0,
        is_published=True,
        address="first-contact@coalition.example",
        languages="English, français, español, العربية, русский",
        safe_channel="Signal: coalition.01. Write from a telephone that nobody else uses; messages vanish after a week.",
        hours="Monday to Friday, 9:00 to 17:00",
    ),
    "ES": ContactDetails(
        version=0,
        is_published=True,
        address="acogida@spain.coalition.example",
        languages="español, català, العربية",
        safe_channel="Signal: coalicion_es.07. Diga solo que llama por la reunión del barrio.",
        hours="Lunes a jueves, de 10:00 a 14:00",
    ),
    "FI": ContactDetails(
        version=0,
        is_published=True,
        address="yhteys@finland.coalition.example",
        languages="suomi, svenska, davvisámegiella, English",
        hours="Tiistai ja torstai klo 12-16",
    ),
    "SI": ContactDetails(version=0, address="stik@slovenia.coalition.example", languages="slovenščina, English"),
}


def add_section_contacts(units: Units, sections: Mapping[str, Section], people: Mapping[str, PersonActor]) -> None:
    """Write the contacts, each by somebody who looks after that of the section."""
    for code, details in CONTACTS.items():
        section_id = sections[code].id
        writer = next(one for one in people.values() if one.may(Permission.SECTION_CONTACT, section_id))
        with units.begin(writer) as uow:
            set_contact(uow, section_id, details)
