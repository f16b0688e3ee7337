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
from caseflow.law.wording import date_text, day_text, forum, on_date

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
        because = f"There is no day of entry into force for {case.state_name} to measure the facts against."
        settles = (f"the day on which the Protocol enters into force for {case.state_name}",)
        return Opinion("unknown", because, (case.facts.path("state"),), settles=settles)
    if not claim.acts:
        facts = (case.facts.path("claims", place, "acts"),)
        return Opinion("unknown", "No act is recorded.", facts, settles=("the acts complained of, with their dates",))
    at_entry = _ClaimAtEntry(case, entry, place, claim, ladder)
    opinions = [_act(at_entry, number, act) for number, act in enumerate(claim.acts)]
    inside = [each for each in opinions if each.result in ("met", "arguable")]
    outside = [each for each in opinions if each.result == "not_met"]
    awaiting = [each for each in opinions if AWAITED in each.sources]
    if inside and awaiting and len(inside) + len(outside) + len(awaiting) == len(opinions):
        return _with_awaited([*inside, *awaiting], "open" if _may_be_weak(at_entry) else "admissible")
    if inside and outside and len(inside) + len(outside) == len(opinions):
        because = " ".join(dict.fromkeys(each.because for each in (*inside, *outside)))
        return Opinion(
            "arguable",
            f"{because} The earlier acts can stand as background to the later ones.",
            tuple(path for each in (*inside, *outside) for path in each.facts),
            favours="open" if all(each.favours == "open" for each in inside) else "admissible",
            settles=tuple(text for each in inside for text in each.settles),
            sources=tuple(key for each in inside for key in each.sources),
            dates=tuple(when for each in opinions for when in each.dates),
        )
    return weakest([each for each in opinions if each.result != "not_met"] or opinions)


def _may_be_weak(at_entry: _ClaimAtEntry) -> bool:
    """Return whether a decision that was perhaps taken between entry into force and the day would count only in part."""
    on = at_entry.case.on
    perhaps = [step for step in at_entry.ladder if step.is_possibly_pending(on) and step.remedy.could_repair]
    return on >= at_entry.entry and any(_is_weak(step) for step in perhaps)


def _is_weak(step: Step) -> bool:
    """Return whether a later decision counts only in part: in a discretionary remedy, or one that was lost."""
    remedy = step.remedy
    return remedy.kind not in ("ordinary", "extraordinary") or remedy.outcome in PROCEDURAL_DEFAULTS


def _with_awaited(opinions: list[Opinion], favours: Favours) -> Opinion:
    """Combine acts after entry into force with earlier ones on which a decision is awaited: a pending review is a later event."""
    because = " ".join(dict.fromkeys(each.because for each in opinions))
    return Opinion(
        "arguable",
        f"{because} With later acts in the same claim the pending review counts already.",
        tuple(path for each in opinions for path in each.facts),
        favours=favours,
        settles=tuple(text for each in opinions for text in each.settles),
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
    day = f"{day_text(entry)}, when the Protocol entered into force for {case.state_name}"
    if act.start and begun_before is False:
        because = f"The act began {on_date(act.start)}, not before {day}."
        return Opinion("met", because, (path("from"),), dates=(act.start,))
    if act.until and ended_before is True:
        return _ended(at_entry, act, day, {name: path(name) for name in ("from", "until", "continuing")}, dates)
    if begun_before is None or act.start is None:
        because = f"It can't be said whether the act began before {day}: its beginning is {_as_known(act.start)}."
        return Opinion(
            "unknown", because, (path("from"),), settles=("the exact day on which the act began",), dates=dates
        )
    began = f"The act began {on_date(act.start)}, before {day}"
    if act.until and ended_before is None and not act.continuing:
        either = _possibly_ended_before(at_entry, (act, began, (path("from"), path("until")), dates))
        if either is not None:
            return either
    if act.until and ended_before is False:
        because = f"{began}, and went on until {date_text(act.until)}: whether the act itself went on, and not only its effects, is for a lawyer."
        facts, settles = (path("from"), path("until")), ("proof that the act itself went on after that day",)
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("continuing",), dates=dates)
    if act.continuing and act.until is None:
        return _continuing(act, began, (path("from"), path("continuing"), path("continuing_reason")), dates)
    because = f"{began}; its end is {_as_known(act.until)}, so that it may have gone on after that day or not."
    settles = ("the day on which the act ended (the same day, if it was done in a day)",)
    return Opinion("unknown", because, (path("from"), path("until")), settles=settles, dates=dates)


def _ended(
    at_entry: _ClaimAtEntry, act: Act, day: str, paths: dict[str, str], dates: tuple[UncertainDate, ...]
) -> Opinion:
    """Assess an act that ended before the day of entry into force; a later decision may make it arguable."""
    if act.continuing:
        ended = on_date(act.until) if act.until else ""
        because = f"The act is marked as continuing, but also as ended {ended}: one of the two is wrong."
        settles = ("whether the act still goes on, or the day on which it ended",)
        return Opinion("unknown", because, (paths["continuing"], paths["until"]), settles=settles, dates=dates)
    span = " to ".join(dict.fromkeys(date_text(when) for when in dates))
    facts = tuple(paths[name] for name, when in (("from", act.start), ("until", act.until)) if when)
    return _with_later_decision(
        at_entry, Opinion("not_met", f"The act of {span} came before {day}", facts, dates=dates)
    )


