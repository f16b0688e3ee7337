"""Values that must stand nowhere: how they are made, how they are found in any bytes, and who may be shown which.

All values of a run contain one of three stems: a word of random letters, random digits, or a year in which nobody was born. Any
amount of bytes is searched for the stems, which is quick, and a stem that is found says which value it belongs to.
"""

import re
import string
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Any
from urllib.parse import unquote_plus

from werkzeug.test import TestResponse

from caseflow.web.drafted import ARGUMENT
from tests.pages import Pages

ADDRESSES = re.compile(rb'(?:href|action|src|formaction)="([^"]*)"')
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
LETTERS_OF_TAIL, DIGITS_OF_TAIL = 5, 4
DIGITS_BEFORE = "738"
"""Of every phone number. People are found by the nine digits behind them, which no two numbers share."""
YEAR = "1783"
KEPT, USED_DRAFT = "kept=", f"{ARGUMENT}="


class Canaries:
    """Makes values, and finds them in bytes: in any case, in UTF-8, UTF-16, base64 and hexadecimal."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.word_stem = "".join(random.choices(string.ascii_lowercase, k=9))
        self.digit_stem = "".join(random.choices("23456789", k=5))
        self.made: set[str] = set()
        """Lower-case letters with the stem before them; digits with the stem behind them; days."""
        self._search = self._searches()

    def _new(self, make: Callable[[], str]) -> str:
        while (value := make()) in self.made:
            pass
        self.made.add(value)
        return value

    def _some(self, letters: str, length: int) -> str:
        return "".join(self._random.choices(letters, k=length))

    def _word(self) -> str:
        return self._new(lambda: self.word_stem + self._some(string.ascii_lowercase, LETTERS_OF_TAIL))

    def name(self) -> str:
        """Return a first name that others have too, and another that is searched for."""
        return f"Zoë {self._word().capitalize()}"

    def word(self) -> str:
        return f"say {self._word()}"

    def number(self) -> str:
        return f"X-{self._word().upper()}-L"

    def email(self) -> str:
        return f"{self._word()}@example.org"

    def address(self) -> str:
        return f"Calle {self._word().capitalize()} 12,\n28013 Madrid"

    def phone(self) -> str:
        """Return a number of twelve digits."""
        digits = self._new(lambda: DIGITS_BEFORE + self._some(string.digits, DIGITS_OF_TAIL) + self.digit_stem)
        return f"+34 {digits}"

    def birth_date(self) -> str:
        return self._new(lambda: f"{YEAR}-{self._random.randint(1, 12):02}-{self._random.randint(1, 28):02}")

    def identity(self) -> dict[str, str]:
        """Return what the form of an identity asks for."""
        return {
            "name": self.name(), "other_names": self.name(), "email": self.email(), "address": self.address(),
            "birth_date": self.birth_date(), "number": self.number(), "phone": self.phone(),
        }  # fmt: skip

    def _searches(self) -> list[tuple[bytes, Callable[[bytes, int], str]]]:
        """Return what is looked for, and what reads the whole value where it stands. Lower case is searched for letters."""
        word, digits = self.word_stem, self.digit_stem
        length, before = len(word) + LETTERS_OF_TAIL, len(DIGITS_BEFORE) + DIGITS_OF_TAIL

        def plain(found: bytes, at: int) -> str:
            return found[at : at + length].decode(errors="replace")

        def wide(found: bytes, at: int) -> str:
            return found[at : at + 2 * length : 2].decode(errors="replace")

        def hexadecimal(_found: bytes, _at: int) -> str:
            return f"{word} in hexadecimal"

        def phone(found: bytes, at: int) -> str:
            return found[max(0, at - before) : at + len(digits)].decode(errors="replace")

        def wide_phone(found: bytes, at: int) -> str:
            return found[max(0, at - 2 * before) : at + 2 * len(digits) : 2].decode(errors="replace")

        def day(found: bytes, at: int) -> str:
            return found[at : at + len("1783-01-01")].decode(errors="replace")

        def wide_text(text: str) -> bytes:
            return b"\0".join(bytes([one]) for one in text.encode())

        return [
            (word.encode(), plain),
            (wide_text(word), wide),
            *((stem.encode().hex().encode(), hexadecimal) for stem in self._spellings()),
            (digits.encode(), phone),
            (wide_text(digits), wide_phone),
            (f"{YEAR}-".encode(), day),
        ]

    def _spellings(self) -> tuple[str, ...]:
        return self.word_stem, self.word_stem.capitalize(), self.word_stem.upper()

    def _in_base64(self) -> Iterator[bytes]:
        """Yield the letters that stand in base64 wherever the stem begins, as it is typed in all spellings above."""
        for stem in self._spellings():
            for before in range(3):  # bytes
                text = b64encode(b"\0" * before + stem.encode()).decode().rstrip("=")
                first, last = (before * 8 + 5) // 6, (before + len(stem)) * 8 // 6
                yield text[first:last].encode()

    def find(self, found: bytes) -> set[str]:
        """Return the values that stand in some bytes; of a word that nobody made, and of base64, what was found."""
        lower, values = found.lower(), set()
        for stem, whole in self._search:
            at = lower.find(stem)
            while at >= 0:
                value = whole(lower, at)
                if value in self.made or value.startswith(self.word_stem):
                    values.add(value)
                at = lower.find(stem, at + 1)
        return values | {f"base64 {one.decode()}" for one in self._in_base64() if one in found}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a person, with what they may see in it of what is sealed."""

    answer: TestResponse
    allowed: frozenset[str]

    @property
    def url(self) -> str:
        return unquote_plus(self.answer.request.full_path)

    @property
    def headers(self) -> bytes:
        return "\n".join(f"{name}: {unquote_plus(value)}" for name, value in self.answer.headers).encode()

    @property
    def body(self) -> bytes:
        return unescape(self.answer.get_data(as_text=True)).encode()

    @property
    def addresses(self) -> bytes:
        """The addresses that lead away: nobody may find a name in one, also not on a page that shows it."""
        return unquote_plus(b"\n".join(ADDRESSES.findall(self.answer.data)).decode()).encode()

    @property
    def title(self) -> bytes:
        return b"\n".join(TITLE.findall(self.answer.data))

    @property
    def name(self) -> str:
        return f"{self.answer.request.method} {self.answer.request.path} ({self.answer.status_code})"


