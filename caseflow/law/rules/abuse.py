"""`abuse`: whether the communication abuses the right of submission.

Provision: OP-ICESCR art. 3(2)(f): an abuse of the right to submit a communication is inadmissible.
Reading: of what is usually called abuse (withheld or false facts, abusive language, great delay, filing the same again)
the case facts show only the last. The rest is for the people who read the file; delay is a matter of `one-year`.
Filing again is no abuse when something is new: new facts, a new decision, or the ground of inadmissibility gone.
Met: no communication was filed with the Committee before; or each earlier one was on other persons, facts or rights,
was filed after the day, or something is new since.
Not met: never. Nothing in the case facts proves an abuse by itself.
Arguable: the same persons, facts and rights were put to the Committee before, and nothing is new (leans inadmissible;
open where the earlier communication was withdrawn).
Unknown: it is not recorded whether there was an earlier communication, whether it was on the same persons, facts and
rights, or whether anything is new.
Sources: the text of art. 3(2)(f); on filing again after a ground has gone, the rules of procedure.
"""

from collections.abc import Iterator
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.findings import Favours, Finding
from caseflow.law.matter import Matter, earlier_communications
from caseflow.law.sentences import fill, joined, say

RULE: Final = "abuse"
_NOT_THE_SAME: Final = {
    "persons": say("{earlier:first} was not on the same persons."),
    "facts": say("{earlier:first} was not on the same facts."),
    "rights": say("{earlier:first} was not on the same rights."),
}
_WHETHER_THE_SAME: Final = {
    "persons": say("whether {earlier} was on the same persons"),
    "facts": say("whether {earlier} was on the same facts"),
    "rights": say("whether {earlier} was on the same rights"),
}


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the same communication was filed before and nothing is new."""
    yield case.finding(RULE, _opinion(case))


def _opinion(case: Case) -> Opinion:
    facts = (case.facts.path("earlier_communications"),)
    if case.facts.earlier_communications is None:
        because = say("Whether a communication was filed with the Committee before is not recorded.")
        settles = say("whether a communication was filed with the Committee before")
        return Opinion("unknown", because, facts, settles=settles)
    if not case.facts.earlier_communications:
        because = say(
            "No communication was filed with the Committee before. Abuse of other kinds can't be seen from recorded facts."
        )
        return Opinion("met", because, facts)
    return weakest([_assess(case, each) for each in earlier_communications(case)])


def _assess(case: Case, earlier: Matter) -> Opinion:
    differing = [what for what, same in earlier.same.items() if same is False]
    if differing:
        because = fill(_NOT_THE_SAME[differing[0]], earlier=earlier.name)
        return Opinion("met", because, (earlier.paths[differing[0]],))
    if earlier.anything_new:
        because = say("Since {earlier} something is new.", earlier=earlier.name)
        return Opinion("met", because, (earlier.paths["anything_new"],), sources=("reviewed-inadmissibility",))
    if earlier.starts is not None and earlier.begun(case.on) is False:
        because = say(
            "{earlier:first} was filed only {filed:on}, after the day of filing of this one.",
            earlier=earlier.name,
            filed=earlier.starts,
        )
        return Opinion("met", because, (earlier.paths["starts"],), dates=(earlier.starts,))
    return _repeated(case, earlier)


def _repeated(case: Case, earlier: Matter) -> Opinion:
    """Assess an earlier communication that is not recorded as different from this one, nor this one as new."""
    what_is_new = say("what is new since {earlier}", earlier=earlier.name)
    gaps = {
        what: fill(_WHETHER_THE_SAME[what], earlier=earlier.name) for what, same in earlier.same.items() if same is None
    }
    if earlier.anything_new is None:
        gaps["anything_new"] = what_is_new
    if gaps:
        because = say(
            "{earlier:first} may have been the same communication, with nothing new in this one: that is not recorded.",
            earlier=earlier.name,
        )
        facts = tuple(earlier.paths[gap] for gap in gaps)
        return Opinion("unknown", because, facts, settles=joined(gaps.values()))
    facts = tuple(earlier.paths[each] for each in (*earlier.same, "anything_new"))
    if earlier.starts is not None and earlier.begun(case.on) is None:
        because = say(
            "Whether {earlier} came first depends on the day: it was filed {filed:on}, and this is assessed for {day}.",
            earlier=earlier.name,
            filed=earlier.starts,
            day=case.on,
        )
        settles = say("the exact day on which {earlier} was filed", earlier=earlier.name)
        return Opinion("unknown", because, (*facts, earlier.paths["starts"]), settles=settles, dates=(earlier.starts,))
    favours: Favours = "open" if earlier.status == "withdrawn" else "inadmissible"
    because = say(
        "{earlier:first} was on the same persons, facts and rights, and nothing is new.", earlier=earlier.name
    )
    if favours == "open":
        because += say("It was withdrawn.")
    facts = (*facts, earlier.paths["status"])
    return Opinion("arguable", because, facts, favours, settles=what_is_new, sources=("bad-faith",))
