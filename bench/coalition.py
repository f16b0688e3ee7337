"""The coalition of the benchmark: one large section, one with thirty cases, ten between them, and a secretariat."""

import secrets
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from caseflow.features.accounts.passwords import Passwords
from caseflow.models import Role, SectionKind
from caseflow.setting_values import ARGON2_PROFILES

PASSWORD = "four unrelated words here"
LARGE_SHARE = 0.4
SMALL_CASES = 30
STATES = ("ES", "EC", "FI", "SI", "FR", "AR", "BE", "IT", "PT", "KH", "NG", "UY")


def new_id(chance: Random) -> UUID:
    """Return a random id from a repeatable source."""
    return UUID(int=chance.getrandbits(128), version=4)


@dataclass(eq=False)
class Office:
    """One section and its people."""

    id: UUID
    code: str
    state: str
    share: float
    """Of all cases; the small section has a number instead."""
    workers: list[UUID] = field(default_factory=list)
    coordinator: UUID | None = None


@dataclass
class Coalition:
    """All sections and accounts, and the sessions that the benchmark signs in with."""

    offices: list[Office]
    users: list[tuple[UUID, str, str]] = field(default_factory=list)
    """Id, address, name."""
    memberships: list[tuple[UUID, UUID, Role]] = field(default_factory=list)
    tokens: dict[UUID, str] = field(default_factory=dict)
    password_hash: str = ""

    @property
    def large(self) -> Office:
        """The section with four of ten cases."""
        return self.offices[0]

    @property
    def small(self) -> Office:
        """The section with thirty cases."""
        return self.offices[-1]


def make_coalition(chance: Random, cases: int) -> Coalition:
    """Return the coalition for a number of cases."""
    middle = len(STATES) - 2
    shares = [LARGE_SHARE, *[(1 - LARGE_SHARE) / middle] * middle, 0.0]
    offices = [
        Office(new_id(chance), f"{state}{number}", state, share)
        for number, (state, share) in enumerate(zip(STATES, shares, strict=True))
    ]
    coalition = Coalition(offices, password_hash=Passwords(ARGON2_PROFILES["strong"]).hash(PASSWORD))
    for office in offices:
        office.coordinator = _add(coalition, chance, office, Role.SECTION_COORDINATOR)
        hands = max(2, int(cases * office.share / 500))
        office.workers = [_add(coalition, chance, office, Role.CASEWORKER) for _ in range(min(hands, 60))]
    return coalition


def _add(coalition: Coalition, chance: Random, office: Office, role: Role) -> UUID:
    user, number = new_id(chance), len(coalition.users)
    coalition.users.append((user, f"person{number}@example.org", f"Zoë Ñandú {number}"))
    coalition.memberships.append((user, office.id, role))
    coalition.tokens[user] = secrets.token_urlsafe(32)
    return user


def rows_of(coalition: Coalition) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows by table, in the order of `seed.COLUMNS`."""
    return {
        "section": [
            (office.id, office.code, f"Section {office.code}", SectionKind.SECTION.value, "UTC", "t")
            for office in coalition.offices
        ],
        "app_user": [(*user, coalition.password_hash, "en", "t") for user in coalition.users],
        "membership": [
            (UUID(int=user.int ^ office.int, version=4), user, office, role.value)
            for user, office, role in coalition.memberships
        ],
    }
