"""`facts-after-entry-into-force`: whether the facts came before the Protocol bound the State.

Provision: OP-ICESCR art. 3(2)(b): facts before entry into force for the State are excluded, unless they continued after it.
Reading: facts on the day of entry into force itself count as after it. A later decision on the same facts is part of the
facts if it could have repaired the violation (2/2014), whatever it decided; where the last domestic decision came before that day, the claim is
excluded (6/2015). A decision in an extraordinary remedy that could have repaired it counts too (7/2015). For a continuing
violation the act itself must go on; effects that merely last are not enough (22/2017; not so 10/2015). An act
whose end is not known may have gone on: that is unknown, not excluded.
Met: every act began on or after the day of entry into force.
Not met: an act ended before that day, is not recorded as continuing, and no decision that could have repaired it came
after it. It can't be put right.
Arguable: an act that began before and goes on, with the reason why the act itself and not only its effects does so
(leans admissible); an act across that day (leans admissible); an earlier act on which a remedy was decided later that
could have repaired it, ordinary or extraordinary (leans admissible; open where that remedy is discretionary, or was lost by
lateness or form); acts before and acts after in one claim, the earlier as background or with a review still pending.
Unknown: a date is missing or too vague; an act has no recorded end, or is continuing without a reason, or is recorded as
continuing and as ended; a decision that could bring the claim in is still awaited, a step open, or whether it could have
repaired the violation is not recorded; the day of entry into force is not known, or no claim or act is recorded.
Sources: CESCR 2/2014, para. 9.3; 22/2017, paras. 6.5 to 6.9; 7/2015, paras. 8.3 and 8.5; 6/2015, para. 4.3; 3/2014, para. 7.4.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.dates import UncertainDate
from caseflow.law.facts import Act, Claim
from caseflow.law.findings import Favours, Finding
from caseflow.law.ladder import PROCEDURAL_DEFAULTS, Ladder, Step, assess_by_victim, untaken_next_steps
from caseflow.law.sentences import Text, authority, joined, say

RULE: Final = "facts-after-entry-into-force"
AWAITED: Final = "awaited-review"
"""Reading on a decision that is awaited and could repair; an opinion that uses it rests on such a decision alone."""
_UNDECIDED: Final = frozenset({"withdrawn", "settled"})


class _ClaimAtEntry(NamedTuple):
    """A claim, the day of entry into force, and the ladder of the victims that are assessed."""

    case: Case
    entry: date
    place: int
    claim: Claim
    ladder: Ladder


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim, or each victim where their decisions differ, whether the facts came after entry into force."""
    status = case.status
    entry = status.bound_from if status else None
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    for place, claim in case.facts.claims_by_index():
        for victim, opinion in assess_by_victim(case.ladders(place, claim), partial(_claim, case, entry, place, claim)):
            yield case.finding(RULE, opinion, claim.id, victim)


def _claim(case: Case, entry: date | None, place: int, claim: Claim, ladder: Ladder) -> Opinion:
    if entry is None:
        because = say("No day of entry into force for {state} is known to measure the facts against.", state=case.state)
        settles = say("the day on which the Protocol enters into force for {state}", state=case.state)
        return Opinion("unknown", because, (case.facts.path("state"),), settles=settles)
    if not claim.acts:
        facts = (case.facts.path("claims", place, "acts"),)
        settles = say("the acts complained of, with their dates")
        return Opinion("unknown", say("No act is recorded."), facts, settles=settles)
    at_entry = _ClaimAtEntry(case, entry, place, claim, ladder)
    opinions = [_act(at_entry, number, act) for number, act in enumerate(claim.acts)]
    inside = [each for each in opinions if each.result in ("met", "arguable")]
    outside = [each for each in opinions if each.result == "not_met"]
    awaiting = [each for each in opinions if AWAITED in each.sources]
    if inside and awaiting and len(inside) + len(outside) + len(awaiting) == len(opinions):
        return _with_awaited([*inside, *awaiting], "open" if _may_be_weak(at_entry) else "admissible")
    if inside and outside and len(inside) + len(outside) == len(opinions):
        because = joined(each.because for each in (*inside, *outside))
        return Opinion(
            "arguable",
            because + say("The earlier acts can serve as background to the later ones."),
            tuple(path for each in (*inside, *outside) for path in each.facts),
            favours="open" if all(each.favours == "open" for each in inside) else "admissible",
            settles=tuple(item for each in inside for item in each.settles),
            sources=tuple(key for each in inside for key in each.sources),
            dates=tuple(when for each in opinions for when in each.dates),
        )
    return weakest([each for each in opinions if each.result != "not_met"] or opinions)


