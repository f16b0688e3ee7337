"""What the State objected to, and what its silence means: sentences for the findings, which change no result.

On the day of filing the State has said nothing, so an assessment does not rest on its objections. Once they are recorded, the
finding of the rule at issue says when the State objected and what has to be answered. Where it did not object:
exhaustion (art. 3(1)) can be given up, openly or by silence; art. 3(2)(b) and (d) can't; the other grounds of art. 3 perhaps. On
articles 1, 2 and 4 the decisions read are silent, and so are these sentences.
Sources: CESCR 176/2020, paras. 6.6 and 6.7; 134/2019, para. 6.2; 17/2016, para. 4.4; 79/2018, para. 8.1.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from caseflow.law.case import Case
from caseflow.law.facts import StateObjection
from caseflow.law.findings import Finding
from caseflow.law.sentences import Text, note_on_approximate_dates, say

EXHAUSTION: Final = "exhaustion"
NEVER_GIVEN_UP: Final = frozenset({"facts-after-entry-into-force", "covenant-right"})
"""The rules of art. 3(2)(b) and (d)."""
PERHAPS_GIVEN_UP: Final = frozenset({"one-year", "same-matter", "substantiation", "abuse", "written-and-named"})
"""The rules of art. 3(2)(a), (c), (e), (f) and (g)."""
READINGS: Final[Mapping[str, frozenset[str]]] = {
    EXHAUSTION: frozenset({"burden", "waiver", "objection-inside"}),
    **dict.fromkeys(NEVER_GIVEN_UP | PERHAPS_GIVEN_UP, frozenset({"not-for-the-state"})),
}
"""The readings of the ruleset that are cited here, by rule."""
_ANSWER: Final = say("the answer to the objection, with documents")
_GIVEN_UP: Final = say("A State that does not object in reasonable time is taken to have given up this condition.")


class Remark(NamedTuple):
    """What a recorded objection, or silence, means. `sources` are keys of the ruleset's readings."""

    because: Text
    settles: Text = ()
    sources: tuple[str, ...] = ()


def with_objections(case: Case, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with what the State objected to; unchanged where nobody recorded whether it did."""
    if case.facts.state_objections is None:
        return tuple(findings)
    until_then = [
        (number, each)
        for number, each in enumerate(case.facts.state_objections)
        if each.raised is None or each.raised.earliest <= case.on
    ]
    return tuple(_with_remarks(case, finding, until_then) for finding in findings)


def remark_on(objection: StateObjection) -> Remark:
    """Return what has to be answered of an objection; of one to exhaustion also whether it names a remedy."""
    if objection.ground != EXHAUSTION:
        return Remark((), _ANSWER)
    if objection.names_remedy:
        because = say(
            "It named a remedy that is left: show that it was used, or why it was not available or could not help."
        )
        return Remark(because, _ANSWER, ("burden",))
    if objection.names_remedy is None:
        because = say("Whether it named a remedy that is left is not recorded.")
        settles = _ANSWER + say("whether the State named a remedy that is left and said why it works")
        return Remark(because, settles, ("burden", "waiver"))
    because = say(
        "It named no remedy that is left: a State that does not do so in reasonable time is taken to have given up the objection."
    )
    return Remark(because, _ANSWER, ("burden", "waiver"))


def remark_on_silence(rule: str, *, has_other_objections: bool) -> Remark | None:
    """Return what it means that no objection on the ground of a rule is recorded; None where no text read decides it."""
    if rule == EXHAUSTION and has_other_objections:
        because = _GIVEN_UP + say("The Committee may still find the objection inside another one.")
        return Remark(because, sources=("waiver", "objection-inside"))
    if rule == EXHAUSTION:
        return Remark(_GIVEN_UP, sources=("waiver",))
    if rule in NEVER_GIVEN_UP:
        because = say("The State can't give up this condition: the Committee applies it without being asked.")
        return Remark(because, sources=("not-for-the-state",))
    if rule in PERHAPS_GIVEN_UP:
        because = say("A State may perhaps give up this condition; whether it did is for a lawyer.")
        return Remark(because, sources=("not-for-the-state",))
    return None


def _with_remarks(case: Case, finding: Finding, objections: Sequence[tuple[int, StateObjection]]) -> Finding:
    """Return a finding with what was objected on its ground, or else what silence means if it is not met."""
    raised = [(number, each) for number, each in objections if each.ground == finding.rule]
    for number, each in raised:
        finding = _with_objection(case, finding, number, each)
    silence = remark_on_silence(finding.rule, has_other_objections=bool(objections))
    if raised or finding.result == "met" or silence is None:
        return finding
    because = say("No objection of the State on this ground is recorded.") + silence.because
    return _with(case, finding, silence._replace(because=because), (case.facts.path("state_objections"),))


def _with_objection(case: Case, finding: Finding, number: int, objection: StateObjection) -> Finding:
    names = ("ground", "raised", "names_remedy") if objection.ground == EXHAUSTION else ("ground", "raised")
    facts = tuple(case.facts.path("state_objections", number, name) for name in names)
    remark = remark_on(objection)
    if objection.raised is None:
        because = say("The State objected to this; the day is not recorded.") + remark.because
    else:
        because = say("The State objected to this {raised:on}.", raised=objection.raised) + remark.because
        because += note_on_approximate_dates((objection.raised,))
    return _with(case, finding, remark._replace(because=because), facts)


def _with(case: Case, finding: Finding, remark: Remark, facts: tuple[str, ...]) -> Finding:
    """Return a finding with a remark; its result and its cure stay as they are."""
    sources = (case.register.ruleset.readings[key] for key in remark.sources)
    return finding._replace(
        because=finding.because + remark.because,
        settles=tuple(dict.fromkeys(finding.settles + remark.settles)),
        facts=tuple(dict.fromkeys((*finding.facts, *facts))),
        sources=tuple(dict.fromkeys((*finding.sources, *sources))),
    )
