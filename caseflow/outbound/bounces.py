"""Parses delivery status notifications (RFC 3464) of mail servers.

Anybody can send such a report to the address of the sender. Only four things are read: the failed recipient, the status
code, whether the failure is permanent, and the Message-ID of the returned mail, which only a receiver of that mail can
know. Nothing else is read, stored or logged.
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
"""Our mails have one recipient; the address may be an alias of several."""
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}", re.ASCII)
MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>", re.ASCII)
ESCAPED = re.compile(r"\+([2-7][0-9A-F])", re.ASCII)
"""An encoded character in xtext (RFC 3461, section 4), which some servers do not decode."""
ADDRESS = re.compile(r"rfc822\s*;\s*<?([^\s<>;]{3,254})>?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail server's report that a mail to an address was not delivered, with its status code."""

    address: str
    status: str
    is_permanent: bool
    message_id: str = ""
    """Of the returned mail; empty if the report does not contain it."""
    other_names: tuple[str, ...] = ()
    """Other addresses in the report for the same recipient, the most likely first."""


def bounces_in(report: bytes) -> list[Bounce]:
    """Return the failed recipients of a report; an empty list for any other mail, and for one that is too large.

    A mail that is only delayed is not a bounce. One that was given up after days (4.x.x) is one, but not permanent.
    """
    if len(report) > LARGEST_REPORT:
        return []
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(report)
    except RecursionError:  # too deeply nested parts
        return []
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return []
    parts = message.get_payload()
    returned = next(filter(None, map(_message_id, parts)), "")
    found = (bounce for part in parts for bounce in _of_part(part, returned))
    return list(dict.fromkeys(found))[:MOST_RECIPIENTS]


def _message_id(part: object) -> str:
    """Return the Message-ID of the returned mail, if the part holds its headers or the whole mail."""
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
    """Yield the bounces of a part of the report. Other parts, such as the returned mail, are not trusted."""
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
    """Return the original address first, if the report has it, and then the one it was forwarded to."""
    found = [ADDRESS.match(_text(recipient, name)) for name in ("Original-Recipient", "Final-Recipient")]
    written = [address[1] for address in found if address]
    decoded = [ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), address) for address in written[:1]]
    return list(dict.fromkeys([*written[:1], *decoded, *written[1:]]))


def _text(message: Message, name: str) -> str:
    return str(message.get(name, "")).strip()
