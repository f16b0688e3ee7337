"""`substantiation`: whether the claim rests on evidence, and on more than reports of mass media.

Provision: OP-ICESCR art. 3(2)(e): manifestly ill-founded, not sufficiently substantiated, or exclusively based on reports
disseminated by mass media.
Reading: the weight of evidence is not computed, only whether it is there. Each piece has a rank and the highest rank
decides, so that more evidence never makes the answer worse: nothing or media reports only; a piece whose kind is not
recorded; evidence of another kind; a copy of a domestic decision that the claim relies on. A decision is relied on where
a remedy is recorded that was decided, or may have been. Urgent housing cases have failed on this ground alone.
Met: a copy of a decision relied on; or, where no decision is relied on, evidence other than media reports.
Not met: no evidence, and that was checked; or media reports only. The author can put it right before filing.
Arguable: evidence, but no copy of a domestic decision that the claim relies on (open).
Unknown: it is not recorded whether there is evidence; or, media reports apart, of what kind it is.
Whatever the answer, a claim on housing says when housing was first asked for, where that is recorded, and that requests for
housing, their days and answers must be shown, and why there was none before.
Sources: CESCR 51/2018, paras. 6.3 and 6.4; 39/2018 and 214/2021 on requests for housing; guidance of the Office of the High
Commissioner on annexes.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from caseflow.law.case import Case, Opinion
from caseflow.law.data import load_vocabularies
from caseflow.law.dates import UncertainDate
from caseflow.law.facts import Claim, Evidence
from caseflow.law.findings import Finding
from caseflow.law.ladder import Step
from caseflow.law.sentences import Text, authority, joined, say

RULE: Final = "substantiation"
HOUSING: Final = "HOUSING"
_UNDECIDED: Final = frozenset({"pending", "no_reply", "withdrawn"})
"""Outcomes without a decision that could be copied."""
_NOTHING, _KIND_NOT_KNOWN, _EVIDENCE, _COPY = range(4)
"""The ranks of pieces of evidence; the highest decides."""
_ANSWERS: Final = {
    "granted": say("it was granted"),
    "refused": say("it was refused"),
    "no_answer": say("there was no answer"),
    "list_closed": say("the list is closed to who occupies without title"),
    None: say("the answer is not recorded"),
}


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim whether there is evidence, and a copy of a decision."""
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    for place, claim in case.facts.claims_by_index():
        opinion = _assess(case, place, claim)
        if HOUSING in (claim.rights or ()):
            opinion = _with_diligence(case, place, claim, opinion)
        yield case.finding(RULE, opinion, claim.id)


def _with_diligence(case: Case, place: int, claim: Claim, opinion: Opinion) -> Opinion:
    """Add to an opinion on housing when housing was first asked for, and what most claims that failed had not shown."""
    recorded = _requests(case, place, claim)
    because = opinion.because + recorded.because
    because += say(
        "Most housing cases that failed, failed here: show where you would live or live now, your income, each request for"
        " housing with its day, and why not earlier."
    )
    return opinion._replace(
        because=because,
        facts=opinion.facts + recorded.facts,
        settles=opinion.settles + recorded.settles,
        sources=(*opinion.sources, "diligence"),
        dates=opinion.dates + recorded.dates,
    )


class _Requests(NamedTuple):
    """What the recorded requests for housing say: they change no result."""

    because: Text
    settles: Text
    facts: tuple[str, ...] = ()
    dates: tuple[UncertainDate, ...] = ()


def _requests(case: Case, place: int, claim: Claim) -> _Requests:
    """Return when housing was first asked for, of whom and with which answer; requests after the day assessed do not count."""
    if claim.housing_applications is None:
        return _Requests((), say("when housing was first asked for, with the answers, and why not before"))
    path = case.facts.path("claims", place, "housing_applications")
    until_then = [
        (number, each)
        for number, each in enumerate(claim.housing_applications)
        if each.applied is None or each.applied.earliest <= case.on
    ]
    if not until_then:
        said = say("Housing was not asked for, as recorded.")
        return _Requests(said, say("why housing was not asked for"), (path,))
    dated = [(number, each, each.applied) for number, each in until_then if each.applied is not None]
    if not dated:
        said = say("Requests for housing are recorded, but not their days.")
        return _Requests(said, say("the days on which housing was asked for"), (path,))
    number, first, applied = min(dated, key=lambda one: one[2].earliest)
    because = say(
        "Housing was first asked for {applied:on} ({authority}): {answer}.",
        applied=applied,
        authority=first.authority or say("to whom is not recorded"),
        answer=_ANSWERS[first.answer],
    )
    settles = say("why housing was not asked for before {applied}", applied=applied)
    settles += say("a copy of each request for housing and of its answer")
    names = ("applied", "answer", "authority")
    facts = tuple(case.facts.path("claims", place, "housing_applications", number, name) for name in names)
    return _Requests(because, settles, facts, (applied,))


