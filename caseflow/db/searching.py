"""How text is searched: the same normal form for what is stored and for what is asked.

`plain` writes a text in its plain form: lower case, without accents, vowel signs and invisible characters, with one form
for letters that are written in several, and with digits from 0 to 9. `vector` makes the stored words of a case from it,
and `query` the question: both are the texts of PostgreSQL's types, built here from letters and digits only, so that no text
is a syntax error and PostgreSQL's own parser, which knows some scripts only, is never asked.

A word joined by signs (`T-025/04`, `co-operation`, `d'eau`) is stored by its parts in order, and as one. Scripts that put no
blanks between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are stored as all runs of three characters.
Whoever changes the normal form raises VERSION: the next migration then rewrites what is stored.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import category, decimal, normalize

VERSION: Final = 3
SHORTEST_LOOKUP: Final = 3
"""Characters of a text that is looked for inside words. Trigram indexes can't find shorter ones."""
SHORTEST_BEGINNING: Final = 3
"""Characters from which on a word also means all words that begin so."""
LONGEST_WORD: Final = 100
"""Characters by which a word is stored and asked; PostgreSQL takes 2,046 bytes."""
LARGEST_VECTOR: Final = 900_000
"""Bytes of words and places; PostgreSQL takes 1,048,575. What comes after it is not found."""
LAST_POSITION: Final = 16_383
"""PostgreSQL counts places up to here; later words have this one."""
MOST_TERMS: Final = 60
"""Words of a question. More would only make it slow."""
RUN: Final = 3

INVISIBLE: Final = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160"
    "\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Control and format characters and all that Unicode calls ignorable: soft hyphens, joiners, marks of direction."""
STANDALONE_ACCENTS: Final = str.maketrans("\u00b4\u0384\u1fbd\u1fbf\u1ffd\u1ffe", "''''''")
"""Accents that are typed as apostrophes; decomposition would make a blank of each."""
VOWEL_SIGNS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07eb-\u07f3\u0898-\u089f\u08ca-\u08e1"
    "\u08e3-\u08ff\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Marks that people leave out: accents, vowel signs of Arabic, Hebrew and Syriac, the dot of Hindi's borrowed letters.
All other marks are part of their word, such as the vowels of Hindi, Thai or Khmer."""
SAME_LETTERS: Final = str.maketrans(
    {
        "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ə": "e",
        "ʼ": "'", "ʻ": "'", "ʽ": "'", "ʹ": "'", "ʾ": "'", "ʿ": "'", "ˈ": "'", "ꞌ": "'", "ߴ": "'",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۃ": "ه",
        "ء": "", "ـ": "", "ߺ": "",
        "ँ": "ं",
    }
)  # fmt: skip
"""Letters that are written in several ways, after decomposition: Latin letters without an accent to take off, apostrophes,
Arabic and Persian alef, yeh, kaf and heh (teh marbuta is written as heh, alef maksura as yeh, hamza is left out, and so is
the stretching of letters), the two nasal signs of Hindi."""
ARABIC_NON_JOINER: Final = re.compile("(?<=[\u0600-\u06ff])\u200c(?=[\u0600-\u06ff])")
"""Stands in Persian and Kurdish between the parts of a word, where others write a blank or nothing. In other scripts it is only
a hint for the font."""
SAME_SPELLINGS: Final = re.compile(
    "[ङञणनम]्(?:(?<=ङ्)(?=[क-घ])|(?<=ञ्)(?=[च-झ])|(?<=ण्)(?=[ट-ढ])|(?<=न्)(?=[त-ध])|(?<=म्)(?=[प-भ]))|(?<=ե)ւ"
)
"""A nasal before a consonant of its own class, which Hindi also writes as the dot (हिन्दी, हिंदी); the second letter of the Armenian
"and", which is another in capitals (Երևան, ԵՐԵՎԱՆ)."""
UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
"""Scripts that put no blanks between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""
WORD: Final = re.compile(rf"[{UNSPACED}]+|[^ \-{UNSPACED}]+")
IS_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
QUESTION: Final = re.compile(
    r"(?P<minus>(?<!\S)-)?(?:\"(?P<straight>[^\"]*)(?:\"|$)|[“„](?P<curly>[^“”„]*)[”“]|«(?P<angled>[^«»]*)»)"
    r"|(?P<or>(?<!\S)OR(?!\S))|(?P<not>(?<!\S)-(?=\w))?(?P<word>[^\s\"“„«]+|[“„«])",
    re.IGNORECASE,
)


