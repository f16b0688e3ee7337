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
by then. What was missed or lost can't be put right. The weakest part of a claim decides.
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
paras. 6.5 to 6.7.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.facts import Claim, Delay, RemedyNotUsed
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
    with_decided,
    with_pending,
)
from caseflow.law.rules.not_used import has_documented_exception, is_not_ordinary, remedies_not_used
from caseflow.law.wording import capitalized, date_text, day_text, forum, listed, on_date, stage_text

RULE: Final = "exhaustion"
REFUSALS: Final = frozenset({"dismissed", "inadmissible", "no_reply"})
"""Outcomes of a request to stop an act that leave it to go on."""


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
    return weakest(opinions) if opinions[0].result == opinions[1].result else _possibly_pending(case, step)


def _outcome(case: Case, claim: Claim, ordinary: Ladder, position: int) -> Iterator[Opinion]:
    """Yield the opinion on the outcome of one ordinary remedy; nothing if it does not affect exhaustion."""
    step, later = ordinary[position], ordinary[position + 1 :]
    outcome, name = step.remedy.outcome, forum(step.remedy)
    if step.is_pending(case.on):
        yield _not_suspensive(case, step, ordinary) or _prolonged(case, step, claim.delay) or _pending(case, step)
    elif not later and step.is_possibly_pending(case.on):
        yield _possibly_pending(case, step)
    elif outcome == "withdrawn" or outcome in PROCEDURAL_DEFAULTS:
        yield from _lost_or_withdrawn(case, claim, step, (ordinary[:position], later))
    elif later:
        return
    elif outcome is None:
        settles = (f"the outcome of the remedy before {name}",)
        yield Opinion(
            "unknown", f"The outcome before {name} is not recorded.", (step.path("outcome"),), settles=settles
        )
    elif outcome == "no_reply" and step.remedy.decided is None:
        because = f"{capitalized(name)} has not replied, and no day is recorded on which silence counts as refusal."
        settles = ("the day on which silence counts as refusal, or why the remedy is unreasonably prolonged",)
        facts = (step.path("outcome"), step.path("decided"))
        silent = Opinion("unknown", because, facts, settles=settles, sources=("silence",))
        yield _prolonged(case, step, claim.delay) or silent
    elif step.remedy.decided is None:
        because = f"The day on which {name} decided is not recorded."
        yield Opinion("unknown", because, (step.path("decided"),), settles=(f"the day of the decision of {name}",))
    elif outcome == "settled":
        because = f"The proceedings before {name} ended in a settlement, not in a decision."
        settles = ("why the settlement did not repair the violation",)
        yield Opinion("arguable", because, (step.path("outcome"),), "inadmissible", settles=settles)
    elif outcome == "not_enforced" and step.remedy.stage != "ENFORCE" and not _is_explained(claim, "ENFORCE"):
        because = f"The case was won before {name}, but the decision was not enforced, and no application for enforcement is recorded."
        settles = ("an application for enforcement, or why none could help",)
        yield Opinion(
            "arguable", because, (step.path("outcome"),), "open", settles=settles, sources=("directly-linked",)
        )


def _pending(case: Case, step: Step) -> Opinion:
    name, decided = forum(step.remedy), step.remedy.decided
    cured = "The Committee looks at remedies when it examines the case: a decision by then cures this. Where harm is near and interim measures are needed, one may file before it, saying so."
    settles = (
        f"the decision of {name}; where harm is near, a request for interim measures with the reason why it can't be awaited",
    )
    if decided is not None and step.remedy.outcome != "pending":
        because = (
            f"On {day_text(case.on)} the decision of {name} was still awaited (it came {on_date(decided)}). {cured}"
        )
        facts, dates = (step.path("decided"),), (decided,)
        return Opinion(
            "not_met", because, facts, cure="in_time", settles=settles, sources=("when-examined",), dates=dates
        )
    because = f"An ordinary remedy is pending before {name}, which has not decided. {cured} If the remedy does not suspend the act, record that with proof: it then need not be awaited."
    facts = (step.path("outcome"),)
    return Opinion("not_met", because, facts, cure="in_time", settles=settles, sources=("when-examined",))


