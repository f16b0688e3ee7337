"""The command for the public contact of a section."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """The public contact of a section, as it writes it. Only the address is needed to publish it."""

    version: int
    is_published: bool = False
    address: str = ""
    languages: str = ""
    safe_channel: str = ""
    hours: str = ""
