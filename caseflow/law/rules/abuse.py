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
from caseflow.law.wording import capitalized, date_text, day_text, on_date

RULE: Final = "abuse"


def assess(case: Case) -> Iterator[Finding]:
    """Find whether the same communication was filed before and nothing is new."""
    yield case.finding(RULE, _opinion(case))


def _opinion(case: Case) -> Opinion:
    facts = (case.facts.path("earlier_communications"),)
    if case.facts.earlier_communications is None:
        because = "Whether a communication was filed with the Committee before is not recorded."
        settles = ("whether a communication was filed with the Committee before",)
        return Opinion("unknown", because, facts, settles=settles)
    if not case.facts.earlier_communications:
        because = "No communication was filed with the Committee before. Abuse of other kinds can't be seen from recorded facts."
        return Opinion("met", because, facts)
    return weakest([_assess(case, each) for each in earlier_communications(case)])


def _assess(case: Case, earlier: Matter) -> Opinion:
    name = capitalized(earlier.name)
    differing = [what for what, same in earlier.same.items() if same is False]
    if differing:
        because = f"{name} was not on the same {differing[0]}."
        return Opinion("met", because, (earlier.paths[differing[0]],))
    if earlier.anything_new:
        because = f"Since {earlier.name} something is new."
        return Opinion("met", because, (earlier.paths["anything_new"],), sources=("reviewed-inadmissibility",))
    if earlier.starts is not None and earlier.begun(case.on) is False:
        because = f"{name} was filed only {on_date(earlier.starts)}, after the day of filing of this one."
        return Opinion("met", because, (earlier.paths["starts"],), dates=(earlier.starts,))
    return _repeated(case, earlier)


def _repeated(case: Case, earlier: Matter) -> Opinion:
    """Assess an earlier communication that is not recorded as different from this one, nor this one as new."""
    name = capitalized(earlier.name)
    gaps = {
        what: f"whether {earlier.name} was on the same {what}" for what, same in earlier.same.items() if same is None
    }
    if earlier.anything_new is None:
        gaps["anything_new"] = f"what is new since {earlier.name}"
    if gaps:
        because = f"{name} may have been the same communication, with nothing new in this one: that is not recorded."
        facts = tuple(earlier.paths[gap] for gap in gaps)
        return Opinion("unknown", because, facts, settles=tuple(gaps.values()))
    facts = tuple(earlier.paths[each] for each in (*earlier.same, "anything_new"))
    if earlier.starts is not None and earlier.begun(case.on) is None:
        because = f"Whether {earlier.name} came first depends on the day: it was filed {date_text(earlier.starts)}, and this is assessed for {day_text(case.on)}."
        settles = (f"the exact day on which {earlier.name} was filed",)
        return Opinion("unknown", because, (*facts, earlier.paths["starts"]), settles=settles, dates=(earlier.starts,))
    favours: Favours = "open" if earlier.status == "withdrawn" else "inadmissible"
    because = f"{name} was on the same persons, facts and rights, and nothing is new."
    if favours == "open":
        because += " It was withdrawn."
    settles = (f"what is new since {earlier.name}",)
    facts = (*facts, earlier.paths["status"])
    return Opinion("arguable", because, facts, favours, settles=settles, sources=("bad-faith",))
