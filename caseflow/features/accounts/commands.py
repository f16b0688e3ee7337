"""What services of accounts take."""

from dataclasses import dataclass

from caseflow.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """An attempt to sign in. `address` is the network address, if known; only a keyed hash of its network is stored."""

    email: str
    password: str
    address: str
    browser: str
    device: str = ""
    """The cookie of devices that have signed in before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A person to add, with one role in one section."""

    email: str
    name: str
    password: str
    section_code: str
    role: Role
    language: str = "en"
    is_for_coalition: bool = False
    """Whether it is meant that the role holds for the whole coalition, though it is given in one of its sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """An account to open again, with a new password and one role in one section."""

    email: str
    password: str
    section_code: str
    role: Role
    is_for_coalition: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The cases that one person owns and another is to own: in one section, or in all in which the other works.

    Sealed ones are left out unless `with_sealed`: only their owner sees them.
    """

    giver_email: str
    taker_email: str
    section_code: str | None = None
    with_sealed: bool = False
