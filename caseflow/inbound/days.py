"""Days as files write them: as ISO 8601, with the name of the month, or in the order of a country.

`05/02/2013` is 5 February in most countries and May 2 in the United States. A whole column decides: one day beyond 12 settles
the order. Where none does, a date is refused rather than guessed.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.errors import Invalid
from caseflow.law.dates import MONTHS

NOTHING: Final = frozenset({"", "-", "\u2013", "\u2014", "n/a", "null", "none"})
"""What lists write for "no day", in lower case."""
MIDNIGHT: Final = r"(?:[T ]+(?:0?0:00(?::00(?:\.0+)?)?Z?|12:00(?::00)? ?AM))?"
YEAR_FIRST: Final = re.compile(rf"(\d{{4}})(?:-(\d\d)-(\d\d)|([/.]) ?(\d\d?)\4 ?(\d\d?)\.?){MIDNIGHT}", re.ASCII)
LOCAL: Final = re.compile(rf"(\d\d?)([/.-]) ?(\d\d?)\2 ?(\d{{4}}){MIDNIGHT}", re.ASCII)
DAY_OF_NAMED_MONTH: Final = re.compile(r"(\d\d?)[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", re.ASCII)
NAMED_MONTH_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.? (\d\d?),? (\d{4})", re.ASCII)
MARKED: Final = re.compile(
    r"(?P<day>.*\d{4})(?: ?\(?[A-Za-z]{1,2}\)?)?(?: ?[\u00b9\u00b2\u00b3\u2070-\u2079*]+| ?\[\d+\]| \d{1,2}(?:, ?\d{1,2})*)?"
)
"""A day with the letter of the act as the United Nations write it (`5 Feb 2013 a`), and figures of footnotes."""
SHORT_YEAR: Final = re.compile(r"\d\d?([/.-]) ?\d\d?\1 ?\d\d|\d\d?[ -][A-Za-z]{3,9}[ -]\d\d", re.ASCII)
SERIAL: Final = re.compile(r"\d{5}(?:[.,]0+)?", re.ASCII)
"""Days since 1900, as a spreadsheet program writes a date that is formatted as a number."""
LAST_MONTH: Final = 12


class DayOrder(StrEnum):
    """Which comes first in `05/02/2013`."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def order_of(column: Iterable[str]) -> DayOrder | None:
    """Return the order of day and month that the dates of a column show; None if none shows it, or they contradict."""
    shown = {
        DayOrder.DAY_FIRST if first > LAST_MONTH else DayOrder.MONTH_FIRST
        for first, second in filter(None, map(_figures, column))
        if (first > LAST_MONTH) != (second > LAST_MONTH)
    }
    return shown.pop() if len(shown) == 1 else None


def read_day(written: str, order: DayOrder | None) -> date | None:
    """Return the day in a cell; None if there is none.

    Args:
        written: the cell.
        order: of its column.

    Raises:
        Invalid: it is not one certain day; the sentence says how to write it.
    """
    text = " ".join(written.split())
    if text.casefold() in NOTHING:
        return None
    marked = MARKED.fullmatch(text)
    bare = marked["day"] if marked else text
    try:
        found = _year_first(bare) or _named(bare) or _local(bare, order)
    except ValueError:
        found = None
    if found is not None:
        return found
    shown = {"day": text[:40]}
    if SHORT_YEAR.fullmatch(bare):
        raise Invalid('The year of "%(day)s" has two digits. Enter it with four, for example 2013-10-03.', values=shown)
    if SERIAL.fullmatch(bare):
        raise Invalid(
            '"%(day)s" is a date as spreadsheet programs count it. Format the column as a date (2013-10-03) and save again.',
            values=shown,
        )
    raise Invalid('"%(day)s" is not a date. Enter it in the form 2013-10-03 or 3 Oct 2013.', values=shown)


def _year_first(text: str) -> date | None:
    if not (match := YEAR_FIRST.fullmatch(text)):
        return None
    return date(int(match[1]), int(match[2] or match[5]), int(match[3] or match[6]))


def _named(text: str) -> date | None:
    if match := DAY_OF_NAMED_MONTH.fullmatch(text):
        day, name, year = match.groups()
    elif match := NAMED_MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    months = [n for n, known in enumerate(MONTHS, 1) if _is_name_of(name.casefold(), known.casefold())]
    return date(int(year), months[0], int(day)) if months else None


def _is_name_of(written: str, month: str) -> bool:
    return month.startswith(written) or (written == "sept" and month.startswith("sep"))


def _local(text: str, order: DayOrder | None) -> date | None:
    if not (match := LOCAL.fullmatch(text)):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if order is None and first != second and max(first, second) <= LAST_MONTH:
        raise Invalid(
            '"%(day)s" can be two days, and no other date of the column shows whether the day or the month comes first. Enter it as 2013-10-03, or choose the order for the whole file (in a command: --day-order).',
            values={"day": text},
        )
    is_day_first = first > LAST_MONTH if order is None else order is DayOrder.DAY_FIRST
    return date(year, second, first) if is_day_first else date(year, first, second)


def _figures(text: str) -> tuple[int, int] | None:
    """Return the first two numbers of a date in the order of a country."""
    bare = " ".join(text.split())
    marked = MARKED.fullmatch(bare)
    match = LOCAL.fullmatch(marked["day"] if marked else bare)
    return (int(match[1]), int(match[3])) if match else None