_Begun = tuple[Act, str, tuple[str, ...], tuple[UncertainDate, ...]]


def _possibly_ended_before(at_entry: _ClaimAtEntry, begun: _Begun) -> Opinion | None:
    """Return an arguable opinion on an act that may have ended before that day, if a later decision makes it arguable."""
    act, began, facts, dates = begun
    because = f"{began}; whether it went on until after that day or not (its end is known only as {act.until})"
    saved = _with_later_decision(at_entry, Opinion("not_met", because, facts, dates=dates))
    return saved if saved.result == "arguable" else None


def _as_known(when: object) -> str:
    return f"known only as {when}" if when else "not recorded"


def _continuing(act: Act, began: str, facts: tuple[str, ...], dates: tuple[UncertainDate, ...]) -> Opinion:
    reason = (act.continuing_reason or "").strip().rstrip(".")
    if reason:
        because = f"{began}, and is recorded as continuing: {reason}."
        settles = ("proof that the act itself goes on, and not only its effects",)
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("continuing",), dates=dates)
    because = f"{began}, and is recorded as continuing, but without a reason."
    settles = ("why the act itself, and not only its effects, goes on",)
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
                because=f"{before.because}, {later.because}",
                facts=before.facts + later.facts,
                dates=before.dates + later.dates,
            )
    if at_entry.claim.remedies is None:
        because = f"{before.because}; whether a later decision could have repaired it is not known."
        facts = (*before.facts, case.facts.path("claims", at_entry.place, "remedies"))
        return before._replace(
            result="unknown", because=because, facts=facts, settles=("the remedies, with their dates",)
        )
    decided = tuple(step.path("decided") for step in steps if step.remedy.decided)
    every = (
        ", and so did every decision that could have repaired it" if decided else ", and no later decision is recorded"
    )
    return before._replace(
        because=f"{before.because}{every}; it is not recorded as continuing.",
        settles=(
            "a later decision that could have repaired it, ordinary or extraordinary; or proof that the act itself, not its effects, went on",
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
    name = forum(remedy)
    if step.is_pending(case.on) or (remedy.outcome == "no_reply" and remedy.decided is None):
        because = f"and {name} has not decided; a decision after entry into force that could repair the act brings the claim in."
        settles = (f"the decision of {name}",)
        used = (AWAITED,) if remedy.could_repair and step.is_pending(case.on) else ()
        return Opinion("unknown", because, (step.path("outcome"), step.path("decided")), settles=settles, sources=used)
    if remedy.decided is None:
        because = f"and the day on which {name} decided is not recorded."
        return Opinion("unknown", because, (step.path("decided"),), settles=(f"the day of the decision of {name}",))
    facts: tuple[str, ...] = (step.path("decided"),)
    dates = (remedy.decided,)
    if step.is_possibly_pending(case.on):
        because = f"and {name} decided {on_date(remedy.decided)}, which may be after {day_text(case.on)}."
        settles = (f"the exact day of the decision of {name}",)
        may_be_before = remedy.decided.earliest < entry
        tags = (AWAITED, "later-decision") if may_be_before else (AWAITED,)
        sources = tags if remedy.could_repair and not (may_be_before and open_next) else ()
        return Opinion("unknown", because, facts, settles=settles, sources=sources, dates=dates)
    decided_before = remedy.decided.before(entry)
    if decided_before is None:
        because = f"and {name} decided {on_date(remedy.decided)}, which may be before that day or after it."
        settles = (f"the exact day of the decision of {name}",)
        return Opinion("unknown", because, facts, settles=settles, dates=dates)
    if decided_before and open_next and not _is_over(remedy.next_step_due, case.on):
        because = f"and a further step after the decision of {name} is still open."
        settles = (f"a decision on the next step after {name}",)
        return Opinion("unknown", because, (step.path("next_step"),), settles=settles, dates=dates)
    if decided_before:
        return None
    if remedy.could_repair is None:
        because = (
            f"but {name} decided on it {on_date(remedy.decided)}; whether it could have repaired it is not recorded."
        )
        settles = (f"whether {name} could have repaired the violation",)
        facts = (*facts, step.path("could_repair"))
        return Opinion("unknown", because, facts, settles=settles, sources=("later-decision",), dates=dates)
    because = f"but {name} decided on it {on_date(remedy.decided)} and could have repaired it."
    if remedy.kind == "extraordinary":
        because = f"but {name} decided on it {on_date(remedy.decided)} in an extraordinary remedy that could have repaired it."
    favours: Favours = "open" if _is_weak(step) else "admissible"
    cited = ("later-decision", "extraordinary") if remedy.kind == "extraordinary" else ("later-decision",)
    settles = (f"a copy of the decision of {name} {on_date(remedy.decided)}",)
    facts = (*facts, step.path("could_repair"))
    return Opinion("arguable", because, facts, favours, settles=settles, sources=cited, dates=dates)


def _is_over(due: UncertainDate | None, on: date) -> bool:
    return due is not None and due.latest < on