def _may_be_weak(at_entry: _ClaimAtEntry) -> bool:
    """Return whether a decision that was perhaps taken between entry into force and the day would count only in part."""
    on = at_entry.case.on
    perhaps = [
        step.is_possibly_pending(on) and step.remedy.could_repair and _is_weak(step)
        for step in at_entry.ladder
        if step.remedy.outcome not in _UNDECIDED
    ]
    return on >= at_entry.entry and any(perhaps)


def _is_weak(step: Step) -> bool:
    """Return whether a later decision counts only in part: in a discretionary remedy, or one that was lost."""
    remedy = step.remedy
    return remedy.kind not in ("ordinary", "extraordinary") or remedy.outcome in PROCEDURAL_DEFAULTS


def _with_awaited(opinions: list[Opinion], favours: Favours) -> Opinion:
    """Combine acts after entry into force with earlier ones on which a decision is awaited: a pending review is a later event."""
    because = joined(each.because for each in opinions)
    return Opinion(
        "arguable",
        because + say("With later acts in the same claim the pending review counts already."),
        tuple(path for each in opinions for path in each.facts),
        favours=favours,
        settles=tuple(item for each in opinions for item in each.settles),
        sources=tuple(key for each in opinions for key in each.sources),
        dates=tuple(when for each in opinions for when in each.dates),
    )


def _act(at_entry: _ClaimAtEntry, number: int, act: Act) -> Opinion:  # noqa: PLR0911 - a case each
    """Assess one act: after the day of entry into force, before it, across it, continuing, or not known."""
    case, entry = at_entry.case, at_entry.entry

    def path(name: str) -> str:
        return case.facts.path("claims", at_entry.place, "acts", number, name)

    begun_before = act.start.before(entry) if act.start else None
    ended_before = act.until.before(entry) if act.until else None
    dates = tuple(when for when in (act.start, act.until) if when)
    state = case.state
    if act.start and begun_before is False:
        because = say(
            "The act began {began:on}, not before {entry}, when the Protocol entered into force for {state}.",
            began=act.start,
            entry=entry,
            state=state,
        )
        return Opinion("met", because, (path("from"),), dates=(act.start,))
    if act.until and ended_before is True:
        return _ended(at_entry, act, {name: path(name) for name in ("from", "until", "continuing")}, dates)
    if begun_before is None or act.start is None:
        settles = say("the exact day on which the act began")
        return Opinion("unknown", _beginning_not_known(act, at_entry), (path("from"),), settles=settles, dates=dates)
    began = say(
        "The act began {began:on}, before {entry}, when the Protocol entered into force for {state}.",
        began=act.start,
        entry=entry,
        state=state,
    )
    if act.until and ended_before is None and not act.continuing:
        either = _possibly_ended_before(at_entry, act, began, (path("from"), path("until")), dates)
        if either is not None:
            return either
    if act.until and ended_before is False:
        because = began + say(
            "It went on until {ended}: whether the act itself went on, and not only its effects, is for a lawyer.",
            ended=act.until,
        )
        facts, settles = (path("from"), path("until")), say("proof that the act itself went on after that day")
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("continuing",), dates=dates)
    if act.continuing and act.until is None:
        return _continuing(act, began, (path("from"), path("continuing"), path("continuing_reason")), dates)
    because = began + (
        say("Its end is not recorded, so that it may have gone on after that day or not.")
        if act.until is None
        else say(
            "Its end is known only as {date}, so that it may have gone on after that day or not.", date=act.until.edtf
        )
    )
    settles = say("the day on which the act ended (the same day, if it was done in a day)")
    return Opinion("unknown", because, (path("from"), path("until")), settles=settles, dates=dates)


