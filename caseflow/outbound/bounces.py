"""What mail servers say of mails that did not arrive: reports of delivery (RFC 3464), read with the standard library.

A report comes from anybody who can write to the address of the sender, so of all that stands in it four things are
taken: which recipient failed, with which number, whether for good, and the Message-ID of the mail that came back, which
only who had the mail can know. Nothing else is read, kept or logged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser, Parser

LARGEST_REPORT = 256 * 1024
"""Bytes. Our mails have less than two kilobytes, so a report of one is small."""
MOST_RECIPIENTS = 10
"""Our mails have one recipient; an alias over there may be several."""
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>", re.ASCII)
ESCAPED = re.compile(r"\+([2-7][0-9A-F])", re.ASCII)
"""A letter in xtext (RFC 3461, section 4), in which some servers leave the address as it was sent to them."""
ADDRESS = re.compile(r"rfc822\s*;\s*<?([^\s<>;]{3,254})>?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail server's answer that an address takes no mail: with its number, and whether it means never."""

    address: str
    status: str
    is_permanent: bool
    message_id: str = ""
    """Of the mail that came back; empty where the report does not carry it."""
    other_names: tuple[str, ...] = ()
    """Other addresses that the report gives for the same recipient, the likeliest first."""


def bounces_in(report: bytes) -> list[Bounce]:
    """Return the recipients that a report says have failed; none for any other mail, or one that is too large.

    A mail that is only late is no bounce. One that was given up after days (4.x.x) is, but not for good.
    """
    if len(report) > LARGEST_REPORT:
        return []
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(report)
    except RecursionError:  # parts within parts, a thousand deep
        return []
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return []
    parts = message.get_payload()
    returned = next(filter(None, map(_message_id, parts)), "")
    found = (bounce for part in parts for bounce in _of_part(part, returned))
    return list(dict.fromkeys(found))[:MOST_RECIPIENTS]


def _message_id(part: object) -> str:
    """Return the Message-ID of the mail that came back, from its headers or from all of it."""
    if not isinstance(part, Message):
        return ""
    payload = part.get_payload()
    if part.get_content_type() == "text/rfc822-headers" and isinstance(payload, str):
        headers = Parser(policy=policy.compat32).parsestr(payload, headersonly=True)
    elif part.get_content_type() == "message/rfc822" and isinstance(payload, list) and isinstance(payload[0], Message):
        headers = payload[0]
    else:
        return ""
    found = MESSAGE_ID.fullmatch(_text(headers, "Message-ID"))
    return found[0] if found else ""


def _of_part(part: object, returned: str) -> Iterator[Bounce]:
    """Look at the parts of the report itself only: the returned mail behind them may hold anything."""
    if not isinstance(part, Message) or part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return
    for recipient in part.get_payload():
        if isinstance(recipient, Message) and _text(recipient, "Action").lower() == "failed":
            status = STATUS.match(_text(recipient, "Status"))
            if status and (addresses := _addresses(recipient)):
                yield Bounce(
                    addresses[0],
                    status[0],
                    is_permanent=status[0].startswith("5"),
                    message_id=returned,
                    other_names=tuple(addresses[1:]),
                )


def _addresses(recipient: Message) -> list[str]:
    """Return the address as we wrote it, where the report knows it, and then where the mail may have been forwarded to."""
    found = [ADDRESS.match(_text(recipient, name)) for name in ("Original-Recipient", "Final-Recipient")]
    written = [address[1] for address in found if address]
    decoded = [ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), address) for address in written[:1]]
    return list(dict.fromkeys([*written[:1], *decoded, *written[1:]]))


def _text(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()
