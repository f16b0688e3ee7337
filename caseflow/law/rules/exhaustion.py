"""`exhaustion`: whether all available domestic remedies were used to the end.

Provision: OP-ICESCR art. 3(1): all available domestic remedies have been exhausted, unless their application is
unreasonably prolonged.
Reading: what must be exhausted are the ordinary remedies that are linked to the facts and could have repaired the
violation, used within their time limits and forms, with the right raised in substance; in evictions those that stop or
delay it. Remedies that are unavailable, ineffective or inaccessible need not be used, but doubt alone is no excuse: the
reason must be explained, and leans inadmissible while it is not documented; once it is, the State must name the remedy left.
Discretionary remedies never have to be used. Extraordinary ones need not, where that is shown; what is an instance by its
place is one, whatever it is called. A remedy that does not suspend the act need not be awaited, where a stay was asked for
and refused. The Committee looks at remedies when it examines the case: what is open or pending is premature and may be cured
by then. What was missed or lost can't be put right. The weakest part of a claim decides. What the State objected to changes no
answer: the finding says when it did, and that a State which does not object and name a remedy in reasonable time gives it up.
Met: the last ordinary remedy was decided, with the right raised in substance, and no step is open or unexplained.
Not met: an ordinary remedy is pending, or a step is open or was not tried (premature); or one was missed, lost by
lateness or form, withdrawn, or the right was not raised (this can't be put right).
Arguable: an exception is claimed and explained (documented: leans admissible; not documented: inadmissible), also that a
pending remedy does not suspend the act; remedies are said to be prolonged (with a day: open; without: inadmissible); only
extraordinary or discretionary remedies are left (leans admissible; constitutional ones without a documented reason: open;
those that are instances by their place: inadmissible, or open while pending); a constitutional remedy was refused for its
form after an ordinary decision (open); won but not enforced (open); settled (inadmissible); the right was raised only in an
earlier remedy, or a later stage dealt with a matter that an earlier one had lost (open).
Unknown: no remedies are recorded; an outcome, a kind or a day is missing, or too vague; an exception is claimed without
an explanation; there is no reply and no day on which silence counts as refusal.
Sources: CESCR 54/2018, para. 9.2; 20/2017, para. 7.4; 61/2018, para. 7.2; 188/2020, para. 6.7; 9/2015, para. 8.3; 176/2020,
paras. 6.5 to 6.7; 134/2019, para. 6.2; 79/2018, para. 8.1.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.facts import Claim
from caseflow.law.findings import Favours, Finding
from caseflow.law.ladder import (
    INSTANCES,
    PROCEDURAL_DEFAULTS,
    STAGES_OUTSIDE_EXHAUSTION,
    Ladder,
    Step,
    assess_by_victim,
    leaning_of_non_ordinary,
    untaken_next_steps,
    unusual_remedy,
    with_decided,
    with_pending,
)
from caseflow.law.rules.not_used import has_documented_exception, is_not_ordinary, remedies_not_used
from caseflow.law.rules.pending import awaited, not_suspensive, possibly_awaited, prolonged
from caseflow.law.sentences import Term, Text, authority, fill, say

RULE: Final = "exhaustion"
_LOST: Final = {
    "withdrawn": say("The remedy before {court} was withdrawn."),
    "inadmissible_late": say("The remedy before {court} was lost because it came too late."),
    "inadmissible_form": say("The remedy before {court} was lost for its form."),
}


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim, or each victim where they used different remedies, whether remedies are exhausted."""
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    for place, claim in case.facts.claims_by_index():
        for victim, opinion in assess_by_victim(case.ladders(place, claim), partial(_assess, case, place, claim)):
            yield case.finding(RULE, opinion, claim.id, victim)


