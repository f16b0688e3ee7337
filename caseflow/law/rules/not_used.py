"""The part of `exhaustion` about remedies that were not used: missed, not tried, or excused.

Provision: OP-ICESCR art. 3(1). Reading: a remedy that is unavailable, ineffective or out of reach need not be used; the
author explains why and documents it. Sources: guide of the International Commission of Jurists; authors in 226/2021.
"""

from collections.abc import Iterator

from caseflow.law.case import Case, Opinion
from caseflow.law.facts import Claim, RemedyNotUsed
from caseflow.law.ladder import EXCEPTIONS, STAGES_OUTSIDE_EXHAUSTION, Ladder, leaning_of_non_ordinary
from caseflow.law.wording import stage_text


def remedies_not_used(case: Case, place: int, claim: Claim, ladder: Ladder) -> Iterator[Opinion]:
    """Yield an opinion on exhaustion for each remedy that was not used."""
    for number, unused in enumerate(claim.remedies_not_used or ()):
        yield _unused(case, (place, number), unused, ladder)


def _unused(case: Case, place: tuple[int, int], unused: RemedyNotUsed, ladder: Ladder) -> Opinion:  # noqa: PLR0911 - a case each
    def path(name: str) -> str:
        return case.facts.path("claims", place[0], "remedies_not_used", place[1], name)

    facts: tuple[str, ...] = (path("reason"),)
    name = f"the remedy {stage_text(unused.stage)}" if unused.stage else "a remedy whose stage is not recorded"
    if is_not_ordinary(unused):
        because = f"Ordinary remedies apart, {name} is left; it is extraordinary or discretionary and does not normally count."
        settles = (f"why {name} is not the ordinary way to protect the right",)
        return Opinion(
            "arguable",
            because,
            (path("kind"), path("stage")),
            leaning_of_non_ordinary(unused.stage),
            settles=settles,
            sources=("extraordinary",),
        )
    if unused.reason is None:
        because = f"Why {name} was not used is not recorded."
        return Opinion("unknown", because, facts, settles=(f"why {name} was not used",))
    if unused.reason == "missed":
        because = f"The time limit of {name} was missed."
        settles = (f"why {name} was not available or not effective, if so",)
        return Opinion("not_met", because, facts, cure="never", settles=settles, sources=("directly-linked",))
    if unused.reason == "not_tried":
        return _not_tried(case, facts, unused, name, ladder)
    excuse = f"{name} {EXCEPTIONS[unused.reason]}"
    facts = (*facts, path("explanation"), path("documented"))
    if not (unused.explanation or "").strip():
        because = f"It is claimed that {excuse}, but not explained."
        return Opinion("unknown", because, facts, settles=(f"why {excuse}",), sources=("ineffective",))
    if unused.documented:
        because = f"It is claimed that {excuse}; this is explained and documented."
        return Opinion("arguable", because, facts, "admissible", sources=("ineffective",))
    because = f"It is claimed that {excuse}; this is explained but not documented."
    settles = (f"documents which show that {excuse}",)
    return Opinion("arguable", because, facts, "inadmissible", settles=settles, sources=("ineffective",))


def is_not_ordinary(unused: RemedyNotUsed) -> bool:
    """Return whether a remedy not used is extraordinary or discretionary, judged by its stage where no kind is recorded."""
    if unused.kind is None:
        return unused.stage in STAGES_OUTSIDE_EXHAUSTION
    return unused.kind != "ordinary"


def _not_tried(case: Case, facts: tuple[str, ...], unused: RemedyNotUsed, name: str, ladder: Ladder) -> Opinion:
    """Return the opinion on a remedy not tried: it is open unless a remedy that leads to it records that its last day passed."""
    for step in ladder:
        due = step.remedy.next_step_due
        if unused.stage and step.remedy.next_step == unused.stage and due is not None and due.latest < case.on:
            because = f"{name[0].upper()}{name[1:]} was not tried, and its last day has passed."
            facts = (*facts, step.path("next_step_due"))
            return Opinion("not_met", because, facts, cure="never", sources=("directly-linked",), dates=(due,))
    because = f"{name[0].upper()}{name[1:]} was not tried; nothing recorded says that it is closed or could not help."
    settles = (f"the use of {name}, or why it was not available or not effective",)
    return Opinion("not_met", because, facts, cure="in_time", settles=settles, sources=("directly-linked",))
