"""Form fields for dates: three boxes that may each stay empty, because the exact day is often not known.

What was typed is kept unchanged when it can't be parsed, and the message is shown at the boxes with the error.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any, Final, cast

from babel.dates import get_month_names
from wtforms import Field, RadioField
from wtforms.utils import unset_value
from wtforms.widgets import TextInput

from caseflow.days import check_year
from caseflow.db.searching import INVISIBLE, plain
from caseflow.law.dates import MONTHS, Bound, DateError, UncertainDate
from caseflow.web.dates import show_date
from caseflow.web.texts import gettext, lazy_gettext, page_locale
from caseflow.web.widgets import DateBoxes

PARTS: Final = ("day", "month", "year")
LABELS: Final = {"day": lazy_gettext("Day"), "month": lazy_gettext("Month"), "year": lazy_gettext("Year")}
WIDTHS: Final = {"day": "govuk-input--width-2", "month": "govuk-input--width-4", "year": "govuk-input--width-4"}
BOUNDS: Final = (
    ("exact", lazy_gettext("exactly")),
    ("about", lazy_gettext("about")),
    ("not_before", lazy_gettext("not before")),
    ("not_after", lazy_gettext("not after")),
)
YEAR_DIGITS: Final = 4
LONGEST_MONTH: Final = 31
SHORTEST_MONTH: Final = 3
"""Letters that tell the months apart."""
MONTH_LOCALES: Final = ("en", "en_AU", "en_CA", "es", "es_PE", "es_UY", "es_MX")
"""In these, CLDR has all the forms of English and Spanish: Sept and Sept., septiembre and setiembre, set. and sept."""
RADIOS_IN_A_LINE: Final = {"params": {"classes": "govuk-radios--small govuk-radios--inline"}}
HOUR: Final = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """The content of the boxes, exactly as typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    bound: str = "exact"

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was entered. A bound without a date is not empty: the date is then asked for."""
        return not (self.day.strip() or self.month.strip() or self.year.strip()) and self.bound == "exact"


@dataclass(frozen=True)
class Box:
    """One box, for the template."""

    part: str
    label: str
    width: str
    typed: str
    is_faulty: bool


class UnreadableBoxError(ValueError):
    """Some boxes can't be parsed. `parts` names them."""

    def __init__(self, message: str, *parts: str) -> None:
        super().__init__(message)
        self.parts = frozenset(parts)


class UncertainDateField(Field):
    """A date with its precision and bound; its data is `UncertainDate | None`.

    Implausible years are refused, unless it `takes_any_year`: a limit of a list is no date of a file.
    """

    widget = DateBoxes()
    has_bound = True

    def __init__(self, label: str | None = None, validators: list[Any] | None = None, **options: Any) -> None:
        self.takes_any_year = options.pop("takes_any_year", False)
        super().__init__(label, validators, **options)
        self.typed = Typed()
        self.data: Any = None
        self._parts_at_fault: frozenset[str] = frozenset()

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Fill the boxes from the object, or from the submitted form."""
        super().process(None, data, extra_filters)
        names = [f"{self.name}-{part}" for part in PARTS]
        if formdata is None or not any(name in formdata for name in names):
            self.typed = self._boxes_of(self.data)
            return
        bound = formdata.get(f"{self.name}-bound") or "exact"
        day, month, year = (formdata.get(name) or "" for name in names)
        self.typed = Typed(day, month, year, bound if self.has_bound else "exact")
        self.raw_data = [] if self.typed.is_empty else [f"{self.typed.bound} {day} {month} {year}"]
        self.data = None
        if not self.typed.is_empty:
            try:
                self.data = self._read(self.typed)
            except UnreadableBoxError as error:
                self._parts_at_fault = error.parts
                self.process_errors = [*self.process_errors, str(error)]

    @property
    def bounds(self) -> Sequence[tuple[str, Any]]:
        """Return the choices of how exact the date is."""
        return BOUNDS if self.has_bound else ()

    @property
    def boxes(self) -> list[Box]:
        """Return the three boxes. When a rule refuses the whole date, all three are marked."""
        faulty = (self._parts_at_fault or frozenset(PARTS)) if self.errors else frozenset()
        return [Box(part, str(LABELS[part]), WIDTHS[part], getattr(self.typed, part), part in faulty) for part in PARTS]

    @property
    def error_id(self) -> str:
        """Return the id of the first box at fault, for the link in the summary."""
        return f"{self.id}-{next((box.part for box in self.boxes if box.is_faulty), PARTS[0])}"

    @property
    def understood(self) -> str:
        """Return how the date that was sent was understood; nothing before it was sent, or when it was not."""
        return show_date(self.data) if self.raw_data and self.data is not None else ""

    def _boxes_of(self, value: Any) -> Typed:
        if not isinstance(value, UncertainDate):
            return Typed()
        return Typed(str(value.day or ""), str(value.month or ""), f"{value.year:04}", value.bound)

    def _read(self, typed: Typed) -> Any:
        when = read_boxes(typed)
        problems: dict[str, str] = {}
        if not self.takes_any_year:
            check_year(problems, "year", when)
        for part, sentence in problems.items():
            raise UnreadableBoxError(gettext(sentence), part)
        return when


class DayField(UncertainDateField):
    """An exact day; its data is `datetime.date | None`."""

    has_bound = False

    def _boxes_of(self, value: Any) -> Typed:
        return Typed(str(value.day), str(value.month), f"{value.year:04}") if isinstance(value, date) else Typed()

    def _read(self, typed: Typed) -> date:
        empty = [part for part in PARTS if not getattr(typed, part).strip()]
        if empty:
            raise UnreadableBoxError(gettext("Enter the day, the month and the year."), *empty)
        return cast("UncertainDate", super()._read(typed)).earliest


class HourField(Field):
    """A time of day in 24-hour notation; its data is `datetime.time | None`."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Parse 14:30, 14.30 or 14; text that can't be parsed stays in the box."""
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            found = HOUR.fullmatch(typed)
            if found is None:
                raise ValueError(gettext("Enter a time from 00:00 to 23:59, for example 14:30."))
            self.data = time(int(found[1]), int(found[2] or 0))