def _assess(case: Case, place: int, claim: Claim, ladder: Ladder) -> Opinion:
    ordinary = tuple(step for step in ladder if step.is_ordinary)
    if ordinary and ordinary[-1].need_not_be_awaited and ordinary[-1].is_possibly_pending(case.on):
        return _either_way(case, place, claim, ladder, ordinary[-1])
    opinions = [
        *(each for position in range(len(ordinary)) for each in _outcome(case, claim, ordinary, position)),
        *(each for step in untaken_next_steps(ladder, claim, case.on) for each in _next_step(case, claim, step)),
        *remedies_not_used(case, place, claim, ladder),
        *(
            _kind_not_known(step)
            for step in ladder
            if step.remedy.kind is None and step.remedy.could_repair is not False
        ),
        *(each for step in ladder if step.remedy.kind not in (None, "ordinary") for each in _not_ordinary(case, step)),
    ]
    if (
        ordinary
        and not any(each.cure == "in_time" for each in opinions)
        and not ordinary[-1].is_pending(case.on)
        and not ordinary[-1].is_possibly_pending(case.on)
    ):
        opinions += _right_raised(ordinary)
    if not ordinary:
        opinions += _no_ordinary(case, place, claim, ladder)
    return weakest(opinions or [_exhausted(ordinary[-1], ladder, case.on)])


def _either_way(case: Case, place: int, claim: Claim, ladder: Ladder, step: Step) -> Opinion:
    """Return the opinion on a ladder with a remedy that need not be awaited and is perhaps not decided yet."""
    opinions = [
        _assess(case, place, claim, tried) for tried in (with_pending(ladder, step), with_decided(ladder, step))
    ]
    if opinions[0].result != opinions[1].result:
        return possibly_awaited(case, step)
    # What can still be cured on one of its days is not lost for certain.
    curable = [each for each in opinions if each.cure == "in_time"]
    return weakest(curable or opinions)


def _outcome(case: Case, claim: Claim, ordinary: Ladder, position: int) -> Iterator[Opinion]:
    """Yield the opinion on the outcome of one ordinary remedy; nothing if it does not affect exhaustion."""
    step, later = ordinary[position], ordinary[position + 1 :]
    outcome, court = step.remedy.outcome, authority(step.remedy)
    if step.is_pending(case.on):
        yield not_suspensive(case, step, ordinary) or prolonged(case, step, claim.delay) or awaited(case, step)
    elif not later and step.is_possibly_pending(case.on):
        yield possibly_awaited(case, step)
    elif outcome == "withdrawn" or outcome in PROCEDURAL_DEFAULTS:
        yield from _lost_or_withdrawn(case, claim, step, (ordinary[:position], later))
    elif later:
        return
    elif outcome is None:
        because = say("The outcome before {court} is not recorded.", court=court)
        settles = say("the outcome of the remedy before {court}", court=court)
        yield Opinion("unknown", because, (step.path("outcome"),), settles=settles)
    elif outcome == "no_reply" and step.remedy.decided is None:
        because = say(
            "{court:first} has not replied, and no day is recorded on which silence counts as refusal.", court=court
        )
        settles = say("the day on which silence counts as refusal, or why the remedy is unreasonably prolonged")
        facts = (step.path("outcome"), step.path("decided"))
        silent = Opinion("unknown", because, facts, settles=settles, sources=("silence",))
        yield prolonged(case, step, claim.delay) or silent
    elif step.remedy.decided is None:
        because = say("The day on which {court} decided is not recorded.", court=court)
        settles = say("the day of the decision of {court}", court=court)
        yield Opinion("unknown", because, (step.path("decided"),), settles=settles)
    elif outcome == "settled":
        because = say("The proceedings before {court} ended in a settlement, not in a decision.", court=court)
        settles = say("why the settlement did not repair the violation")
        yield Opinion("arguable", because, (step.path("outcome"),), "inadmissible", settles=settles)
    elif outcome == "not_enforced" and step.remedy.stage != "ENFORCE" and not _is_explained(claim, "ENFORCE"):
        because = say(
            "The case was won before {court}, but the decision was not enforced, and no application for enforcement is"
            " recorded.",
            court=court,
        )
        settles = say("an application for enforcement, or why none could help")
        yield Opinion(
            "arguable", because, (step.path("outcome"),), "open", settles=settles, sources=("directly-linked",)
        )


