"""Passwords: Argon2id (RFC 9106), no composition rules, common passwords refused (NIST SP 800-63B, section 5.1.1.2)."""

import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Semaphore
from typing import Protocol

from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import hash_secret

from caseflow.errors import Invalid

FEWEST_CHARACTERS = 12
MOST_CHARACTERS = 200
FEWEST_OF_A_WORD = 3
"""Letters. Shorter parts of a name or an address are in many passwords by chance."""
COMMON = ("password", "123456", "qwerty", "letmein", "caseflow", "welcome", "admin", "abc123", "iloveyou")
"""Prefixes of the passwords that are guessed first."""


class Cost(Protocol):
    """The cost of one Argon2 hash; memory in KiB."""

    @property
    def time_cost(self) -> int: ...  # noqa: D102 - the protocol's docstring says it
    @property
    def memory_cost(self) -> int: ...  # noqa: D102 - the protocol's docstring says it
    @property
    def parallelism(self) -> int: ...  # noqa: D102 - the protocol's docstring says it


@dataclass
class Passwords:
    """Hashes and checks passwords at a given cost.

    A hash takes 64 MiB and a tenth of a second of all cores, so only a few are computed at once. Strange devices have one
    turn, and people that are known have turns of their own, so that they never wait behind guesses.
    """

    cost: Cost
    _hasher: PasswordHasher = field(init=False)
    _of_strangers: Semaphore = field(default_factory=lambda: Semaphore(1), init=False)
    _of_known_people: Semaphore = field(default_factory=lambda: Semaphore(2), init=False)

    def __post_init__(self) -> None:
        self._hasher = PasswordHasher(self.cost.time_cost, self.cost.memory_cost, self.cost.parallelism)

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        with self._of_known_people:
            return self._hasher.hash(password)

    def hash_with(self, salt: str | None, password: str, *, is_known: bool) -> str:
        """Return the hash of a password with the salt and cost of a stored one, as `caseflow_account_to_sign_in` gives them.

        Without them (unknown account) it takes as long, and the hash is nobody's.
        """
        if salt is None:
            salt = self._salt_of_nobody()
        known = extract_parameters(f"{salt}${'A' * 43}")
        with self._of_known_people if is_known else self._of_strangers:
            hashed = hash_secret(
                password.encode(),
                b64decode(salt.rpartition("$")[2] + "=="),
                time_cost=known.time_cost,
                memory_cost=known.memory_cost,
                parallelism=known.parallelism,
                hash_len=self._hasher.hash_len,
                type=known.type,
                version=known.version,
            )
        return hashed.decode()

    def _salt_of_nobody(self) -> str:
        cost, salt = self.cost, b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        return f"$argon2id$v=19$m={cost.memory_cost},t={cost.time_cost},p={cost.parallelism}${salt}"


def refuse_weak(password: str, field_name: str = "password", *, own_words: Iterable[str] = ()) -> None:
    """Refuse a password that is too short, too long or easy to guess.

    `own_words` are what others know of the person: address, name, sections. A password that has little else is refused.

    Raises:
        Invalid: with a message for the field.
    """
    if len(password) < FEWEST_CHARACTERS:
        raise Invalid(
            "The password is too short.",
            {field_name: "Use at least %(fewest)s characters. Four unrelated words are good."},
            values={"fewest": FEWEST_CHARACTERS},
        )
    if len(password) > MOST_CHARACTERS:
        raise Invalid(
            "The password is too long.",
            {field_name: "Use at most %(most)s characters."},
            values={"most": MOST_CHARACTERS},
        )
    plain = password.casefold()
    if len(set(plain)) < FEWEST_CHARACTERS // 2 or plain.startswith(COMMON):
        raise Invalid(
            "The password is easy to guess.",
            {field_name: "This is one of the first passwords that are tried. Choose another."},
        )
    if _left_after(plain, own_words) < FEWEST_CHARACTERS // 2:
        raise Invalid(
            "The password is easy to guess.",
            {field_name: "Others know your address, your name and your organisation. Choose something else."},
        )


def _left_after(plain: str, own_words: Iterable[str]) -> int:
    """Return how many letters and digits a password has beside the words, their parts, and the words with their signs left out."""
    words = {word.casefold() for word in own_words}
    parts = {part for word in words for part in re.split(r"[\W_]+", word)}
    joined = {_letters(word) for word in words}
    rest = _letters(plain)
    for known in sorted(joined | parts, key=len, reverse=True):
        if len(known) >= FEWEST_OF_A_WORD:
            rest = rest.replace(known, "")
    return len(rest)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