def _beginning_not_known(act: Act, at_entry: _ClaimAtEntry) -> Text:
    entry, state = at_entry.entry, at_entry.case.state
    if act.start is None:
        return say(
            "It can't be said whether the act began before {entry}, when the Protocol entered into force for {state}: its"
            " beginning is not recorded.",
            entry=entry,
            state=state,
        )
    return say(
        "It can't be said whether the act began before {entry}, when the Protocol entered into force for {state}: its"
        " beginning is known only as {date}.",
        entry=entry,
        state=state,
        date=act.start.edtf,
    )


def _ended(at_entry: _ClaimAtEntry, act: Act, paths: dict[str, str], dates: tuple[UncertainDate, ...]) -> Opinion:
    """Assess an act that ended before the day of entry into force; a later decision may make it arguable."""
    assert act.until is not None
    if act.continuing:
        because = say(
            "The act is marked as continuing, but also as ended {ended:on}: one of the two is wrong.", ended=act.until
        )
        settles = say("whether the act still goes on, or the day on which it ended")
        return Opinion("unknown", because, (paths["continuing"], paths["until"]), settles=settles, dates=dates)
    entry, state = at_entry.entry, at_entry.case.state
    because = (
        say(
            "The act of {ended} came before {entry}, when the Protocol entered into force for {state}.",
            ended=act.until,
            entry=entry,
            state=state,
        )
        if act.start in (None, act.until)
        else say(
            "The act of {began} to {ended} came before {entry}, when the Protocol entered into force for {state}.",
            began=dates[0],
            ended=act.until,
            entry=entry,
            state=state,
        )
    )
    facts = tuple(paths[name] for name, when in (("from", act.start), ("until", act.until)) if when)
    return _with_later_decision(at_entry, Opinion("not_met", because, facts, dates=dates))


def _possibly_ended_before(
    at_entry: _ClaimAtEntry, act: Act, began: Text, facts: tuple[str, ...], dates: tuple[UncertainDate, ...]
) -> Opinion | None:
    """Return an arguable opinion on an act that may have ended before that day, if a later decision makes it arguable."""
    assert act.until is not None
    because = began + say(
        "Whether it went on until after that day or not is not known: its end is known only as {date}.",
        date=act.until.edtf,
    )
    saved = _with_later_decision(at_entry, Opinion("not_met", because, facts, dates=dates))
    return saved if saved.result == "arguable" else None


def _continuing(act: Act, began: Text, facts: tuple[str, ...], dates: tuple[UncertainDate, ...]) -> Opinion:
    reason = (act.continuing_reason or "").strip().rstrip(".")
    if reason:
        because = began + say("It is recorded as continuing: {reason}.", reason=reason)
        settles = say("proof that the act itself goes on, and not only its effects")
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("continuing",), dates=dates)
    because = began + say("It is recorded as continuing, but without a reason.")
    settles = say("why the act itself, and not only its effects, goes on")
    return Opinion("unknown", because, facts, settles=settles, sources=("continuing",), dates=dates)


def _with_later_decision(at_entry: _ClaimAtEntry, before: Opinion) -> Opinion:
    """Change the opinion on an act before entry into force if a later decision could have repaired it.

    Of several decisions the most favourable counts.
    """
    case, entry, steps = at_entry.case, at_entry.entry, at_entry.ladder
    awaiting = {step.place for step in untaken_next_steps(steps, at_entry.claim, case.on)}
    found = [each for step in steps if (each := _decision(case, entry, step, open_next=step.place in awaiting))]
    for result, favours in (("arguable", "admissible"), ("arguable", "open"), ("unknown", None)):
        chosen = [each for each in found if each.result == result and each.favours == favours]
        if chosen:
            later = max(chosen, key=lambda each: (each.sources == (AWAITED,), AWAITED not in each.sources))
            return later._replace(
                because=before.because + later.because,
                facts=before.facts + later.facts,
                dates=before.dates + later.dates,
            )
    if at_entry.claim.remedies is None:
        because = before.because + say("Whether a later decision could have repaired it is not known.")
        facts = (*before.facts, case.facts.path("claims", at_entry.place, "remedies"))
        return before._replace(
            result="unknown", because=because, facts=facts, settles=say("the remedies, with their dates")
        )
    decided = tuple(step.path("decided") for step in steps if step.remedy.decided)
    no_later = (
        say("So did every decision that could have repaired it, and the act is not recorded as continuing.")
        if decided
        else say("No later decision is recorded, and the act is not recorded as continuing.")
    )
    return before._replace(
        because=before.because + no_later,
        settles=say(
            "a later decision that could have repaired it, ordinary or extraordinary; or proof that the act itself, not its"
            " effects, went on"
        ),
        facts=before.facts + decided,
        cure="never",
        sources=("last-decision-before",),
        dates=before.dates + tuple(step.remedy.decided for step in steps if step.remedy.decided),
    )


