"""Every sentence of findings and clocks is in every catalogue: over all examples, and over many random documents."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from caseflow.languages import language_of
from caseflow.law import Findings, InvalidFacts, assess, load_register, read_facts
from caseflow.law.sentences import Items, Value, places, write_sentence
from caseflow.translations import compile_catalogues, read_catalogue
from deploy import messages
from tests.law.oracle.generator import DocumentGenerator

EXAMPLES = sorted((Path(__file__).parents[1] / "law/examples/facts").rglob("*.json"))
RANDOM = 1500
EQUAL = {"the {name}", "{gap} ({procedure})", "the State"}
"""Messages whose words may be the same in another language, or that have none."""
SAID_IN = {found.path for found in messages.said_of_law(messages.ROOT)}
"""The modules that give messages to `say`."""


def answers() -> Iterator[Findings]:
    states = load_register()
    for example in EXAMPLES:
        facts = read_facts(json.loads(example.read_text("utf-8")))
        yield assess(facts, facts.on or date(2018, 1, 15), states)
    generator = DocumentGenerator("sentences")
    for _ in range(RANDOM):
        document, on = generator.document()
        facts = valid(document)
        if facts is not None:
            yield assess(facts, on, states)


def valid(document: dict[str, Any]) -> Any:
    try:
        return read_facts(document)
    except InvalidFacts:
        return None


def sentences() -> dict[str, Any]:
    """Return one sentence for each message that is said, also inside others."""
    found: dict[str, Any] = {}
    for answer in answers():
        for finding in answer.findings:
            collect((*finding.because, *finding.settles), found)
        for clock in answer.clocks:
            collect(clock.because, found)
    return found


def collect(value: Value, found: dict[str, Any]) -> None:
    if isinstance(value, Items):
        for each in value.values:
            collect(each, found)
    elif isinstance(value, tuple):
        for sentence in value:
            if sentence.message not in found:
                found[sentence.message] = sentence
            for _, each in sentence.values:
                collect(each, found)


@pytest.mark.parametrize("language", sorted(messages.catalogues()))
def test_every_message_of_findings_is_translated_and_written_in_the_language(language: str) -> None:
    compile_catalogues()
    catalogue = read_catalogue(messages.catalogues()[language])
    translated = {message.id: str(message.string) for message in catalogue if isinstance(message.id, str)}
    found = sentences()
    assert [message for message in found if not translated.get(message)] == []
    spoken = language_of(language)
    same = {each.message for each in found.values() if write_sentence(each, spoken) == write_sentence(each)}
    assert same - EQUAL == set()


@pytest.mark.parametrize("language", sorted(messages.catalogues()))
def test_every_translation_has_the_places_of_its_message(language: str) -> None:
    catalogue = read_catalogue(messages.catalogues()[language])
    law = [m for m in catalogue if isinstance(m.id, str) and any(path in SAID_IN for path, _ in m.locations)]
    assert len(law) > len(SAID_IN)
    assert [m.id for m in law if not m.string or places(m.id) != places(str(m.string))] == []


@pytest.mark.parametrize("planted", ['say(f"{court} decided.")', 'say("The court " + verb)', "say(sentence)"])
def test_a_message_built_at_run_time_is_refused(planted: str) -> None:
    with pytest.raises(messages.NotLiteralError, match=r"rule\.py:1: write the sentence as a literal"):
        list(messages.messages_of_law("rule.py", planted))


def test_a_message_is_collected_with_its_places() -> None:
    (found,) = messages.messages_of_law("rule.py", 'say("{court} decided {day:on}.", court=court, day=day)')
    assert found.ids == "{court} decided {day:on}."