def _not_suspensive(case: Case, step: Step, ordinary: Ladder) -> Opinion | None:
    """Return the opinion on a pending remedy that is recorded as one that does not suspend the act; None for another."""
    unused = step.without_suspension
    if unused is None:
        return None
    number = next(place for place, each in enumerate(_unused_of(case, step)) if each is unused)
    facts = (
        step.path("outcome"),
        *(
            case.facts.path("claims", step.claim, "remedies_not_used", number, name)
            for name in ("reason", "explanation", "documented")
        ),
    )
    pending = f"{capitalized(forum(step.remedy))} has not decided; it is said that the remedy does not suspend the act, and so need not be awaited"
    if not (unused.explanation or "").strip():
        why = ("why the remedy does not suspend the act",)
        return Opinion("unknown", f"{pending}, but not why.", facts, settles=why, sources=("no-suspensive-effect",))
    is_refused = any(
        each.remedy.stage == "URGENT" and each.remedy.outcome in REFUSALS and not each.is_pending(case.on)
        for each in ordinary
    )
    settles: tuple[str, ...] = (
        () if is_refused else ("a request to stop the act, and its refusal: who did not ask for one has failed",)
    )
    if unused.documented:
        because = f"{pending}; this is explained and documented."
        return Opinion("arguable", because, facts, "admissible", settles=settles, sources=("no-suspensive-effect",))
    settles = ("documents which show that the remedy does not suspend the act", *settles)
    because = f"{pending}; this is explained but not documented."
    return Opinion(
        "arguable", because, facts, "inadmissible", settles=settles, sources=("no-suspensive-effect", "burden")
    )


def _unused_of(case: Case, step: Step) -> tuple[RemedyNotUsed, ...]:
    return (case.facts.claims or ())[step.claim].remedies_not_used or ()


def _possibly_pending(case: Case, step: Step) -> Opinion:
    name, decided = forum(step.remedy), step.remedy.decided
    because = (
        f"{capitalized(name)} decided {on_date(decided)}, which may be after {day_text(case.on)}." if decided else ""
    )
    settles = (f"the exact day of the decision of {name}",)
    dates = (decided,) if decided else ()
    return Opinion("unknown", because, (step.path("decided"),), settles=settles, dates=dates)


