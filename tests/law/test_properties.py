"""What holds for any case: tried on many made up at random."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.law import UncertainDate, load_vocabularies
from tests.law.building import claim, document, found, of_rule

WORDS = load_vocabularies()
DAYS = st.dates(date(2011, 1, 1), date(2020, 12, 31))
MAYBE = st.sampled_from([True, False, None])
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of the law."""
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


@UNHURRIED
@given(CASES, DAYS)
def test_every_finding_rests_on_facts_that_the_document_has_and_says_why(facts: Any, on: date) -> None:
    got = found(facts, on.isoformat())
    for finding in got.findings:
        assert finding.facts
        for pointer in finding.facts:
            resolve(facts, pointer)
        assert finding.because.endswith(".")
        assert finding.because[0].isupper()
        assert (finding.result == "arguable") == (finding.favours is not None)
        assert (finding.result == "not_met") == (finding.cure is not None)
        assert finding.settles or finding.result in ("met", "not_met", "arguable")
        assert finding.result != "unknown" or finding.settles
    for clock in got.clocks:
        assert clock.safe_until is None or clock.arguable_until is None or clock.safe_until <= clock.arguable_until


@UNHURRIED
@given(CASES, DAYS, st.integers(1, 900))
def test_waiting_never_turns_the_year_from_not_met_to_met(facts: Any, on: date, days: int) -> None:
    sooner = of_rule(found(facts, on.isoformat()), "one-year")
    later = of_rule(found(facts, (on + timedelta(days=days)).isoformat()), "one-year")
    before = {(each.claim, each.victim): each.result for each in sooner}
    for each in later:
        was = before.get((each.claim, each.victim)) or before.get((each.claim, None))
        assert (was, each.result) != ("not_met", "met")


@UNHURRIED
@given(CASES, DAYS, st.randoms())
def test_the_order_of_claims_changes_only_the_order_of_findings(facts: Any, on: date, random: Any) -> None:
    shuffled = {**facts, "claims": random.sample(facts["claims"], len(facts["claims"]))}
    one, other = found(facts, on.isoformat()), found(shuffled, on.isoformat())
    assert sorted((each.rule, str(each.claim), str(each.victim), each.because) for each in one.findings) == sorted(
        (each.rule, str(each.claim), str(each.victim), each.because) for each in other.findings
    )
    assert one.outlook == other.outlook


@UNHURRIED
@given(st.data(), REMEDIES, ACTS, DAYS)
def test_a_finer_date_never_turns_met_into_not_met_or_back(data: Any, remedy: Any, act: Any, on: date) -> None:
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
    for each in found(facts, on.isoformat()).findings:
        assert {coarse[each.rule], each.result} != {"met", "not_met"}, each.rule