def _decision(case: Case, entry: date, step: Step, *, open_next: bool) -> Opinion | None:  # noqa: PLR0911 - a case each
    """Return what a remedy means for an act before entry into force; None when it changes nothing."""
    remedy = step.remedy
    if remedy.could_repair is False or remedy.outcome in _UNDECIDED:
        return None
    open_next = open_next and not _is_over(remedy.next_step_due, case.on)
    court = authority(remedy)
    if step.is_pending(case.on) or (remedy.outcome == "no_reply" and remedy.decided is None):
        because = say(
            "{court:first} has not decided; a decision after entry into force that could repair the act brings the claim in.",
            court=court,
        )
        settles = say("the decision of {court}", court=court)
        used = (AWAITED,) if remedy.could_repair and step.is_pending(case.on) else ()
        return Opinion("unknown", because, (step.path("outcome"), step.path("decided")), settles=settles, sources=used)
    if remedy.decided is None:
        because = say("The day on which {court} decided is not recorded.", court=court)
        settles = say("the day of the decision of {court}", court=court)
        return Opinion("unknown", because, (step.path("decided"),), settles=settles)
    facts: tuple[str, ...] = (step.path("decided"),)
    dates = (remedy.decided,)
    if step.is_possibly_pending(case.on):
        because = say(
            "{court:first} decided {decided:on}, which may be after {day}.",
            court=court,
            decided=remedy.decided,
            day=case.on,
        )
        settles = say("the exact day of the decision of {court}", court=court)
        may_be_before = remedy.decided.earliest < entry
        tags = (AWAITED, "later-decision") if may_be_before else (AWAITED,)
        sources = tags if remedy.could_repair and not (may_be_before and open_next) else ()
        return Opinion("unknown", because, facts, settles=settles, sources=sources, dates=dates)
    decided_before = remedy.decided.before(entry)
    if decided_before is None:
        because = say(
            "{court:first} decided {decided:on}, which may be before that day or after it.",
            court=court,
            decided=remedy.decided,
        )
        settles = say("the exact day of the decision of {court}", court=court)
        return Opinion("unknown", because, facts, settles=settles, dates=dates)
    if decided_before and open_next:
        because = say("A further step after the decision of {court} is still open.", court=court)
        settles = say("a decision on the next step after {court}", court=court)
        return Opinion("unknown", because, (step.path("next_step"),), settles=settles, dates=dates)
    if decided_before:
        return None
    if remedy.could_repair is None:
        because = say(
            "But {court} decided on it {decided:on}; whether it could have repaired it is not recorded.",
            court=court,
            decided=remedy.decided,
        )
        settles = say("whether {court} could have repaired the violation", court=court)
        facts = (*facts, step.path("could_repair"))
        return Opinion("unknown", because, facts, settles=settles, sources=("later-decision",), dates=dates)
    because = (
        say(
            "But {court} decided on it {decided:on} in an extraordinary remedy that could have repaired it.",
            court=court,
            decided=remedy.decided,
        )
        if remedy.kind == "extraordinary"
        else say(
            "But {court} decided on it {decided:on} and could have repaired it.", court=court, decided=remedy.decided
        )
    )
    favours: Favours = "open" if _is_weak(step) else "admissible"
    cited = ("later-decision", "extraordinary") if remedy.kind == "extraordinary" else ("later-decision",)
    settles = say("a copy of the decision of {court} {decided:on}", court=court, decided=remedy.decided)
    facts = (*facts, step.path("could_repair"))
    return Opinion("arguable", because, facts, favours, settles=settles, sources=cited, dates=dates)


def _is_over(due: UncertainDate | None, on: date) -> bool:
    return due is not None and due.latest < on
