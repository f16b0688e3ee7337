"""What services of accounts take."""

from dataclasses import dataclass

from caseflow.models import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """An attempt to sign in. `address` is the network address, if known; only a keyed hash of it is stored."""

    email: str
    password: str
    address: str
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A person to add, with one role in one section."""

    email: str
    name: str
    password: str
    section_code: str
    role: Role
    language: str = "en"