def _lost_or_withdrawn(case: Case, claim: Claim, step: Step, around: tuple[Ladder, Ladder]) -> Iterator[Opinion]:
    """Yield the opinion on a remedy lost or withdrawn by the author; nothing if the same stage was used again later."""
    remedy, name = step.remedy, forum(step.remedy)
    earlier, later = around
    heard = [each for each in later if each.remedy.outcome not in (*PROCEDURAL_DEFAULTS, "withdrawn", None)]
    silent = next((each for each in later if each.remedy.outcome is None), None)
    if _is_explained(claim, remedy.stage) or any(each.remedy.stage == remedy.stage for each in heard):
        return
    how = {
        "withdrawn": "was withdrawn",
        "inadmissible_late": "was lost because it came too late",
        "inadmissible_form": "was lost for its form",
    }[remedy.outcome or ""]
    because, facts = f"The remedy before {name} {how}", (step.path("outcome"),)
    if step.is_lost_constitutional and _is_heard_before(case, earlier):
        because = f"{capitalized(name)} refused the constitutional remedy for its form. Where the ordinary courts had decided before, the Committee has still held remedies exhausted; say which form was missed and why."
        is_excused = any(
            each.stage == "EXTRA" and has_documented_exception(each) for each in claim.remedies_not_used or ()
        )
        favours: Favours = "admissible" if is_excused else "open"
        settles = ("which form was missed, and why",)
        yield Opinion("arguable", because, facts, favours, settles=settles, sources=("constitutional-form",))
    elif heard:
        because += f", though {forum(heard[-1].remedy)} dealt with the matter later."
        settles = ("whether the later remedy examined the substance all the same",)
        yield Opinion("arguable", because, facts, "open", settles=settles, sources=("directly-linked",))
    elif silent is not None:
        because += f"; whether {forum(silent.remedy)} dealt with the matter later is not recorded."
        settles = (f"the outcome of the remedy before {forum(silent.remedy)}",)
        yield Opinion("unknown", because, (*facts, silent.path("outcome")), settles=settles)
    else:
        settles = ("whether the remedy was available and effective at all, with the reason",)
        yield Opinion("not_met", f"{because}.", facts, cure="never", settles=settles, sources=("directly-linked",))


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
    wanted, due, name = step.remedy.next_step, step.remedy.next_step_due, forum(step.remedy)
    step_words = stage_text(wanted or "")
    if wanted in STAGES_OUTSIDE_EXHAUSTION:
        because = f"After the decision of {name} only a remedy that does not normally count is left: {step_words}."
        yield Opinion("arguable", because, (step.path("next_step"),), "admissible", sources=("extraordinary",))
        return
    facts = (step.path("next_step"), step.path("next_step_due"))
    dates = (due,) if due else ()
    if due is not None and due.latest < case.on:
        because = f"The next step after {name}, {step_words}, was open until {date_text(due)} and was missed."
        settles = (f"why {step_words} was not available or not effective, if so",)
        yield Opinion(
            "not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",), dates=dates
        )
        return
    excused = _prolonged(case, step, claim.delay)
    if excused and due is not None and due.earliest < case.on:
        because = f"Whether the next step after {name}, {step_words}, is still open is not known: its last day is {date_text(due)}."
        yield Opinion("unknown", because, facts, settles=(f"the last day for {step_words}",), dates=dates)
        return
    if excused:
        yield excused
        return
    until = "its last day is not recorded" if due is None else f"its last day is {date_text(due)}"
    because = f"The next step after {name}, {step_words}, is not recorded as taken; {until}."
    settles = (
        f"the decision in {step_words}",
        *(() if due and not due.is_vague else (f"the last day for {step_words}",)),
    )
    yield Opinion("not_met", because, facts, cure="in_time", settles=settles, dates=dates)


def _prolonged(case: Case, step: Step, delay: Delay | None) -> Opinion | None:
    """Return the opinion on unreasonable delay (art. 3(1)) if it is claimed. No length is fixed, so the months are stated."""
    if delay is None or not delay.claimed:
        return None
    name = forum(step.remedy)
    facts = tuple(
        case.facts.path("claims", step.claim, "delay", field) for field in ("claimed", "since", "explanation")
    )
    facts = (step.path("outcome"), *facts)
    if not (delay.explanation or "").strip():
        because = f"It is claimed that the remedy before {name} is unreasonably prolonged, but not explained."
        why = ("why the remedy is unreasonably prolonged",)
        return Opinion("unknown", because, facts, settles=why, sources=("prolonged",))
    if delay.since is None:
        because = f"The remedy before {name} is said to be unreasonably prolonged; since when is not recorded."
        since = ("since when the remedy has been pending",)
        return Opinion("arguable", because, facts, "inadmissible", settles=since, sources=("prolonged",))
    months = (case.on.year - delay.since.latest.year) * 12 + case.on.month - delay.since.latest.month
    months = max(0, months - (case.on.day < delay.since.latest.day))
    because = (
        f"The remedy before {name} is said to be unreasonably prolonged: it has lasted {_length(months)} since {date_text(delay.since)}. "
        "No length is fixed: the Committee looked at the time, at reminders and at the State's silence."
    )
    settles = ("the steps taken to speed the proceedings up", "who caused the delay")
    return Opinion("arguable", because, facts, "open", settles=settles, sources=("prolonged",), dates=(delay.since,))


def _length(months: int) -> str:
    """Return a number of months as years and months."""
    years, rest = divmod(months, 12)
    said = [
        f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in ((years, "year"), (rest, "month")) if number
    ]
    return listed(said) if said else "less than a month"


