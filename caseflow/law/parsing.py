"""From bytes to case facts. Whatever a file contains, the answer is facts or a list of faults, never a traceback."""

import json
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, NoReturn, TypeVar, cast, get_args, get_origin, get_type_hints

from jsonschema import Draft202012Validator, FormatChecker

from caseflow.law.consistency import inconsistencies
from caseflow.law.data import load_schema
from caseflow.law.dates import DateError, UncertainDate
from caseflow.law.facts import CaseFacts
from caseflow.law.faults import Fault, InvalidFacts
from caseflow.law.schema_errors import described, faults_of

_T = TypeVar("_T")
_LONGEST_NUMBER = 30
_NULL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""The null character as JSON escapes it, but not an escaped backslash followed by `u0000`."""


def decode(raw: bytes) -> object:
    """Parse one JSON document strictly: UTF-8, no duplicate keys, no NaN or infinity, no null characters."""
    try:
        document: object = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_reject_duplicate_keys,
            parse_constant=_reject_constant,
            parse_int=_parse_short_int,
        )
        written = json.dumps(document, ensure_ascii=False)
        written.encode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidFacts([Fault("", f"The file is not UTF-8 text: byte {error.start} can't be read.")]) from error
    except UnicodeEncodeError as error:
        raise InvalidFacts([Fault("", "A text holds half a character (an unpaired surrogate).")]) from error
    except RecursionError as error:
        raise InvalidFacts([Fault("", "The document is nested too deeply to be a file of case facts.")]) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidFacts([Fault("", f"The file is not JSON: {error.msg.removesuffix(' at')} at {where}.")]) from error
    except ValueError as error:
        raise InvalidFacts([Fault("", str(error))]) from error
    if _NULL.search(written):
        raise InvalidFacts([Fault("", "A text holds a null character: take it out.")])
    return document


def read_facts(document: object) -> CaseFacts:
    """Turn a document into facts; raise `InvalidFacts` with every fault if there are any."""
    faults = [fault for error in _validator().iter_errors(document) for fault in faults_of(error)]
    if not faults:
        left_out: set[str] = set()
        facts = _object(CaseFacts, cast("Mapping[str, Any]", document), "", left_out)
        faults = list(inconsistencies(facts))
    if faults:
        raise InvalidFacts(list({fault.path: fault for fault in reversed(faults)}.values())[::-1])
    return facts


@cache
def _validator() -> Draft202012Validator:
    formats = FormatChecker(formats=())
    formats.checks("edtf", raises=DateError)(_is_edtf)
    formats.checks("exact-day", raises=DateError)(_is_exact_day)
    return Draft202012Validator(dict(load_schema("case-facts")), format_checker=formats)


def _is_edtf(value: object) -> bool:
    return not isinstance(value, str) or bool(UncertainDate.parse(value))


def _is_exact_day(value: object) -> bool:
    if isinstance(value, str) and UncertainDate.parse(value).is_vague:
        raise DateError(f'"{value}" is not one exact day, such as 2014-01-28.', "exact", text=value)
    return True


def _object(kind: type[_T], data: Mapping[str, Any], path: str, left_out: set[str]) -> _T:
    values: dict[str, Any] = {}
    for name, key, hint in _fields(cast("Hashable", kind)):
        here = f"{path}/{key}"
        if key in data:
            values[name] = _value(hint, data[key], here, left_out)
        else:
            left_out.add(here)
    if kind is CaseFacts:
        values["left_out"] = frozenset(left_out)
    return kind(**values)


def _value(hint: Any, data: Any, path: str, left_out: set[str]) -> Any:
    if data is None or hint in (str, bool):
        return data
    if hint is UncertainDate:
        return UncertainDate.parse(data)
    if hint is date:
        return date.fromisoformat(data)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_value(inner, item, f"{path}/{place}", left_out) for place, item in enumerate(data))
    return _object(hint, data, path, left_out)


@cache
def _fields(kind: Any) -> tuple[tuple[str, str, Any], ...]:
    """Return for each field of a class that comes from the document: its name, its name there, its type without None."""
    hints = get_type_hints(kind)
    return tuple(
        (each.name, key, _without_none(hints[each.name]))
        for each in fields(kind)
        if (key := each.metadata.get("name", each.name)) is not None
    )


def _without_none(hint: Any) -> Any:
    if isinstance(hint, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def _reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(_duplicates(key for key, _ in pairs))
        raise ValueError(f"The field {described(twice)} stands twice in the same object: only one can be meant.")
    return found


def _duplicates(keys: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield key
        seen.add(key)


def _parse_short_int(digits: str) -> int:
    """Refuse long numbers before Python raises its own error; no field of the format is a number anyway."""
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("The document holds a number too long to be meant.")
    return int(digits)


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a value that JSON has.")
