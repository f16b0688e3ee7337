"""The packaged decisions of the Committee: complete, in known codes, and in agreement with themselves."""

import csv
import re
from collections import Counter
from dataclasses import replace
from importlib.resources import files

import pytest

from caseflow.law import RULES_OF_THE_PROTOCOL, load_register, load_vocabularies
from caseflow.law.jurisprudence import (
    DIRECTIONS,
    EXAMINED,
    MERITS_TOPICS,
    OUTCOMES_OF_KIND,
    RULE_OF_GROUND,
    WEIGHTS,
    Jurisprudence,
    deciding_holding,
    holdings_by_number,
    load_jurisprudence,
)

SYMBOL = re.compile(r"E/C\.12/\d\d/D/(\d{1,3}/20\d\d)")
GROUNDS = {"2", "3(1)", *(f"3(2)({letter})" for letter in "abcdefg"), "4"}
READ = {"full_text", "heading"}


def held_of(pack):
    return holdings_by_number(pack.communications, pack.holdings)


def codes(vocabulary: str) -> set[str]:
    return {term.code for term in getattr(load_vocabularies(), vocabulary)}


def faults(pack: Jurisprudence) -> list[str]:
    """Return what is wrong with a pack."""
    return [*faults_of_communications(pack), *faults_of_holdings(pack)]


def faults_of_communications(pack):
    found, known = [], {one.number: one for one in pack.communications}
    for name in ("number", "symbol", "serial"):
        counted = Counter(getattr(one, name) for one in pack.communications if getattr(one, name))
        found += [f"{value}: {name} twice" for value, count in counted.items() if count > 1]
    for one in pack.communications:
        own = SYMBOL.fullmatch(one.symbol or "")
        checks = {
            "state": one.state_code in load_register().states,
            "symbol": one.symbol is None or (own is not None and own[1] == one.number),
            "source": bool(SYMBOL.fullmatch(one.source)),
            "outcome": one.outcome in OUTCOMES_OF_KIND[one.kind],
            "rights": set(one.rights) <= codes("rights"),
            "violation_types": set(one.violation_types) <= codes("violation_types"),
            "groups": set(one.groups) <= codes("groups"),
            "grounds": set(one.grounds_inadmissible) <= GROUNDS and (one.outcome != "inadmissible" or one.grounds_inadmissible != ()),
            "reason": bool(one.reason_discontinued) == (one.outcome == "discontinued"),
            "read": one.text_basis not in READ or bool(one.short_name and one.topic and one.rights and one.adopted_on),
            "joined": all(one.number in known[other].joined_with for other in one.joined_with if other in known),
            "joined known": set(one.joined_with) <= known.keys(),
        }  # fmt: skip
        found += [f"{one.number}: {name}" for name, is_kept in checks.items() if not is_kept]
    return found


def faults_of_holdings(pack):
    symbols = {one.symbol for one in pack.communications}
    found = [f"{value} twice" for value, count in Counter(one.id for one in pack.holdings).items() if count > 1]
    for one in pack.holdings:
        checks = {
            "rule": one.rule in {*RULES_OF_THE_PROTOCOL, *MERITS_TOPICS},
            "symbol": one.symbol in symbols,
            "paragraph": bool(re.fullmatch(r"\d{1,2}(\.\d{1,2})?", one.paragraph)),
            "direction": one.direction in DIRECTIONS,
            "weight": one.weight in WEIGHTS,
            "sentence": one.sentence.endswith("."),
        }
        found += [f"{one.id}: {name}" for name, is_kept in checks.items() if not is_kept]
    return found


def test_the_pack_is_sound():
    assert faults(load_jurisprudence()) == []


def test_the_pack_is_complete():
    pack = load_jurisprudence()
    assert (len(pack.communications), len(pack.holdings)) == (279, 384)
    assert sum(one.text_basis in READ for one in pack.communications) == 151
    assert Counter(one.outcome for one in pack.communications) == {
        "discontinued": 215, "inadmissible": 31, "violation": 24, "unknown": 5, "no_violation": 3, "partly": 1,
    }  # fmt: skip
    assert Counter(one.direction for one in pack.holdings) == {"for_author": 244, "for_state": 104, "neutral": 36}
    assert {one.outcome for one in pack.communications} >= set(EXAMINED)


