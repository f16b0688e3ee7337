"""`victim-standing`: whether the persons of a claim may complain as its victims.

Provision: OP-ICESCR art. 2: individuals or groups of individuals, under the jurisdiction of the State, who claim to be
victims of a violation.
Reading: somebody must be identified, under the State's jurisdiction and personally affected; nobody complains in the
general interest (no actio popularis). One such victim is enough for the claim: another who falls short is then better left
out of it, which a lawyer decides. A group may complain, but its members must be identifiable. A person whose claim was
granted by a domestic decision that was carried out is no longer a victim of that act.
A victim who is not identified can be identified before filing; one who is not affected or not under the jurisdiction can't
become a victim.
Met: each victim of the claim is identified, under the jurisdiction and personally affected, and no domestic decision
repaired the violation.
Not met: no victim of the claim is all three. This can't be put right, unless one of them need only be identified, or the
claim names no victim yet: then it can be put right before filing.
Arguable: the members of a group are not all identified (open); the claim was granted by a domestic decision (leans
inadmissible), or in part (leans admissible); a victim falls short while others do not (leans inadmissible).
Unknown: it is not recorded who the victims are, or whether one of them is all three; or a victim is not identified and it
is not recorded whether that is one person or a group.
Sources: commentary of the International Commission of Jurists on art. 2; practice of the treaty bodies.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from caseflow.law.case import Case, Opinion, weakest
from caseflow.law.facts import Claim, Victim
from caseflow.law.findings import Finding
from caseflow.law.ladder import Ladder, Step, possible_repairs
from caseflow.law.sentences import Items, Text, authority, fill, joined, say

RULE: Final = "victim-standing"
_NAMED: Final = say("the persons affected, each of them identified")
_REQUIREMENTS: Final = {
    "identified": say("identified"),
    "within_jurisdiction": say("under the jurisdiction of {state}"),
    "personally_affected": say("personally affected"),
}
_NOBODY: Final = say("Nobody can complain in the general interest (no actio popularis).")


class _Standing(NamedTuple):
    """What decides whether a victim may complain. Victims with equal standing share a finding."""

    kind: str | None
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]
    granted_by: Step | None
    possibly_granted_by: Step | None = None
    """A remedy that may have been granted, or undone by a later one, only after the day of filing."""

    @property
    def falls_short(self) -> bool:
        """Return whether this person certainly can't be a victim of the claim, as far as recorded."""
        return bool(self.lacking) and not self.is_open_group and not self.is_possibly_group

    @property
    def is_open_group(self) -> bool:
        """Return whether it is a group that lacks nothing but that all its members are identified."""
        return self.kind == "group" and self.lacking == ("identified",)

    @property
    def is_possibly_group(self) -> bool:
        return self.kind is None and self.lacking == ("identified",)


_Found = tuple[int, Victim, _Standing]


def assess(case: Case) -> Iterator[Finding]:
    """Find for each claim, or for each victim where they differ, whether the victims may complain."""
    if not case.facts.claims:
        yield case.finding_without_claims(RULE)
        return
    for place, claim in case.facts.claims_by_index():
        for victim, opinion in _claim(case, place, claim):
            yield case.finding(RULE, opinion, claim.id, victim)


def _claim(case: Case, place: int, claim: Claim) -> Iterator[tuple[str | None, Opinion]]:
    found = _victims_of_claim(case, place, claim)
    if not found:
        yield None, _no_victim_named(case, place, claim)
    elif all(standing.falls_short for _, _, standing in found):
        yield None, _none_may_complain(case, found)
    elif all(standing == found[0][2] for _, _, standing in found):
        yield None, _opinion(case, found)
    else:
        for each in found:
            yield each[1].id, _better_left_out(case, each) if each[2].falls_short else _opinion(case, [each])


