"""The cookie of a device that has signed in before, after OWASP's "Slow Down Online Guessing Attacks with Device Cookies".

It holds a random number for each account that signed in with this browser, signed together with the account and its
generation of devices. Nothing is stored of it. A new generation (new password, sessions ended everywhere) makes all earlier
ones worthless. It opens nothing: whoever has it may only guess apart from strangers.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

from itsdangerous import BadSignature, TimestampSigner

MOST_ACCOUNTS: Final = 5
"""People who share a browser. The cookie of one more forgets the one who signed in first."""
NOBODY: Final = UUID(int=0)
LINK_LASTS: Final = timedelta(hours=24)
ENTRY: Final = re.compile(r"[\w-]{22}\.[\w-]{43}", re.ASCII)


class HasDevices(Protocol):
    """An account, as far as its devices need it."""

    @property
    def id(self) -> UUID: ...  # noqa: D102 - the protocol's docstring says it
    @property
    def device_generation(self) -> int: ...  # noqa: D102 - the protocol's docstring says it


def known_device(cookie: str, user: HasDevices | None, secret: bytes) -> str | None:
    """Return the random number of the device if its cookie knows the account, otherwise None.

    It takes as long for an account that does not exist.
    """
    found = None
    for entry in entries(cookie):
        device = entry.partition(".")[0]
        if hmac.compare_digest(entry, _entry(device, user, secret)) and user is not None:
            found = device
    return found


def entries(cookie: str) -> list[str]:
    """Return the well-formed entries of a cookie, the latest last."""
    return [entry for entry in cookie.split("~") if ENTRY.fullmatch(entry)][-MOST_ACCOUNTS:]


def remember(cookie: str, user: HasDevices, secret: bytes) -> str:
    """Return the cookie after an account has signed in. A device that it knows stays the same one."""
    return with_entry(cookie, _entry(known_device(cookie, user, secret) or secrets.token_urlsafe(16), user, secret))


def with_entry(cookie: str, entry: str) -> str:
    """Return the cookie with an entry last."""
    others = [other for other in entries(cookie) if other != entry]
    return "~".join([*others[1 - MOST_ACCOUNTS :], entry])


def link_token(user: HasDevices, secret: bytes) -> str:
    """Return the token of a link that makes another browser known, for a day. Opened twice, it is the same device."""
    return _signer(secret).sign(_entry(secrets.token_urlsafe(16), user, secret)).decode()


def entry_of_link(token: str, secret: bytes) -> str | None:
    """Return the entry for the cookie, or None if the token is not ours or too old."""
    try:
        return _signer(secret).unsign(token, max_age=int(LINK_LASTS.total_seconds())).decode()
    except BadSignature:
        return None


def _entry(device: str, user: HasDevices | None, secret: bytes) -> str:
    account, generation = (user.id, user.device_generation) if user else (NOBODY, 0)
    signed = hmac.digest(secret, f"device\n{account}\n{generation}\n{device}".encode(), "sha256")
    return f"{device}.{urlsafe_b64encode(signed).decode().rstrip('=')}"


def _signer(secret: bytes) -> TimestampSigner:
    return TimestampSigner(secret, salt="link that makes a device known")
