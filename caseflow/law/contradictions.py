"""Contradictions inside a case: facts that cannot all be as they are recorded, or are very likely typing errors.

They change no finding and no clock. A vague date contradicts another one only if no day that it can mean fits. What makes a
document invalid (`consistency`) is not said again here.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from caseflow.law.data import load_vocabularies
from caseflow.law.dates import UncertainDate, add_months, ends_before
from caseflow.law.facts import CaseFacts, Claim, OtherProcedure, Remedy
from caseflow.law.sentences import ENGLISH, Items, Language, Term, Text, authority, document, say, write
from caseflow.law.thresholds import load_thresholds

MONTHS_SERVED_BEFORE: Final = 3
"""Calendar months. An operative part may be served before the reasoned decision is dated, but hardly longer before."""
YEARS_BEFORE_ACTS: Final = 10
"""Calendar years. In decided communications up to four years lie between the order and the eviction (52/2018)."""
_INSTANCES_IN_ORDER: Final = ("COURT_1", "APPEAL", "CASSATION")


class Contradiction(NamedTuple):
    """Facts that do not fit each other: what is wrong, and JSON pointers to the facts."""

    because: Text
    facts: tuple[str, ...]

    def to_document(self, language: Language = ENGLISH) -> dict[str, Any]:
        """Return the contradiction as the document of findings holds it, with its text in a language."""
        return {
            "because": write(self.because, language),
            "facts": list(self.facts),
            "messages": {"because": document(self.because)},
        }


def contradictions(facts: CaseFacts) -> tuple[Contradiction, ...]:
    """Return the contradictions of a case, in the order of its claims and then its other procedures."""
    found: list[Contradiction] = []
    for place, claim in facts.claims_by_index():
        at = _Place(facts, place, claim)
        for check in (
            _articles,
            _acts_after_remedies,
            _each_remedy,
            _pairs_of_remedies,
            _not_used,
            _delay,
            _evidence,
            _housing,
        ):
            found += check(at)
    for number, other in enumerate(facts.other_procedures or ()):
        found += _procedure(facts, number, other)
    return tuple(found)


class _Place(NamedTuple):
    """A claim with its place in the document."""

    facts: CaseFacts
    number: int
    claim: Claim

    def path(self, *steps: str | int) -> str:
        return self.facts.path("claims", self.number, *steps)

    def remedy(self, number: int, *names: str) -> tuple[str, ...]:
        return tuple(self.path("remedies", number, name) for name in names)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        return self.claim.remedies or ()


def _articles(at: _Place) -> Iterator[Contradiction]:
    """Yield where no article of Part III that a claim names protects a right that it names."""
    last_general = load_thresholds().last_general_article.value
    named = {_number(article) for article in at.claim.articles or ()}
    known = [right for right in load_vocabularies().rights if right.code in (at.claim.rights or ())]
    wanted = {_number(article) for right in known for article in right.articles}
    special = {each for each in named if each is None or each > last_general}
    if special and wanted and None not in special and not named & wanted:
        rights = Items(tuple([Term("rights", right.code) for right in known]))
        because = say("No article that the claim names protects the right that it names: {rights}.", rights=rights)
        yield Contradiction(because, (at.path("rights"), at.path("articles")))


def _number(article: str) -> int | None:
    """Return the number of an article such as `11(1)`; None where it has none."""
    digits = article.partition("(")[0].strip()
    return int(digits) if digits.isdecimal() else None


def _acts_after_remedies(at: _Place) -> Iterator[Contradiction]:
    """Yield the remedies that were decided so long before any act of the claim began that a year must be wrong.

    A decision before the act is no contradiction: courts order the eviction that follows (127/2019, 330/2023).
    """
    starts = [act.start for act in at.claim.acts or ()]
    if not starts or None in starts:
        return
    first = min((start for start in starts if start), key=lambda start: start.earliest)
    began = tuple(at.path("acts", number, "from") for number in range(len(starts)))
    for number, remedy in enumerate(at.remedies):
        if remedy.decided and _is_long_before(remedy.decided, first, 12 * YEARS_BEFORE_ACTS):
            because = say(
                "{court:first} decided {decided:on}, more than {years} years before the first act of the claim began {began:on}.",
                court=authority(remedy),
                decided=remedy.decided,
                years=YEARS_BEFORE_ACTS,
                began=first,
            )
            yield Contradiction(because, (*at.remedy(number, "decided"), *began))


def _each_remedy(at: _Place) -> Iterator[Contradiction]:
    """Yield what does not fit within one remedy."""
    for number, remedy in enumerate(at.remedies):
        court, decided, notified, due = authority(remedy), remedy.decided, remedy.notified, remedy.next_step_due
        if remedy.outcome == "pending" and (decided or notified):
            because = say(
                "The remedy before {court} is pending, and has a day of decision or notification.", court=court
            )
            days = [name for name, day in (("decided", decided), ("notified", notified)) if day]
            yield Contradiction(because, at.remedy(number, "outcome", *days))
        if remedy.outcome == "no_reply" and notified:
            because = say(
                "{court:first} gave no reply, and yet a notification is recorded {notified:on}.",
                court=court,
                notified=notified,
            )
            yield Contradiction(because, at.remedy(number, "outcome", "notified"))
        if decided and notified and _is_long_before(notified, decided, MONTHS_SERVED_BEFORE):
            because = say(
                "The decision of {court} was notified {notified:on}, more than three months before it was taken {decided:on}.",
                court=court,
                notified=notified,
                decided=decided,
            )
            yield Contradiction(because, at.remedy(number, "notified", "decided"))
        if due and decided and ends_before(due, decided) and (notified is None or ends_before(due, notified)):
            because = say(
                "The last day of the next step after {court} is {due}, before the decision {decided:on}.",
                court=court,
                due=due,
                decided=decided,
            )
            yield Contradiction(because, at.remedy(number, "next_step_due", "decided"))
        if remedy.victims == ():
            yield Contradiction(
                say("The remedy before {court} concerns no victim.", court=court), at.remedy(number, "victims")
            )


def _is_long_before(one: UncertainDate, other: UncertainDate, months: int) -> bool:
    """Return whether a date certainly lies more than a number of calendar months before another."""
    return ends_before(one, other) and add_months(one.latest, months) < other.earliest


def _pairs_of_remedies(at: _Place) -> Iterator[Contradiction]:
    """Yield pairs of remedies in an impossible order, and remedies that are recorded twice."""
    for number, remedy in enumerate(at.remedies):
        for later, other in enumerate(at.remedies):
            if later == number or not _same_victims(remedy, other):
                continue
            if later > number and remedy.decided is not None and _same(remedy, other):
                because = say(
                    "The remedy before {court}, decided {decided:on}, is recorded twice.",
                    court=authority(remedy),
                    decided=remedy.decided,
                )
                yield Contradiction(because, (*at.remedy(number, "decided"), *at.remedy(later, "decided")))
            elif _follows(at.remedies, remedy, other):
                yield from _out_of_order(at, number, later)


def _out_of_order(at: _Place, number: int, later: int) -> Iterator[Contradiction]:
    """Yield where the next instance certainly began, or ended, before the decision that it is about."""
    remedy, other = at.remedies[number], at.remedies[later]
    if remedy.decided is None:
        return
    name, day = ("filed", other.filed) if other.filed else ("decided", other.decided)
    known = (
        remedy.decided
        if remedy.notified is None or remedy.notified.earliest > remedy.decided.earliest
        else remedy.notified
    )
    if day is None or not ends_before(day, known):
        return
    values: dict[str, Any] = {
        "next": authority(other),
        "court": authority(remedy),
        "day": day,
        "decided": remedy.decided,
    }
    because = (
        say("The remedy before {next} was filed {day:on}, before {court} decided {decided:on}.", **values)
        if name == "filed"
        else say("{next:first} decided {day:on}, before {court} decided {decided:on}.", **values)
    )
    yield Contradiction(because, (*at.remedy(later, name), *at.remedy(number, "decided")))


def _same_victims(one: Remedy, other: Remedy) -> bool:
    return one.victims == other.victims or one.victims is None or other.victims is None


def _same(one: Remedy, other: Remedy) -> bool:
    """Return whether two remedies agree in all that names them."""
    return (one.stage, one.authority, one.kind, one.filed, one.decided, one.outcome, one.victims) == (
        other.stage,
        other.authority,
        other.kind,
        other.filed,
        other.decided,
        other.outcome,
        other.victims,
    )


def _follows(remedies: tuple[Remedy, ...], remedy: Remedy, other: Remedy) -> bool:
    """Return whether a remedy is the next instance after another one, each being the only one of its stage."""
    stages = [each.stage for each in remedies]
    if stages.count(remedy.stage) != 1 or stages.count(other.stage) != 1:
        return False
    if remedy.next_step == other.stage and other.stage is not None:
        return True
    order = [stage for stage in _INSTANCES_IN_ORDER if stage in stages]
    if remedy.stage not in order or other.stage not in order:
        return False
    return order.index(other.stage) == order.index(remedy.stage) + 1


def _not_used(at: _Place) -> Iterator[Contradiction]:
    """Yield the remedies that are recorded as used, and also as never tried or missed."""
    stages = [remedy.stage for remedy in at.remedies]
    for number, unused in enumerate(at.claim.remedies_not_used or ()):
        if unused.stage in stages and unused.stage is not None and unused.reason == "not_tried":
            used = stages.index(unused.stage)
            stage = Term("remedy_stages", unused.stage)
            because = say("{stage} is recorded as used, and also as not tried.", stage=stage)
            facts = (at.path("remedies_not_used", number, "reason"), *at.remedy(used, "stage"))
            yield Contradiction(because, facts)


def _delay(at: _Place) -> Iterator[Contradiction]:
    """Yield a delay that began before the first remedy was filed."""
    since = at.claim.delay.since if at.claim.delay and at.claim.delay.claimed else None
    filed = [remedy.filed for remedy in at.remedies]
    if since is None or not filed or None in filed:
        return
    first = min((day for day in filed if day), key=lambda day: day.earliest)
    if ends_before(since, first):
        because = say(
            "The remedies are said to be delayed since {since}, before the first of them was filed {filed:on}.",
            since=since,
            filed=first,
        )
        yield Contradiction(
            because, (at.path("delay", "since"), *(at.remedy(n, "filed")[0] for n in range(len(filed))))
        )


def _evidence(at: _Place) -> Iterator[Contradiction]:
    """Yield copies of decisions at stages at which no remedy is recorded."""
    codes = {stage.code for stage in load_vocabularies().remedy_stages}
    stages = {remedy.stage for remedy in at.remedies}
    if at.claim.remedies is None or None in stages:
        return
    for number, evidence in enumerate(at.claim.evidence or ()):
        if evidence.kind == "decision" and evidence.proves in codes - stages:
            because = say(
                "The evidence holds a decision at the stage {stage}, at which no remedy is recorded.",
                stage=Term("remedy_stages", evidence.proves or ""),
            )
            yield Contradiction(because, (at.path("evidence", number, "proves"), at.path("remedies")))


def _housing(at: _Place) -> Iterator[Contradiction]:
    """Yield the answers to requests for housing that came before the request."""
    for number, request in enumerate(at.claim.housing_applications or ()):
        if request.applied and request.answered and ends_before(request.answered, request.applied):
            because = say(
                "The request for housing {applied:on} was answered {answered:on}, before it was made.",
                applied=request.applied,
                answered=request.answered,
            )
            facts = tuple(at.path("housing_applications", number, name) for name in ("answered", "applied"))
            yield Contradiction(because, facts)


def _procedure(facts: CaseFacts, number: int, other: OtherProcedure) -> Iterator[Contradiction]:
    """Yield what does not fit within another international procedure, or with the acts that it is about."""
    path = ("other_procedures", number)
    body = Term("bodies", other.body) if other.body else say("another body")
    if other.status == "pending" and other.until is not None:
        because = say("The procedure before {body} is pending, and yet ended {until:on}.", body=body, until=other.until)
        yield Contradiction(because, (facts.path(*path, "status"), facts.path(*path, "until")))
    starts = [act.start for claim in facts.claims or () for act in claim.acts or ()]
    known = [start for start in starts if start is not None]
    if other.same_facts and other.start and known and len(known) == len(starts):
        first = min(known, key=lambda start: start.earliest)
        if ends_before(other.start, first):
            because = say(
                "The procedure before {body} on the same facts began {began:on}, before the first act {act:on}.",
                body=body,
                began=other.start,
                act=first,
            )
            yield Contradiction(because, (facts.path(*path, "from"), facts.path("claims")))
