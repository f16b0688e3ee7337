"""Sentences: messages with typed values, in words of a language, and as JSON."""

import json
from datetime import date

import pytest

from caseflow.law.dates import MONTHS, UncertainDate
from caseflow.law.sentences import (
    Authority,
    Items,
    Language,
    State,
    Term,
    Value,
    document,
    from_document,
    places,
    say,
    write,
    write_each,
)

SPANISH_TEXTS = {
    "{court:first} decided {decided:on}.": "{decided:on}, {court} resolvió.",
    "{day} {month} {year}": "{day} de {month} de {year}",
    "on {date}": "El {date}",
    "the {name}": "{name}",
    "{first} and {last}": "{first} y {last}",
}
SPANISH = Language(
    "es",
    lambda message: SPANISH_TEXTS.get(message, message),
    tuple(month.lower() for month in MONTHS),
    {"ES": "España"}.get,
)


def test_a_message_is_written_with_its_values() -> None:
    text = say(
        "{court:first} decided {decided:on}.", court=Authority("Provincial Court", None), decided=date(2020, 3, 5)
    )
    assert write(text) == "The Provincial Court decided on 5 March 2020."
    assert write(text, SPANISH) == "El 5 de march de 2020, Provincial Court resolvió."


@pytest.mark.parametrize(
    ("value", "plain", "on"),
    [
        (date(2013, 10, 16), "16 October 2013", "on 16 October 2013"),
        (UncertainDate.parse("2013-10"), "October 2013", "in October 2013"),
        (UncertainDate.parse("2013"), "2013", "in 2013"),
        (UncertainDate.parse("2013~"), "about 2013", "about 2013"),
        (UncertainDate.parse("2013-10-16?"), "16 October 2013 (uncertain)", "on 16 October 2013 (uncertain)"),
        (UncertainDate.parse("2013-10%"), "about October 2013 (uncertain)", "about October 2013 (uncertain)"),
        (UncertainDate.parse("../2013-10"), "not later than October 2013", "not later than October 2013"),
        (UncertainDate.parse("2013/.."), "not earlier than 2013", "not earlier than 2013"),
    ],
)
def test_a_date_is_written_with_its_precision(value: date | UncertainDate, plain: str, on: str) -> None:
    assert write(say("{when}", when=value)) == plain
    assert write(say("{when:on}", when=value)) == on


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Authority("the Supreme Court", None), "the Supreme Court"),
        (Authority("x" * 100, None), f"the {'x' * 90}…"),
        (Authority(None, "APPEAL"), "the authority at the stage “Court of second instance”"),
        (Authority(None, None), "an authority that is not recorded"),
        (Term("remedy_stages", "no such stage"), "“no such stage”"),
        (Term("remedy_stages", "CONST"), "“Constitutional complaint”"),  # a list of remedies is no name
        (Term("remedy_stages", "CRIM"), "“Criminal complaint”"),
        (State("ES", "Spain"), "Spain"),
        (Items((1, "b", date(2020, 1, 2))), "1, b and 2 January 2020"),
        (Items(("a", "b"), "or"), "a or b"),
        (Items(("a",)), "a"),
        (say("one") + say("two"), "one two"),
        ("{braces} <b>as typed</b>", "{braces} <b>as typed</b>"),
    ],
)
def test_a_value_is_written_and_read_from_json(value: Value, words: str) -> None:
    text = say("{value}", value=value)
    assert write(text) == words
    assert from_document(json.loads(json.dumps(document(text)))) == text


def test_a_language_names_states_and_joins_items() -> None:
    assert (
        write(say("{states}", states=Items((State("ES", "Spain"), State("FR", "France")))), SPANISH)
        == "España y France"
    )


def test_the_items_of_a_text_are_written_one_by_one() -> None:
    assert write_each(say("a day") + say("{name}", name="another")) == ("a day", "another")


def test_a_message_has_named_places() -> None:
    assert places("{court:first} decided {decided:on}.") == {"court", "decided"}
    with pytest.raises(ValueError, match="expected '}'"):
        places("{court")