def test_every_rule_of_the_protocol_and_every_question_has_a_holding():
    assert {one.rule for one in load_jurisprudence().holdings} == {*RULES_OF_THE_PROTOCOL, *MERITS_TOPICS}


def test_no_decision_is_younger_than_the_pack_says():
    pack = load_jurisprudence()
    assert max(one.ordered_on for one in pack.communications) == pack.youngest


def test_the_version_has_the_day_and_a_digest():
    assert re.fullmatch(r"jurisprudence/\d{4}-\d\d-\d\d\.[0-9a-f]{8}", load_jurisprudence().version)


def test_a_communication_has_the_holdings_of_those_that_were_joined_with_it():
    held = held_of(load_jurisprudence())
    assert held["226/2021"]
    assert set(held["226/2021"]) == set(held["227/2021"])


@pytest.mark.parametrize(
    ("number", "wrong", "fault"),
    [
        ("5/2015", {"state_code": "XX"}, "5/2015: state"),
        ("5/2015", {"outcome": "inadmissible"}, "5/2015: outcome"),
        ("5/2015", {"rights": ("HOUSE",)}, "5/2015: rights"),
        ("5/2015", {"symbol": "E/C.12/61/D/6/2015"}, "5/2015: symbol"),
        ("226/2021", {"joined_with": ()}, "227/2021: joined"),
    ],
)
def test_a_planted_fault_of_a_communication_is_found(number, wrong, fault):
    pack = load_jurisprudence()
    rows = tuple(replace(one, **wrong) if one.number == number else one for one in pack.communications)
    assert fault in faults(replace(pack, communications=rows))


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"rule": "exhausted"}, "rule"),
        ({"paragraph": "4.3 bis"}, "paragraph"),
        ({"symbol": "E/C.12/1/D/1/2001"}, "symbol"),
    ],
)
def test_a_planted_fault_of_a_holding_is_found(wrong, fault):
    pack = load_jurisprudence()
    first, *others = pack.holdings
    assert f"{first.id}: {fault}" in faults(replace(pack, holdings=(replace(first, **wrong), *others)))


def test_every_ground_belongs_to_a_rule():
    assert RULE_OF_GROUND.keys() == GROUNDS
    assert set(RULE_OF_GROUND.values()) <= set(RULES_OF_THE_PROTOCOL)


def test_every_examined_communication_has_a_holding_that_decided_it():
    held = held_of(load_jurisprudence())
    for one in load_jurisprudence().communications:
        if one.outcome not in EXAMINED:
            continue
        found = deciding_holding(one.outcome, one.grounds_inadmissible, held[one.number])
        assert found is not None, one.number
        assert (found.direction == "for_author") == (one.outcome in {"violation", "partly"})
        if one.outcome == "inadmissible":
            assert found.rule in {RULE_OF_GROUND[ground] for ground in one.grounds_inadmissible}, one.number


def test_the_weightiest_holding_that_helped_the_winner_decided():
    first = replace(load_jurisprudence().holdings[0], rule="exhaustion", direction="for_state")
    against = replace(first, direction="for_author", weight="leading")
    single, leading = replace(first, id="A-1", weight="single"), replace(first, id="A-2", weight="leading")
    other = replace(first, id="A-0", rule="abuse", weight="leading")
    assert deciding_holding("inadmissible", ["3(1)"], [against, other, single, leading]) is leading
    assert deciding_holding("inadmissible", ["3(1)"], [against, other]) is other
    assert deciding_holding("inadmissible", ["3(1)"], [against]) is None
    assert deciding_holding("violation", [], [single, against]) is against


def test_the_duration_is_that_of_the_table():
    with (files("caseflow.law.data") / "communications.csv").open(encoding="utf-8") as table:
        written = {row["number"]: row["duration_days"] for row in csv.DictReader(table)}
    for one in load_jurisprudence().communications:
        assert str(one.duration_days or "") == written[one.number]
