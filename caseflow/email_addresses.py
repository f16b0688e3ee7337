"""Email addresses as people type them: checked before they are stored, and brought into the same form when they are looked up.

Only what mail can be sent to and a person can sign in with is accepted: one bare address in ASCII, a domain in other
scripts as its ASCII form (IDNA). No name server is asked.
"""

import unicodedata

from caseflow.errors import Invalid

LONGEST = 254
"""RFC 5321, section 4.5.3.1.3."""


def checked_address(typed: str) -> str:
    """Return an address as it is stored.

    Raises:
        Invalid: it is not one address that every mail server takes; the sentence says why.
    """
    address, reason = _validated(typed.strip())
    if address is None:
        raise Invalid(
            "%(email)s is not an email address that can be used here. %(reason)s",
            {"email": "Enter it in the form name@example.org."},
            values={"email": "".join(_visible(sign) for sign in typed[: LONGEST + 1]), "reason": reason},
        )
    return address


def address_key(typed: str) -> str:
    """Return the form in which two ways to type one address are equal. Any text has one, so that nothing is refused here."""
    address, _ = _validated(typed.strip())
    return (address or typed.strip()).lower()


def _validated(typed: str) -> tuple[str | None, str]:
    """Return the address, or None and the reason in English, as the command line shows it."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - only some processes need it

    if len(typed) > LONGEST:
        return None, f"It has {len(typed)} characters; an address has at most {LONGEST}."
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as error:
        return None, str(error)
    return found.ascii_email, ""


def _visible(sign: str) -> str:
    """Return a sign, or its code point where a screen would show nothing or move the rest of the line."""
    return f"<U+{ord(sign):04X}>" if unicodedata.category(sign)[0] == "C" else sign