def _victims_of_claim(case: Case, place: int, claim: Claim) -> list[_Found]:
    """Return the victims of the claim with their positions; all victims of the document where the claim names none."""
    granted = {way: _grants(case, ladder) for way, ladder in case.ladders(place, claim)}
    return [
        (number, victim, _standing_of(victim, granted[None] if None in granted else granted[victim.id]))
        for number, victim in enumerate(case.facts.victims or ())
        if claim.victims is None or victim.id in claim.victims
    ]


def _grants(case: Case, ladder: Ladder) -> tuple[Step | None, Step | None]:
    """Return the remedy that was certainly granted and not undone, and else one that possibly was."""
    possible = possible_repairs(ladder, case.on)
    granted = None if None in possible else min(possible, key=_is_partly_granted)
    return granted, None if granted else next(filter(None, possible), None)


def _standing_of(victim: Victim, grants: tuple[Step | None, Step | None]) -> _Standing:
    granted, possibly_granted = grants
    if victim.identified and victim.within_jurisdiction and victim.personally_affected:
        return _Standing(victim.kind, (), (), granted, possibly_granted)
    values = {name: getattr(victim, name) for name in _REQUIREMENTS}
    lacking = tuple(name for name, value in values.items() if value is False)
    unknown = tuple(name for name, value in values.items() if value is None)
    return _Standing(victim.kind, lacking, unknown, granted, possibly_granted)


def _is_partly_granted(granted: Step | None) -> bool:
    return granted is not None and granted.remedy.outcome == "partly_granted"


def _no_victim_named(case: Case, place: int, claim: Claim) -> Opinion:
    if claim.victims is None and case.facts.victims is None:
        because = say("Who the victims of the claim are is not recorded.")
        return Opinion("unknown", because, (case.facts.path("victims"),), settles=_NAMED)
    facts = (case.facts.path("victims") if claim.victims is None else case.facts.path("claims", place, "victims"),)
    because = say("The claim has no victim: nobody can complain in the general interest (no actio popularis).")
    return Opinion("not_met", because, facts, cure="before_filing", settles=_NAMED, sources=("no-actio-popularis",))


def _none_may_complain(case: Case, found: Sequence[_Found]) -> Opinion:
    """Return the opinion on a claim without a victim who may complain; one who need only be identified can put it right."""
    opinion = weakest([_shortcomings(case, each, alone=len(found) == 1) for each in found])
    if any(standing.lacking == ("identified",) for _, _, standing in found):
        return opinion._replace(cure="before_filing")
    return opinion


def _better_left_out(case: Case, each: _Found) -> Opinion:
    short = _shortcomings(case, each, alone=True)
    return short._replace(
        result="arguable",
        favours="inadmissible",
        cure=None,
        because=short.because
        + say("The others may carry the claim; without what is missing it fails for this person."),
    )


def _shortcomings(case: Case, each: _Found, *, alone: bool) -> Opinion:
    _, victim, standing = each
    lacking = standing.lacking
    missing = Items(_requirements(case, lacking), "and not")
    because = (
        say("The victim is not {requirements}.", requirements=missing)
        if alone
        else say("The victim {victim} is not {requirements}.", victim=victim.id, requirements=missing)
    )
    sources: tuple[str, ...] = ()
    if "personally_affected" in lacking:
        because += _NOBODY
        sources = ("no-actio-popularis",)
    facts = _paths(case, [each], lacking)
    settles = _NAMED
    if lacking != ("identified",):
        settles = say("a victim who is {requirements}", requirements=Items(_requirements(case, _REQUIREMENTS)))
    return Opinion("not_met", because, facts, cure="never", settles=settles, sources=sources)


