"""Every sentence of the comparison of routes is in every catalogue, over all mechanisms and all example documents."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from caseflow.law import assess, load_register, read_facts
from caseflow.law.routes import RouteAssessment, RouteRegister, compare, load_acceptances
from caseflow.law.sentences import Items, Text, Value, places, say
from caseflow.translations import read_catalogue
from deploy import messages
from tests.law.routes.comparing import ALL, EVERYTHING, MECHANISMS, accepts

EXAMPLES = sorted((Path(__file__).parents[1] / "law/examples/facts").rglob("*.json"))
LISTS = (
    load_acceptances().rows,
    EVERYTHING,
    accepts(*ALL, is_accepted=False, in_force_on=None),
    accepts(*ALL, in_force_on=date(2100, 1, 1)),
    accepts(*ALL, ended_on=date(2010, 1, 1), checked_on=date(2001, 1, 1)),
)


def said(routes: Iterator[RouteAssessment]) -> dict[str, set[str]]:
    """Return every message that routes say, with the mechanisms that say it."""
    found: dict[str, set[str]] = {}
    for route in routes:
        words = (route.name, route.body, route.citation, *(block.citation for block in route.blocks))
        texts: tuple[Text, ...] = (*route.because, route.questions, route.sources, route.short, *map(say, words))
        for message in (message for text in texts for message in _messages(text)):
            found.setdefault(message, set()).add(route.code)
    return found


def _messages(value: Value) -> Iterator[str]:
    if isinstance(value, Items):
        yield from (message for each in value.values for message in _messages(each))
    elif isinstance(value, tuple):
        for message, values in value:
            yield message
            yield from (nested for _, each in values for nested in _messages(each))


def compared() -> Iterator[RouteAssessment]:
    states = load_register()
    registers = [RouteRegister.of(MECHANISMS, states, rows) for rows in LISTS]
    for example in EXAMPLES:
        facts = read_facts(json.loads(example.read_text("utf-8")))
        day = facts.on or date(2018, 1, 15)
        findings = assess(facts, day, states)
        for register in registers:
            yield from compare(facts, findings, day, register)


@pytest.mark.parametrize("language", sorted(messages.catalogues()))
def test_every_message_of_the_routes_is_translated_with_its_places(language: str) -> None:
    catalogue = read_catalogue(messages.catalogues()[language])
    translated = {message.id: str(message.string) for message in catalogue if isinstance(message.id, str)}
    found = said(compared())
    assert {code for codes in found.values() for code in codes} == set(MECHANISMS.rows)
    assert {message: codes for message, codes in found.items() if not translated.get(message)} == {}
    assert [message for message in found if places(message) != places(translated[message])] == []