def _lost_or_withdrawn(case: Case, claim: Claim, step: Step, around: tuple[Ladder, Ladder]) -> Iterator[Opinion]:
    """Yield the opinion on a remedy lost or withdrawn by the author; nothing if the same stage was used again later."""
    remedy, court = step.remedy, authority(step.remedy)
    earlier, later = around
    heard = [each for each in later if each.remedy.outcome not in (*PROCEDURAL_DEFAULTS, "withdrawn", None)]
    silent = next((each for each in later if each.remedy.outcome is None), None)
    if _is_explained(claim, remedy.stage) or any(each.remedy.stage == remedy.stage for each in heard):
        return
    because, facts = fill(_LOST[remedy.outcome or ""], court=court), (step.path("outcome"),)
    if step.is_lost_constitutional and _is_heard_before(case, earlier):
        because = say(
            "{court:first} refused the constitutional remedy for its form. Where the ordinary courts had decided before, the"
            " Committee has still held remedies exhausted; say which form was missed and why.",
            court=court,
        )
        is_excused = any(
            each.stage == "EXTRA" and has_documented_exception(each) for each in claim.remedies_not_used or ()
        )
        favours: Favours = "admissible" if is_excused else "open"
        settles = say("which form was missed, and why")
        yield Opinion("arguable", because, facts, favours, settles=settles, sources=("constitutional-form",))
    elif heard:
        because += say("Still, {court} dealt with the matter later.", court=authority(heard[-1].remedy))
        settles = say("whether the later remedy examined the substance all the same")
        yield Opinion("arguable", because, facts, "open", settles=settles, sources=("directly-linked",))
    elif silent is not None:
        next_court = authority(silent.remedy)
        because += say("Whether {court} dealt with the matter later is not recorded.", court=next_court)
        settles = say("the outcome of the remedy before {court}", court=next_court)
        yield Opinion("unknown", because, (*facts, silent.path("outcome")), settles=settles)
    else:
        settles = say("whether the remedy was available and effective at all, with the reason")
        yield Opinion("not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",))


def _is_heard_before(case: Case, earlier: Ladder) -> bool:
    """Return whether an ordinary remedy was decided, and not lost, before another one, which followed it."""
    ended = (*PROCEDURAL_DEFAULTS, "withdrawn", "settled", "pending")
    return any(each.remedy.outcome not in ended and not each.is_pending(case.on) for each in earlier)


def _is_explained(claim: Claim, stage: str | None) -> bool:
    return any(each.stage == stage for each in claim.remedies_not_used or ())


def _next_step(case: Case, claim: Claim, step: Step) -> Iterator[Opinion]:
    """Yield the opinion on a next step that was neither taken nor explained: it does not count, is open, or was missed."""
    if not step.is_ordinary:
        return
    wanted, due, court = step.remedy.next_step, step.remedy.next_step_due, authority(step.remedy)
    stage = Term("remedy_stages", wanted or "")
    if wanted in STAGES_OUTSIDE_EXHAUSTION:
        because = say(
            "After the decision of {court} only a remedy that does not normally count is left: {stage}.",
            court=court,
            stage=stage,
        )
        yield Opinion("arguable", because, (step.path("next_step"),), "admissible", sources=("extraordinary",))
        return
    facts = (step.path("next_step"), step.path("next_step_due"))
    dates = (due,) if due else ()
    if due is not None and due.latest < case.on:
        because = say(
            "The next step after {court}, {stage}, was open until {due} and was missed.",
            court=court,
            stage=stage,
            due=due,
        )
        settles = say("why {remedy} was not available or not effective, if so", remedy=stage)
        yield Opinion(
            "not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",), dates=dates
        )
        return
    excused = prolonged(case, step, claim.delay)
    if excused and due is not None and due.earliest < case.on:
        because = say(
            "Whether the next step after {court}, {stage}, is still open is not known: its last day is {due}.",
            court=court,
            stage=stage,
            due=due,
        )
        yield Opinion("unknown", because, facts, settles=say("the last day for {stage}", stage=stage), dates=dates)
        return
    if excused:
        yield excused
        return
    because = (
        say(
            "The next step after {court}, {stage}, is not recorded as taken; its last day is not recorded.",
            court=court,
            stage=stage,
        )
        if due is None
        else say(
            "The next step after {court}, {stage}, is not recorded as taken; its last day is {due}.",
            court=court,
            stage=stage,
            due=due,
        )
    )
    settles = say("the decision in {stage}", stage=stage)
    if due is None or due.is_vague:
        settles += say("the last day for {stage}", stage=stage)
    yield Opinion("not_met", because, facts, cure="in_time", settles=settles, dates=dates)


def _kind_not_known(step: Step) -> Opinion:
    court = authority(step.remedy)
    because = say("It is not recorded whether the remedy before {court} is ordinary.", court=court)
    settles = say("whether the remedy before {court} is ordinary", court=court)
    return Opinion("unknown", because, (step.path("kind"),), settles=settles)