def read_boxes(typed: Typed) -> UncertainDate:
    """Return the date in the boxes.

    Raises:
        UnreadableBoxError: with a sentence and the boxes that are wrong.
    """
    day, month, year = (INVISIBLE.sub("", text).strip() for text in (typed.day, typed.month, typed.year))
    wrong: dict[str, str] = {}
    if day and not (day.isdecimal() and len(day) <= len("31")):
        wrong["day"] = gettext("The day must be a number from 1 to 31.")
    month_number = _month(month) if month else None
    if day and not month:
        wrong["month"] = gettext("Enter the month as well, or leave the day empty.")
    elif month and month_number is None:
        wrong["month"] = gettext("Enter the month as a number from 1 to 12, or by its name.")
    if not year:
        wrong["year"] = gettext("Enter the year, even if the day or the month is not known.")
    elif not year.isdecimal() or len(year) != YEAR_DIGITS:
        wrong["year"] = gettext("The year must have 4 digits, for example 2013.")
    # Where only the day is impossible, `build` says how many days the month has.
    if wrong and day and "day" not in wrong and not 1 <= int(day) <= LONGEST_MONTH:
        wrong = {"day": gettext("The day must be a number from 1 to 31."), **wrong}
    if wrong:
        raise UnreadableBoxError(" ".join(wrong.values()), *wrong)
    if typed.bound not in dict(BOUNDS):
        raise UnreadableBoxError(gettext("Choose how exact the date is from the list."))
    try:
        return UncertainDate.build(int(year), month_number, int(day) if day else None, cast("Bound", typed.bound))
    except DateError as error:
        raise _unreadable(error) from error


def _month(text: str) -> int | None:
    """Return the month that is written as a number, or by its name: at least three letters, in any language of the pages.

    None if it can't be read.
    """
    if text.isdecimal():
        if len(text) <= len("12") and 1 <= int(text) <= len(MONTHS):
            return int(text)
    elif len(begun := _plain(text)) >= SHORTEST_MONTH:
        meant = {number for name, number in _month_names(str(page_locale())) if name.startswith(begun)}
        if len(meant) == 1:
            return meant.pop()
    return None


@cache
def _month_names(page: str) -> frozenset[tuple[str, int]]:
    """Return the names of months with their numbers: in the page's language, and in English and Spanish as countries write them."""
    found: set[tuple[str, int]] = set()
    for locale in (page, *MONTH_LOCALES):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = cast("Mapping[int, str]", get_month_names(width, context, locale))
                found.update((_plain(name), number) for number, name in names.items())
    return frozenset(found)


def _plain(name: str) -> str:
    return plain(name).strip(" -")


def _unreadable(error: DateError) -> UnreadableBoxError:
    """Return the error in the page's language."""
    if error.code == "day":
        values = error.values
        number, year = cast("int", values["month"]), cast("int", values["year"])
        month = show_date(UncertainDate(year, number))
        sentence = gettext(
            "There is no day %(day)s in %(month)s: it has %(days)s days.",
            day=values["day"],
            month=month,
            days=values["days"],
        )
        return UnreadableBoxError(sentence, "day")
    return UnreadableBoxError(gettext("The year must have 4 digits, for example 2013."), "year")


class YesNoField(RadioField):
    """A question with the answers yes, no and not known yet. Its data is a bool, or None for "not known yet"."""

    ANSWERS: Final = {"yes": True, "no": False, "": None}

    def __init__(self, *arguments: Any, words: Callable[[], Mapping[str, str]] | None = None, **options: Any) -> None:
        """`words` replaces the labels, by answer; without an entry for "" the question must be answered."""
        super().__init__(
            *arguments,
            **{"coerce": self._read, "choices": words or yes_no_unknown, "render_kw": RADIOS_IN_A_LINE, **options},
        )

    @classmethod
    def _read(cls, value: str | bool | None) -> bool | None:  # noqa: FBT001 - the value of the field, not a switch
        if value is None or isinstance(value, bool):
            return value
        try:
            return cls.ANSWERS[value]
        except KeyError as error:
            raise ValueError(gettext("Choose one from the list.")) from error


def yes_no_unknown() -> dict[str, str]:
    """Return the labels of a question that may stay unanswered, by answer."""
    return {"yes": gettext("Yes"), "no": gettext("No"), "": gettext("Not known yet")}