def _assess(case: Case, place: int, claim: Claim) -> Opinion:
    evidence, pieces = case.facts.path("claims", place, "evidence"), claim.evidence
    if pieces is None:
        because = say("Whether there is evidence is not recorded.")
        return Opinion("unknown", because, (evidence,), settles=say("the evidence, each piece with its kind"))
    relied_on = _relied_on(case, place, claim)
    ranks = [_rank(piece, claim, relied_on) for piece in pieces]
    highest = max(ranks, default=_NOTHING)
    facts = tuple(
        case.facts.path("claims", place, "evidence", number, "kind")
        for number, rank in enumerate(ranks)
        if rank == highest
    )
    wanted = _wanted(relied_on)
    if highest == _NOTHING:
        because = say("Media reports are the only evidence.") if pieces else say("There is no evidence.")
        settles = wanted + say("documents, testimony or expert reports that show the violation")
        sources = ("not-substantiated",)
        return Opinion("not_met", because, facts or (evidence,), cure="before_filing", settles=settles, sources=sources)
    if highest == _KIND_NOT_KNOWN:
        because = say("Of what kind the evidence is, is not recorded; media reports alone would not do.")
        return Opinion("unknown", because, facts, settles=say("the kind of each piece of evidence"))
    if highest == _EVIDENCE and (relied_on or claim.remedies is None):
        because = say("There is evidence, but no copy of a domestic decision that the claim relies on.")
        remedies = case.facts.path("claims", place, "remedies")
        return Opinion("arguable", because, (*facts, remedies), "open", settles=wanted, sources=("annexes",))
    return _substantiated(facts, copied=highest == _COPY)


def _substantiated(facts: tuple[str, ...], *, copied: bool) -> Opinion:
    if copied:
        because = say("There is a copy of a domestic decision that the claim relies on; its weight is not computed.")
        return Opinion("met", because, facts, sources=("annexes",))
    because = say("There is evidence, and no domestic decision of which a copy is needed; its weight is not computed.")
    return Opinion("met", because, facts)


def _relied_on(case: Case, place: int, claim: Claim) -> tuple[Step, ...]:
    """Return the remedies that have, or may have, a decision that could be copied."""
    steps = (Step(case.facts, place, number, remedy) for number, remedy in enumerate(claim.remedies or ()))
    return tuple(step for step in steps if step.remedy.outcome not in _UNDECIDED and not step.is_pending(case.on))


def _rank(piece: Evidence, claim: Claim, relied_on: tuple[Step, ...]) -> int:
    if piece.kind == "media":
        return _NOTHING
    if piece.kind is None:
        return _KIND_NOT_KNOWN
    return _COPY if piece.kind == "decision" and _is_copy(piece, claim, relied_on) else _EVIDENCE


def _is_copy(piece: Evidence, claim: Claim, relied_on: tuple[Step, ...]) -> bool:
    """Return whether a piece is a copy of a decision relied on: any decision, unless it names the stage of another remedy."""
    if claim.remedies is None:
        return True
    stages = {step.remedy.stage for step in relied_on}
    is_of_another_stage = _is_stage(piece.proves) and piece.proves not in stages and None not in stages
    return bool(relied_on) and not is_of_another_stage


def _is_stage(text: str | None) -> bool:
    return any(text == stage.code for stage in load_vocabularies().remedy_stages)


def _wanted(relied_on: tuple[Step, ...]) -> Text:
    if not relied_on:
        return say("a copy of the last domestic decision, if there is one")
    return joined(say("a copy of the decision of {court}", court=authority(step.remedy)) for step in relied_on)
