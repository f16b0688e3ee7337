"""What mail servers say of mails that did not arrive: reports of delivery (RFC 3464), read with the standard library.

A report comes from anybody who can write to the address of the sender, so of all that stands in it three things are
taken: which recipient failed, with which number, and whether for good. Nothing else is read, kept or logged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser

LARGEST_REPORT = 256 * 1024
"""Bytes. Our mails have less than two kilobytes, so a report of one is small."""
MOST_RECIPIENTS = 10
"""Our mails have one recipient; an alias over there may be several."""
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
ADDRESS = re.compile(r"rfc822\s*;\s*<?([^\s<>;]{3,254})>?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail server's answer that an address takes no mail: with its number, and whether it means never."""

    address: str
    status: str
    is_permanent: bool


def bounces_in(report: bytes) -> list[Bounce]:
    """Return the recipients that a report says have failed; none for any other mail, or one that is too large.

    A mail that is only late is no bounce. One that was given up after days (4.x.x) is, but not for good.
    """
    if len(report) > LARGEST_REPORT:
        return []
    message = BytesParser(policy=policy.compat32).parsebytes(report)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return []
    found = (bounce for part in message.get_payload() for bounce in _of_part(part))
    return list(dict.fromkeys(found))[:MOST_RECIPIENTS]


def _of_part(part: object) -> Iterator[Bounce]:
    """Look at the parts of the report itself only: the returned mail behind them may hold anything."""
    if not isinstance(part, Message) or part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return
    for recipient in part.get_payload():
        if isinstance(recipient, Message) and _text(recipient, "Action").lower() == "failed":
            status = STATUS.match(_text(recipient, "Status"))
            # The address as we wrote it, where the report knows it: behind it may stand where it was forwarded to.
            address = ADDRESS.match(_text(recipient, "Original-Recipient")) or ADDRESS.match(
                _text(recipient, "Final-Recipient")
            )
            if status and address:
                yield Bounce(address[1], status[0], is_permanent=status[0].startswith("5"))


def _text(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()