def _opinion(case: Case, found: Sequence[_Found]) -> Opinion:
    """Return the opinion that these victims share; none of them falls short."""
    standing = found[0][2]
    parts = []
    if standing.unknown:
        parts.append(_not_recorded(case, found))
    if standing.is_open_group or standing.is_possibly_group:
        parts.append(_members(case, found))
    if standing.granted_by is not None:
        parts.append(_granted(standing.granted_by))
    if standing.possibly_granted_by is not None:
        parts.append(_possibly_granted(case, standing.possibly_granted_by))
    if parts:
        return weakest(parts)
    every = Items(_requirements(case, _REQUIREMENTS))
    because = (
        say("The victim is {requirements}.", requirements=every)
        if len(found) == 1
        else say("Each victim is {requirements}.", requirements=every)
    )
    return Opinion("met", because, _paths(case, found, tuple(_REQUIREMENTS)))


def _not_recorded(case: Case, found: Sequence[_Found]) -> Opinion:
    names = found[0][2].unknown
    missing = _requirements(case, names)
    if len(found) == 1:
        because = say("It is not recorded whether the victim is {requirements}.", requirements=Items(missing))
        items = [say("whether the victim is {requirement}", requirement=each) for each in missing]
    else:
        because = say("It is not recorded whether each victim is {requirements}.", requirements=Items(missing))
        items = [say("whether each victim is {requirement}", requirement=each) for each in missing]
    return Opinion("unknown", because, _paths(case, found, names), settles=joined(items))


def _members(case: Case, found: Sequence[_Found]) -> Opinion:
    facts = _paths(case, found, ("kind", "identified"))
    if found[0][2].kind is None:
        because = (
            say("The victim is not identified, and it is not recorded whether that is one person or a group.")
            if len(found) == 1
            else say("Each victim is not identified, and it is not recorded whether that is one person or a group.")
        )
        settles = say("whether this is one person or a group") + _NAMED
        return Opinion("unknown", because, facts, settles=settles)
    because = say(
        "Not all members of the group are identified. A group may complain, but the Committee must be able to tell who"
        " belongs to it."
    )
    settles = say("who belongs to the group, with the consent of each member")
    return Opinion("arguable", because, facts, "open", settles=settles, sources=("groups",))


def _granted(granted: Step) -> Opinion:
    facts = (granted.path("outcome"),)
    if granted.remedy.outcome == "partly_granted":
        settles = say("what of the violation was not repaired")
        return Opinion("arguable", _partly(granted), facts, "admissible", settles=settles, sources=("repaired",))
    settles = say("what was not repaired, or that the decision was not enforced")
    return Opinion("arguable", _wholly(granted), facts, "inadmissible", settles=settles, sources=("repaired",))


def _partly(granted: Step) -> Text:
    court, decided = authority(granted.remedy), granted.remedy.decided
    if decided is None:
        return say("The claim was granted in part by {court}: a victim remains only of what was refused.", court=court)
    return say(
        "The claim was granted in part by {court} {decided:on}: a victim remains only of what was refused.",
        court=court,
        decided=decided,
    )


def _wholly(granted: Step) -> Text:
    court, decided = authority(granted.remedy), granted.remedy.decided
    if decided is None:
        return say(
            "The claim was granted by {court}, and nothing recorded says that this was not carried out: a person for whom"
            " a violation was repaired is no longer its victim.",
            court=court,
        )
    return say(
        "The claim was granted by {court} {decided:on}, and nothing recorded says that this was not carried out: a person"
        " for whom a violation was repaired is no longer its victim.",
        court=court,
        decided=decided,
    )


def _possibly_granted(case: Case, granted: Step) -> Opinion:
    because = say(
        "Whether the claim had been granted by {court} on {day} depends on the day of a decision.",
        court=authority(granted.remedy),
        day=case.on,
    )
    settles = say("the exact days of the decisions")
    return Opinion("unknown", because, (granted.path("outcome"), granted.path("decided")), settles=settles)


def _requirements(case: Case, names: Iterable[str]) -> tuple[Text, ...]:
    return tuple(
        fill(_REQUIREMENTS[name], state=case.state) if name == "within_jurisdiction" else _REQUIREMENTS[name]
        for name in names
    )


def _paths(case: Case, found: Sequence[_Found], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(case.facts.path("victims", number, name) for number, _, _ in found for name in names)
