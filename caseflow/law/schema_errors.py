"""Turns errors of JSON Schema validation into faults with plain sentences."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from jsonschema.exceptions import ValidationError

from caseflow.law.faults import Fault

_KINDS = {"string": "text", "boolean": "true or false", "array": "a list", "object": "an object", "null": "null"}
_LONGEST_SHOWN = 60
_FORMS = {"^[A-Z]{2}$": "is not a code of two capital letters (ISO 3166-1), such as ES"}


def faults_of(error: ValidationError) -> Iterator[Fault]:
    """Turn one error of the validator into faults: one for each unknown or missing field, otherwise a single one."""
    path = "".join(f"/{escaped(step)}" for step in error.absolute_path)
    schema: Any = error.schema
    instance: Any = error.instance
    limit: Any = error.validator_value
    if error.validator == "additionalProperties":
        for key in instance:
            if key not in schema["properties"]:
                yield Fault(f"{path}/{escaped(key)}", "There is no such field in this format.")
    elif error.validator == "required":
        for key in limit:
            if key not in instance:
                yield Fault(f"{path}/{escaped(key)}", "This field is needed.")
    elif error.validator == "format":
        yield Fault(path, str(error.cause))
    else:
        say = _SENTENCES.get(str(error.validator), _form)
        yield Fault(path, say(instance, limit))


def described(value: object) -> str:
    """Return a value for use in a sentence: objects and lists are only named, long texts are cut."""
    if isinstance(value, dict | list):
        return "This object" if isinstance(value, dict) else "This list"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"


def escaped(step: str | int) -> str:
    """Return one step of a JSON pointer, escaped (RFC 6901), and shortened if it is very long."""
    return str(step)[:200].replace("~", "~0").replace("/", "~1")


def _type(value: object, limit: Any) -> str:
    kinds = [limit] if isinstance(limit, str) else limit
    return f"{described(value)} should be {' or '.join(_KINDS[kind] for kind in kinds)}."


def _enum(value: object, limit: Any) -> str:
    return f"{described(value)} is not one of {', '.join(json.dumps(each) for each in limit)}."


def _form(value: object, limit: Any) -> str:
    return f"{described(value)} {_FORMS.get(limit, f'does not have the form {limit}')}."


_SENTENCES: Final[Mapping[str, Callable[[object, Any], str]]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda value, limit: f"{described(value)} should be {json.dumps(limit)}.",
    "maxItems": lambda value, limit: (
        f"The list holds {len(cast('Sequence[object]', value))}: more than {limit} can't be assessed."
    ),
    "uniqueItems": lambda _value, _limit: "The list names something twice.",
    "minLength": lambda _value, _limit: "The text is empty.",
    "maxLength": lambda _value, limit: f"The text is longer than {limit} characters.",
}
