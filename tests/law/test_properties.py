"""Properties of the engine, tried on random cases."""

import random
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from caseflow.law import RULES, Findings, InvalidFacts, UncertainDate, load_vocabularies
from caseflow.law.data import load_schema
from caseflow.law.sentences import write
from tests.law.building import claim, document, found, of_rule
from tests.law.oracle.generator import DocumentGenerator
from tests.law.oracle.remedies import remedies_of

WORDS = load_vocabularies()
DAYS = st.dates(date(2011, 1, 1), date(2020, 12, 31))
MAYBE = st.sampled_from([True, False, None])
NO_DEADLINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A slow machine must not make these tests fail."""
TEXT = st.sampled_from([None, "", "a reason"])


@st.composite
def dates(draw: st.DrawFn) -> str | None:
    basic = draw(DAYS).isoformat()[: draw(st.sampled_from([4, 7, 10, 10]))]
    form = draw(st.sampled_from(["{}", "{}", "{}", "{}~", "{}?", "../{}", "{}/..", None]))
    return form.format(basic) if form else None


def codes(terms: Any) -> Any:
    return st.sampled_from([None, *(term.code for term in terms)])


def objects(**fields: Any) -> Any:
    """Objects in which any field may be left out."""
    return st.fixed_dictionaries({}, optional=fields)


REMEDIES = objects(
    stage=codes(WORDS.remedy_stages), authority=TEXT, kind=codes(WORDS.remedy_kinds), decided=dates(), notified=dates(),
    outcome=codes(WORDS.outcomes), raised_right=MAYBE, could_repair=MAYBE, next_step_due=dates(),
    next_step=st.sampled_from([None, "", "CASSATION", "CONST", "EXTRA", "ask again"]),
    victims=st.sampled_from([None, [], ["v1"], ["v2"], ["v1", "v2"]]),
)  # fmt: skip
ACTS = st.one_of(
    st.fixed_dictionaries({"from": dates()}, optional={"continuing": MAYBE, "continuing_reason": TEXT}),
    st.fixed_dictionaries({"until": dates()}, optional={"continuing": MAYBE}),
)
UNUSED = objects(
    stage=codes(WORDS.remedy_stages), kind=codes(WORDS.remedy_kinds), reason=codes(WORDS.reasons_not_used),
    explanation=TEXT, documented=MAYBE,
)  # fmt: skip


def lists(of: Any) -> Any:
    return st.one_of(st.none(), st.lists(of, max_size=3))


CLAIMS = st.builds(
    lambda **fields: claim(**{**fields, "victims": ["v1", "v2"]}),
    acts=lists(ACTS), remedies=lists(REMEDIES), remedies_not_used=lists(UNUSED),
    delay=st.one_of(st.none(), objects(claimed=MAYBE, since=dates(), explanation=TEXT)),
)  # fmt: skip
CASES = st.builds(
    lambda claims, **fields: document(*({**each, "id": f"c{n}"} for n, each in enumerate(claims)), **fields),
    st.lists(CLAIMS, min_size=1, max_size=3), state=st.sampled_from(["ES", "FI", "SI", None]), lateness_reason=TEXT,
)  # fmt: skip


def resolve(facts: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        facts = facts[int(step)] if isinstance(facts, list) else facts[step]
    return facts


@NO_DEADLINE
@given(CASES, DAYS)
def test_every_finding_has_recorded_facts_and_a_reason(facts: Any, on: date) -> None:
    got = found(facts, on.isoformat())
    for finding in got.findings:
        assert finding.facts
        for pointer in finding.facts:
            resolve(facts, pointer)
        assert write(finding.because).endswith(".")
        assert write(finding.because)[0].isupper()
        assert (finding.result == "arguable") == (finding.favours is not None)
        assert (finding.result == "not_met") == (finding.cure is not None)
        assert finding.settles or finding.result in ("met", "not_met", "arguable")
        assert finding.result != "unknown" or finding.settles
    for clock in got.clocks:
        assert clock.safe_until is None or clock.arguable_until is None or clock.safe_until <= clock.arguable_until


@NO_DEADLINE
@given(CASES, DAYS, st.integers(1, 900))
def test_waiting_never_turns_the_year_from_not_met_to_met(facts: Any, on: date, days: int) -> None:
    sooner = of_rule(found(facts, on.isoformat()), "one-year")
    later = of_rule(found(facts, (on + timedelta(days=days)).isoformat()), "one-year")
    before = {(each.claim, each.victim): each.result for each in sooner}
    for each in later:
        was = before.get((each.claim, each.victim)) or before.get((each.claim, None))
        assert (was, each.result) != ("not_met", "met")


@NO_DEADLINE
@given(CASES, DAYS, st.randoms())
def test_the_order_of_claims_changes_only_the_order_of_findings(facts: Any, on: date, random: Any) -> None:
    shuffled = {**facts, "claims": random.sample(facts["claims"], len(facts["claims"]))}
    one, other = found(facts, on.isoformat()), found(shuffled, on.isoformat())
    assert sorted(
        (each.rule, str(each.claim), str(each.victim), write(each.because)) for each in one.findings
    ) == sorted((each.rule, str(each.claim), str(each.victim), write(each.because)) for each in other.findings)
    assert one.outlook == other.outlook


@NO_DEADLINE
@given(st.data(), REMEDIES, ACTS, DAYS)
def test_a_more_precise_date_never_reverses_a_result(data: Any, remedy: Any, act: Any, on: date) -> None:
    facts = document(claim(remedies=[{**remedy, "victims": None}], acts=[act]))
    objects_ = [facts["claims"][0]["remedies"][0], facts["claims"][0]["acts"][0]]
    vague = [(each, key) for each in objects_ for key in ("decided", "notified", "from", "until") if each.get(key)]
    if not vague:
        return
    coarse = {each.rule: each.result for each in found(facts, on.isoformat()).findings}
    holder, key = data.draw(st.sampled_from(vague))
    when = UncertainDate.parse(holder[key])
    first, last = max(when.earliest, date(2009, 1, 1)), min(when.latest, date(2023, 1, 1))
    holder[key] = data.draw(st.dates(first, last)).isoformat()
    assume(key != "notified" or not _notified_first(holder))
    for each in found(facts, on.isoformat()).findings:
        assert {coarse[each.rule], each.result} != {"met", "not_met"}, each.rule


SEEDS = st.integers(0, 2**32)
"""Whole documents come from the generator of the oracle; hypothesis draws its seed, so that a failure can be repeated."""
FINDINGS = Draft202012Validator(load_schema("findings"))
TIMELY = ("not_met", "unknown", "arguable", "met")


def generated(seed: int) -> tuple[dict[str, Any], date]:
    return DocumentGenerator(seed).document()


def results(findings: Findings) -> set[tuple[str, str | None, str | None, str, str | None]]:
    return {(each.rule, each.claim, each.victim, each.result, each.favours) for each in findings.findings}


@NO_DEADLINE
@given(SEEDS)
def test_every_answer_is_valid_complete_ordered_and_points_at_recorded_facts(seed: int) -> None:
    facts, on = generated(seed)
    got = found(facts, on.isoformat())
    assert list(FINDINGS.iter_errors(got.to_document())) == []
    for each in got.findings:
        for pointer in each.facts:
            resolve(facts, pointer)
    claims = [each["id"] for each in facts["claims"] or []]
    places = [(RULES.index(each.rule), claims.index(each.claim) if each.claim else -1) for each in got.findings]
    assert places == sorted(places)
    assert {each.rule for each in got.findings} == set(RULES)
    for rule in ("exhaustion", "one-year", "substantiation", "covenant-right"):
        assert {each.claim for each in of_rule(got, rule)} == set(claims or [None]), rule


@NO_DEADLINE
@given(SEEDS, st.integers(1, 800))
def test_filing_later_is_never_more_timely(seed: int, days: int) -> None:
    """If no decision and no last day of a step comes between the two days."""
    facts, on = generated(seed)
    later = on + timedelta(days=days)
    assume(all(_is_settled(each, on) for claim in facts["claims"] or [] for each in claim["remedies"] or []))
    before, after = (_by_victim(found(facts, day.isoformat()), facts) for day in (on, later))
    for place, result in after.items():
        if before[place] == "not_met":
            assert result == "not_met", place
        if before[place] != "unknown" and result != "unknown":
            assert TIMELY.index(result) <= TIMELY.index(before[place]), place


def _is_settled(remedy: dict[str, Any], on: date) -> bool:
    decided = UncertainDate.parse(remedy["decided"]) if remedy["decided"] else None
    due = UncertainDate.parse(remedy["next_step_due"]) if remedy["next_step_due"] else None
    return (decided is None or decided.latest <= on) and (due is None or due.latest < on)


def _by_victim(findings: Findings, facts: dict[str, Any]) -> dict[tuple[str | None, str | None], str]:
    everyone = [each["id"] for each in facts["victims"]]
    return {
        (each.claim, victim): each.result
        for each in of_rule(findings, "one-year")
        for victim in ([each.victim] if each.victim else everyone)
    }


@NO_DEADLINE
@given(SEEDS, SEEDS)
def test_shuffling_lists_changes_only_the_order(seed: int, how: int) -> None:
    """Remedies are shuffled only where their decisions have different exact days."""
    facts, on = generated(seed)
    shuffled, shuffler = deepcopy(facts), random.Random(how)
    for holder in (shuffled, *(shuffled["claims"] or [])):
        for name, value in holder.items():
            if isinstance(value, list) and (name != "remedies" or _has_distinct_exact_days(value)):
                shuffler.shuffle(value)
    one, other = found(facts, on.isoformat()), found(shuffled, on.isoformat())
    assert results(one) == results(other)
    assert one.outlook == other.outlook
    assert sorted(map(_clock, one.clocks)) == sorted(map(_clock, other.clocks))


def _has_distinct_exact_days(remedies: list[dict[str, Any]]) -> bool:
    days = [each["decided"] for each in remedies]
    return len(set(days)) == len(days) and all(day and UncertainDate.parse(day).is_vague is False for day in days)


def _clock(clock: Any) -> tuple[str, ...]:
    return tuple(str(value) for name, value in clock.to_document().items() if name not in ("because", "messages"))


@NO_DEADLINE
@given(SEEDS, SEEDS)
def test_a_more_precise_date_never_reverses_a_finding(seed: int, how: int) -> None:
    facts, on = generated(seed)
    shuffler = random.Random(how)
    vague = [(holder, name) for holder, name in _dates(facts) if UncertainDate.parse(holder[name]).is_vague]
    assume(vague)
    coarse = {(each.rule, each.claim, each.victim): each.result for each in found(facts, on.isoformat()).findings}
    holder, name = shuffler.choice(vague)
    order = _orders(facts)
    when = UncertainDate.parse(holder[name])
    first, last = max(when.earliest, date(2000, 1, 1)), min(when.latest, date(2030, 1, 1))
    holder[name] = (first + timedelta(shuffler.randint(0, (last - first).days))).isoformat()
    assume(_orders(facts) == order)  # else the day contradicts the order of the list, which decided before
    assume(name != "notified" or not _notified_first(holder))
    try:
        findings = found(facts, on.isoformat()).findings
    except InvalidFacts:
        reject()  # that day is not possible together with the other dates
    for place, result in {(each.rule, each.claim, each.victim): each.result for each in findings}.items():
        was = coarse.get(place) or coarse.get((place[0], place[1], None))
        assert {was, result} != {"met", "not_met"}, place


def _notified_first(remedy: dict[str, Any]) -> bool:
    """Whether a notification is before its decision; a vague one is taken not to be."""
    decided, notified = (
        UncertainDate.parse(remedy[name]) if remedy.get(name) else None for name in ("decided", "notified")
    )
    return decided is not None and notified is not None and notified.earliest < decided.earliest


def _orders(facts: dict[str, Any]) -> list[list[int]]:
    """The order of the remedies of each claim, as positions in the document."""
    return [
        [remedies.index(each) for each in remedies_of(claim, None)]
        for claim in facts["claims"] or []
        for remedies in [claim["remedies"] or []]
    ]


def _dates(value: Any) -> list[tuple[dict[str, Any], str]]:
    names = ("from", "until", "decided", "notified", "next_step_due", "filed", "since")
    if isinstance(value, list):
        return [each for item in value for each in _dates(item)]
    if not isinstance(value, dict):
        return []
    own = [(value, name) for name in names if value.get(name)]
    return own + [each for item in value.values() for each in _dates(item)]


@NO_DEADLINE
@given(SEEDS, st.sampled_from(WORDS.evidence_kinds), st.sampled_from([None, "COURT_1", "APPEAL", "words"]))
def test_adding_evidence_never_worsens_substantiation(seed: int, kind: Any, proves: str | None) -> None:
    facts, on = generated(seed)
    before = [each.result for each in of_rule(found(facts, on.isoformat()), "substantiation")]
    for each in facts["claims"] or []:
        if each.get("evidence") is not None:
            each["evidence"].append({"kind": kind.code, "proves": proves})
    after = [each.result for each in of_rule(found(facts, on.isoformat()), "substantiation")]
    assert all(TIMELY.index(now) >= TIMELY.index(was) for was, now in zip(before, after, strict=True))
