"""Properties of the rules on other procedures, tried on random ones."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.law import UncertainDate, load_vocabularies
from caseflow.law.sentences import write
from tests.law.building import document, found, of_rule, short

WORDS = load_vocabularies()
MAYBE = st.sampled_from([True, False, None])
BEGUN = st.sampled_from(
    [None, "2015", "2016-03", "2016-03-01", "2018-09~", "2018", "2018-09-17", "2018-09-18", "2019", "../2018"]
)
ENDED = st.sampled_from([None, "2020", "2019-01-01", "2018/.."])
SAME = {"same_persons": MAYBE, "same_facts": MAYBE, "same_rights": MAYBE}
STATUSES = st.sampled_from([None, *(term.code for term in WORDS.procedure_statuses)])
BODIES = st.sampled_from([None, *(term.code for term in WORDS.bodies)])
OTHERS = st.fixed_dictionaries(
    {},
    optional={
        "body": BODIES,
        "status": STATUSES,
        "until": ENDED,
        **SAME,
    },
)
EARLIER = st.fixed_dictionaries(
    {}, optional={"number": st.sampled_from([None, "", "1/2015"]), "filed": BEGUN, "anything_new": MAYBE,
                  "status": STATUSES.filter(lambda status: status != "general_situation"), **SAME},
)  # fmt: skip
CASES = st.builds(
    lambda others, begun, earlier: document(
        other_procedures=None if others is None else [{**each, **begun} for each in others],
        earlier_communications=earlier,
    ),
    st.one_of(st.none(), st.lists(OTHERS, max_size=3)),
    st.fixed_dictionaries(
        {}, optional={"from": st.sampled_from([None, "2015", "2016-03", "2018-09~", "2018", "../2018"])}
    ),
    st.one_of(st.none(), st.lists(EARLIER, max_size=3)),
)
DATED = st.builds(
    lambda **other: document(other_procedures=[{**other, **dict.fromkeys(SAME, True)}]),
    body=st.sampled_from(["ECTHR", "CCPR", "CESCR"]), status=st.sampled_from(["pending", "examined", "withdrawn"]), until=ENDED,
    **{"from": st.sampled_from(["2015", "2018-09~", "2018", "../2018"])},
)  # fmt: skip
"""Documents with one fully recorded procedure, in which only the dates are vague."""
NO_DEADLINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
BOTH = ("same-matter", "abuse")
LISTS = ("other_procedures", "earlier_communications")


def answers(facts: Any) -> dict[str, str]:
    findings = found(facts)
    return {rule: short(of_rule(findings, rule)[0]) for rule in BOTH}


@NO_DEADLINE
@given(CASES)
def test_every_finding_names_facts_that_the_document_has(facts: Any) -> None:
    for rule in BOTH:
        (finding,) = of_rule(found(facts), rule)
        assert finding.facts
        for pointer in finding.facts:
            place: Any = facts
            for step in pointer.split("/")[1:]:
                place = place[int(step)] if isinstance(place, list) else place[step]
        assert (finding.result == "arguable") == (finding.favours is not None)
        assert (finding.result == "not_met") == (finding.cure is not None)
        assert finding.settles or finding.result in ("met", "not_met")
        assert write(finding.because)[0].isupper()
        assert write(finding.because).endswith(".")


@NO_DEADLINE
@given(CASES, st.randoms())
def test_the_order_of_procedures_changes_no_answer(facts: Any, random: Any) -> None:
    shuffled = {**facts, **{name: facts[name] and random.sample(facts[name], len(facts[name])) for name in LISTS}}
    assert answers(facts) == answers(shuffled)


@NO_DEADLINE
@given(st.data(), st.one_of(DATED, CASES))
def test_a_more_precise_date_never_reverses_an_answer(data: Any, facts: Any) -> None:
    dated = [
        (each, key)
        for name in LISTS
        for each in facts[name] or ()
        for key in ("from", "until", "filed")
        if each.get(key)
    ]
    if not dated:
        return
    coarse = answers(facts)
    holder, key = data.draw(st.sampled_from(dated))
    when = UncertainDate.parse(holder[key])
    first = max(when.earliest, UncertainDate.parse("2014").earliest)
    begun = holder.get("from") if key == "until" else None
    first = max(first, UncertainDate.parse(begun).latest) if begun else first
    last = min(when.latest, UncertainDate.parse("2021").latest)
    holder[key] = data.draw(st.dates(min(first, last), last)).isoformat()
    finer = answers(facts)
    assert all({coarse[rule], finer[rule]} != {"met", "not_met"} for rule in BOTH)