class _Signs(dict[int, str | None]):
    """What becomes of each character: word characters stay, digits become ASCII, blanks a blank and all else a hyphen."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kind = category(sign)
        if kind == "Nd":
            meant = str(decimal(sign))
        elif kind[0] in "LMN":
            meant = sign
        else:
            meant = " " if sign.isspace() else "-"
        if code <= 0xFFFF:  # noqa: PLR2004 - the other planes are rare, and a hostile text could fill the memory with them
            self[code] = meant
        return meant


_SIGNS: Final = _Signs()


def plain(text: str) -> str:
    """Return a text in its plain form: words of letters, marks and ASCII digits, with blanks and hyphens between."""
    return INVISIBLE.sub("", text).lower().translate(_SIGNS) if text.isascii() else _plain(text)


def _plain(text: str) -> str:
    """Return the plain form of a text in any script; ASCII has nothing to be decomposed, and most words are in ASCII."""
    parted = ARABIC_NON_JOINER.sub("-", text)
    decomposed = normalize("NFKD", INVISIBLE.sub("", parted).translate(STANDALONE_ACCENTS))
    folded = normalize("NFKD", decomposed.casefold())
    bare = VOWEL_SIGNS.sub("", INVISIBLE.sub("", folded)).translate(SAME_LETTERS)
    return SAME_SPELLINGS.sub(lambda found: "վ" if found[0] == "ւ" else "ं", bare).translate(_SIGNS)


def lookup(*texts: str) -> str:
    """Return the words of texts with one blank between, to look for a part of a word in."""
    return " ".join(word for text in texts for word in WORD.findall(plain(text)))


def vector(*texts: str) -> str:
    """Return the words of texts with their places, as the text of a PostgreSQL tsvector."""
    places: dict[str, list[int]] = defaultdict(list)
    size = 0
    for word, place in _stored(texts):
        size += len(word.encode()) + 4 if word not in places else 2
        if size > LARGEST_VECTOR:
            break
        found = places[word]
        if place and len(found) < LAST_POSITION:
            found.append(min(place, LAST_POSITION))
    return " ".join(f"'{word}'" + (":" + ",".join(map(str, found)) if found else "") for word, found in places.items())


def _stored(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each word with its place; runs of unspaced scripts have the place 0."""
    place = 0
    for text in texts:
        for chunk in plain(text).split():
            words = WORD.findall(chunk)
            for word in words:
                place += 1
                if IS_UNSPACED.match(word):
                    yield from ((run, 0) for run in _runs(word))
                else:
                    yield word[:LONGEST_WORD], place
                    if short := _without_zeros(word):
                        yield short[:LONGEST_WORD], place
            if joined := _joined(words):
                yield joined, place
        place += 1  # so that no quoted words are found across two texts


def _runs(word: str) -> Iterator[str]:
    """Yield the runs of three characters that begin at each character; the last two are shorter."""
    return (word[start : start + RUN] for start in range(len(word)))


def _without_zeros(word: str) -> str:
    """Return a number without its leading zeros; empty when it has none."""
    return (word.lstrip("0") or "0") if len(word) > 1 and word[0] == "0" and word.isdecimal() else ""


def _joined(words: list[str]) -> str:
    """Return the parts of a word as one: "cooperation" for "co-operation". Empty where there is nothing to join."""
    whole = "".join(words)
    return whole if len(words) > 1 and len(whole) <= LONGEST_WORD and not IS_UNSPACED.search(whole) else ""


@dataclass(frozen=True, slots=True)
class Question:
    """What to look for: `words` is the text of a PostgreSQL tsquery, `part` stands inside a reference or place, or is empty."""

    words: str
    part: str


def question(typed: str) -> Question:
    """Return what to look for. A text without any letter or digit asks for nothing: both are empty.

    Words are all wanted, and found by their beginning. "Words in quotes", OR and -word are read as people know them from
    search engines; where they are used, words are found as they are written only.
    """
    terms = list(QUESTION.finditer(typed))[:MOST_TERMS]
    is_exact = any(term["word"] is None or term["not"] for term in terms)
    groups: list[list[str]] = [[]]
    for term in terms:
        if term["or"]:
            groups.append([])
        elif words := _term(term, is_exact=is_exact):
            groups[-1].append(f"!({words})" if term["minus"] or term["not"] else words)
    wanted = [" & ".join(group) for group in groups if group]
    part = "" if is_exact else lookup(typed)
    return Question(" | ".join(wanted), part if len(part) >= SHORTEST_LOOKUP else "")


def _term(term: re.Match[str], *, is_exact: bool) -> str:
    quoted = next((term[name] for name in ("straight", "curly", "angled") if term[name] is not None), None)
    if quoted is not None:
        return _in_order([word for chunk in plain(quoted).split() for word in WORD.findall(chunk)], is_exact=True)
    chunks = (WORD.findall(chunk) for chunk in plain(term["word"]).split())
    return " & ".join(_chunk(words, is_exact=is_exact) for words in chunks if words)


def _chunk(words: list[str], *, is_exact: bool) -> str:
    """Return the condition for a word as people write it: its parts in order, or written as one."""
    in_order = _in_order(words, is_exact=is_exact, with_short_numbers=True)
    joined = _joined(words)
    return f"({in_order} | {_word(joined, is_beginning=not is_exact)})" if joined else in_order


def _in_order(words: list[str], *, is_exact: bool, with_short_numbers: bool = False) -> str:
    """Return the condition for words that follow each other. Runs of unspaced scripts have no place: they are wanted anywhere."""
    conditions: list[str] = []
    sequence: list[str] = []
    words = words[:MOST_TERMS]
    for number, word in enumerate(words, 1):
        if IS_UNSPACED.match(word):
            conditions += [" <-> ".join(sequence)] if sequence else []
            conditions.append(_in_run(word))
            sequence = []
            continue
        one = _word(word[:LONGEST_WORD], is_beginning=not is_exact and number == len(words))
        short = _without_zeros(word) if with_short_numbers else ""
        sequence.append(f"({one} | '{short[:LONGEST_WORD]}')" if short else one)
    conditions += [" <-> ".join(sequence)] if sequence else []
    return f"({' & '.join(conditions)})" if conditions else ""


def _in_run(word: str) -> str:
    word = word[:LONGEST_WORD]
    if len(word) < RUN:
        return f"'{word}':*"
    return " & ".join(f"'{run}'" for run in _runs(word) if len(run) == RUN)


def _word(word: str, *, is_beginning: bool) -> str:
    return f"'{word}':*" if is_beginning and len(word) >= SHORTEST_BEGINNING else f"'{word}'"
