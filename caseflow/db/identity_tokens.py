"""Keyed digests by which a person is found by name, phone, number or email, while none of these can be read anywhere.

A digest is HMAC-SHA256 with a key derived from the key ring, over section, field and normal form, so that equal names of two
sections have different digests. Normal forms fold case, accents, blanks and spellings as search does (`db.searching.plain`); a name
is found by its words in any order.
"""

import hmac
import re
from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from itertools import islice, product
from typing import Final
from uuid import UUID

from caseflow.db.sealing import KeyRing
from caseflow.db.searching import WORD, plain


class IdentityField(StrEnum):
    """What somebody may be found by; or, the last two, be recognised by when they are recorded twice."""

    NAME = "name"
    PHONE = "phone"
    NUMBER = "number"
    EMAIL = "email"
    WHOLE_NAME = "whole_name"
    BIRTH_DATE = "birth_date"


ASKED_FOR: Final = (IdentityField.NAME, IdentityField.PHONE, IdentityField.NUMBER, IdentityField.EMAIL)
TOKEN_BYTES: Final = 16
SHORTEST_WORD: Final = 2
"""Letters of a word of a name. Initials would find half of the people."""
PHONE_DIGITS: Final = 9
"""A phone number is compared by its last digits: with and without the codes of country and area it is the same."""
SHORTEST_PHONE: Final = 6
MOST_SPELLINGS: Final = 8
"""Of a whole name, each word of which may have two."""
_PURPOSE: Final = b"caseflow identity token"
_UMLAUTS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "å": "aa", "Å": "aa"}
)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")


def words_of_name(name: str) -> list[frozenset[str]]:
    """Return the words of a name in their normal forms. A word with an umlaut has two: Müller is muller and mueller."""
    found = []
    for part in name.split():
        forms = [WORD.findall(plain(spelling)) for spelling in (part, part.translate(_UMLAUTS))]
        for spellings in zip(*forms, strict=False):
            word = frozenset(one for one in spellings if len(one) >= SHORTEST_WORD)
            if word:
                found.append(word)
    return found


def possible_names(text: str) -> dict[str, frozenset[str]]:
    """Return the words of a text that may be part of a name, each with its normal forms.

    These are the words without a small letter at the beginning: capitalised ones, and all of scripts without capitals.
    """
    words = dict.fromkeys(word for word in _LETTERS.findall(text) if not word[0].islower())
    return {word: forms[0] for word in words if len(forms := words_of_name(word)) == 1}


def normal_forms(field: IdentityField, value: str) -> list[frozenset[str]]:
    """Return what a value is found by: all must match, each by one of its forms. Empty where the value is too short."""
    if field is IdentityField.NAME:
        return words_of_name(value)
    if field is IdentityField.WHOLE_NAME:
        return _whole_name(value)
    if field is IdentityField.BIRTH_DATE:
        return [frozenset({value.strip()})] if value.strip() else []
    if field is IdentityField.EMAIL:
        return [frozenset({value.strip().casefold()})] if value.strip() else []
    if field is IdentityField.PHONE:
        digits = "".join(char for char in plain(value) if char.isdigit())
        return [frozenset({digits[-PHONE_DIGITS:]})] if len(digits) >= SHORTEST_PHONE else []
    number = _NOT_ALPHANUMERIC.sub("", plain(value))
    return [frozenset({number})] if number else []


def _whole_name(name: str) -> list[frozenset[str]]:
    """Return the normal forms of a name as a whole, whatever the order of its words; none for a single word, which many share."""
    words = [sorted(word) for word in words_of_name(name)]
    if len(words) < 2:  # noqa: PLR2004 - one word
        return []
    return [frozenset(" ".join(sorted(one)) for one in islice(product(*words), MOST_SPELLINGS))]


def token(keys: KeyRing, key_id: str, section_id: UUID, field: IdentityField, form: str) -> bytes:
    """Return the digest of a normal form under one key of the ring."""
    derived = hmac.digest(keys.keys[key_id], _PURPOSE, sha256)
    return hmac.digest(derived, b"\0".join((section_id.bytes, field.value.encode(), form.encode())), sha256)[
        :TOKEN_BYTES
    ]


def stored_tokens(keys: KeyRing, section_id: UUID, field: IdentityField, value: str) -> set[bytes]:
    """Return the digests that are stored for a value, under the current key."""
    return {token(keys, keys.current, section_id, field, form) for form in _every(normal_forms(field, value))}


def asked_tokens(keys: KeyRing, section_id: UUID, field: IdentityField, value: str) -> list[frozenset[bytes]]:
    """Return the digests to ask for, as `normal_forms` does: under every key of the ring, until all rows have the current one."""
    return [
        frozenset(token(keys, key_id, section_id, field, form) for key_id in keys.keys for form in forms)
        for forms in normal_forms(field, value)
    ]


def _every(forms: Iterable[frozenset[str]]) -> set[str]:
    return {form for one in forms for form in one}