@dataclass
class Watch:
    """Keeps all answers. Whoever typed a value may see it in the answer and in the own draft; whoever asked for an identity, on its
    pages.

    These are the only exceptions, and hold for bodies alone: not for titles, addresses and headers.
    """

    canaries: Canaries
    answers: list[Answer] = field(default_factory=list)
    of_page: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What may be shown, by the address of a person in a case, or of a note, and below it; to those in `revealed_to`."""
    revealed_to: dict[str, set[object]] = field(default_factory=lambda: defaultdict(set))
    _typed_by: dict[object, set[str]] = field(default_factory=lambda: defaultdict(set))

    def browser(self, pages: Pages) -> Pages:
        """Watch a browser, which says that it is one: then answers to forms are kept in Redis."""
        pages.client.environ_base |= {"HTTP_SEC_FETCH_MODE": "navigate", "HTTP_SEC_FETCH_SITE": "same-origin"}
        opened, who = pages.client.open, pages.actor.user_id if pages.actor else None
        typed_at: dict[str, set[str]] = defaultdict(set)

        def watched(path: str, *arguments: Any, **options: Any) -> TestResponse:
            answer = opened(path, *arguments, **options)
            here = answer.request.path
            typed = self.canaries.find(repr(options.get("data") or "").encode())
            allowed = set(typed)
            if here.startswith("/intake"):  # its steps carry what was typed in the steps before
                typed_at["/intake"] |= typed
                allowed |= typed_at["/intake"]
            elif answer.request.method == "POST":
                typed_at[here] = typed
            elif KEPT in answer.request.query_string.decode():
                allowed |= typed_at[here]
            self._typed_by[who] |= typed
            if here.startswith("/drafts/") or USED_DRAFT in answer.request.query_string.decode():
                allowed |= self._typed_by[who]
            for place, values in self.of_page.items():
                if here.startswith(place) and who in self.revealed_to[place]:
                    allowed |= values
            self.answers.append(Answer(answer, frozenset(allowed)))
            return answer

        pages.client.open = watched  # type: ignore[method-assign]  # the client calls it for every request
        return pages