def _not_ordinary(case: Case, step: Step) -> Iterator[Opinion]:
    """Yield the opinion on a remedy that is not ordinary: nothing if it was decided; a pending one is for a lawyer."""
    if step.is_possibly_pending(case.on):
        yield possibly_awaited(case, step)
    if not step.is_pending(case.on):
        return
    remedy = unusual_remedy(step)
    because = say("Only {remedy} is still pending; it does not normally prevent exhaustion.", remedy=remedy)
    favours = leaning_of_non_ordinary(step.remedy.stage)
    if step.remedy.stage in INSTANCES:
        because = say(
            "{remedy:first} is still pending; it is an instance by its place, whatever it is called.", remedy=remedy
        )
        favours = "open"
    settles = say("telling the Committee of the pending remedy when filing")
    yield Opinion("arguable", because, (step.path("kind"),), favours, settles=settles, sources=("extraordinary",))


def _right_raised(ordinary: Ladder) -> list[Opinion]:
    """Return an opinion unless the right was raised in substance in the last instance."""
    raised = [step.remedy.raised_right for step in ordinary]
    facts = tuple(step.path("raised_right") for step in ordinary)
    court = authority(ordinary[-1].remedy)
    if all(each is False for each in raised):
        because = say("The right was not raised in substance in any ordinary remedy.")
        settles = say("the page of a pleading on which the right was raised in substance, if it was")
        return [Opinion("not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",))]
    if raised[-1] is True:
        return []
    if raised[-1] is False and True in raised:
        because = say("The right was raised in an earlier remedy, but not before {court}.", court=court)
        settles = say("whether the point could still be raised before {court}", court=court)
        return [Opinion("arguable", because, facts, "open", settles=settles, sources=("directly-linked",))]
    because = say("It is not recorded whether the right was raised in substance before {court}.", court=court)
    return [Opinion("unknown", because, facts, settles=say("where the pleadings raise the right in substance"))]


def _no_ordinary(case: Case, place: int, claim: Claim, ladder: Ladder) -> list[Opinion]:
    """Return the opinion on a ladder without an ordinary remedy that could repair; nothing if one is reported as not used."""
    unused = claim.remedies_not_used or ()
    facts = (case.facts.path("claims", place, "remedies"),)
    settles = say("the ordinary remedies used, or why each was not")
    if claim.remedies is None or not (ladder or unused):
        return [Opinion("unknown", say("No domestic remedy is recorded."), facts, settles=settles)]
    if any(not is_not_ordinary(each) for each in unused) or any(step.is_possibly_ordinary for step in ladder):
        return []
    if unused or any(step.remedy.kind not in (None, "ordinary") for step in ladder):
        because = say(
            "Only extraordinary or discretionary remedies are recorded; whether ordinary ones were open is not."
        )
        return [Opinion("arguable", because, facts, "open", settles=settles, sources=("extraordinary",))]
    because = say("No remedy that could have repaired the violation is recorded.")
    return [Opinion("unknown", because, facts, settles=settles)]


def _exhausted(last: Step, ladder: Ladder, on: date) -> Opinion:
    others = [step for step in ladder[ladder.index(last) + 1 :] if step.remedy.kind not in (None, "ordinary")]
    after = next((step for step in reversed(others) if not step.is_pending(on)), None)
    decided = last.remedy.decided
    because = (
        say(
            "The ordinary remedies recorded were used to the end: the last ordinary decision is that of {court}.",
            court=authority(last.remedy),
        )
        if decided is None
        else say(
            "The ordinary remedies recorded were used to the end: the last ordinary decision is that of {court} {decided:on}.",
            court=authority(last.remedy),
            decided=decided,
        )
    )
    if after is not None:
        because += _decided_after(after)
    because += say("No ordinary step is recorded as open.")
    facts = (last.path("decided"), last.path("outcome"), last.path("next_step"))
    return Opinion("met", because, facts, sources=("directly-linked",), dates=(decided,) if decided else ())


def _decided_after(after: Step) -> Text:
    remedy, decided = unusual_remedy(after), after.remedy.decided
    if decided is None:
        return say("After it {remedy} was decided.", remedy=remedy)
    return say("After it {remedy} was decided {decided:on}.", remedy=remedy, decided=decided)