def _kind_not_known(step: Step) -> Opinion:
    name = forum(step.remedy)
    because = f"It is not recorded whether the remedy before {name} is ordinary."
    return Opinion("unknown", because, (step.path("kind"),), settles=(f"whether the remedy before {name} is ordinary",))


def _not_ordinary(case: Case, step: Step) -> Iterator[Opinion]:
    """Yield the opinion on a remedy that is not ordinary: nothing if it was decided; a pending one is for a lawyer."""
    if step.is_possibly_pending(case.on):
        yield _possibly_pending(case, step)
    if not step.is_pending(case.on):
        return
    name = forum(step.remedy)
    because = (
        f"Only the {step.remedy.kind} remedy before {name} is still pending; it does not normally prevent exhaustion."
    )
    favours = leaning_of_non_ordinary(step.remedy.stage)
    if step.remedy.stage in INSTANCES:
        because = f"The {step.remedy.kind} remedy before {name} is still pending; it is an instance by its place, whatever it is called."
        favours = "open"
    settles = ("telling the Committee of the pending remedy when filing",)
    yield Opinion("arguable", because, (step.path("kind"),), favours, settles=settles, sources=("extraordinary",))


def _right_raised(ordinary: Ladder) -> list[Opinion]:
    """Return an opinion unless the right was raised in substance in the last instance."""
    raised = [step.remedy.raised_right for step in ordinary]
    facts = tuple(step.path("raised_right") for step in ordinary)
    name = forum(ordinary[-1].remedy)
    if all(each is False for each in raised):
        because = "The right was not raised in substance in any ordinary remedy."
        settles = ("the page of a pleading on which the right was raised in substance, if it was",)
        return [Opinion("not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",))]
    if raised[-1] is True:
        return []
    if raised[-1] is False and True in raised:
        because = f"The right was raised in an earlier remedy, but not before {name}."
        settles = (f"whether the point could still be raised before {name}",)
        return [Opinion("arguable", because, facts, "open", settles=settles, sources=("directly-linked",))]
    because = f"It is not recorded whether the right was raised in substance before {name}."
    return [Opinion("unknown", because, facts, settles=("where the pleadings raise the right in substance",))]


def _no_ordinary(case: Case, place: int, claim: Claim, ladder: Ladder) -> list[Opinion]:
    """Return the opinion on a ladder without an ordinary remedy that could repair; nothing if one is reported as not used."""
    unused = claim.remedies_not_used or ()
    facts = (case.facts.path("claims", place, "remedies"),)
    settles = ("the ordinary remedies used, or why each was not",)
    if claim.remedies is None or not (ladder or unused):
        return [Opinion("unknown", "No domestic remedy is recorded.", facts, settles=settles)]
    if any(not is_not_ordinary(each) for each in unused) or any(step.is_possibly_ordinary for step in ladder):
        return []
    if unused or any(step.remedy.kind not in (None, "ordinary") for step in ladder):
        because = "Only extraordinary or discretionary remedies are recorded; whether ordinary ones were open is not."
        return [Opinion("arguable", because, facts, "open", settles=settles, sources=("extraordinary",))]
    return [Opinion("unknown", "No remedy that could have repaired the violation is recorded.", facts, settles=settles)]


def _exhausted(last: Step, ladder: Ladder, on: date) -> Opinion:
    others = [step for step in ladder[ladder.index(last) + 1 :] if step.remedy.kind not in (None, "ordinary")]
    after = next((step for step in reversed(others) if not step.is_pending(on)), None)
    decided = last.remedy.decided
    day = f" {on_date(decided)}" if decided else ""
    because = f"The ordinary remedies recorded were used to the end: the last ordinary decision is that of {forum(last.remedy)}{day}."
    if after is not None:
        later = f" {on_date(after.remedy.decided)}" if after.remedy.decided else ""
        because += f" After it {forum(after.remedy)} decided a remedy that is {after.remedy.kind}{later}."
    because += " No ordinary step is recorded as open."
    facts = (last.path("decided"), last.path("outcome"), last.path("next_step"))
    return Opinion("met", because, facts, sources=("directly-linked",), dates=(decided,) if decided else ())
