"""Checks that JSON Schema can't express: ids are unique and refer to something, and dates come in a possible order.

An order of vague dates is a fault only if it is impossible for all days that they can mean. A notification before its
decision is no fault: an operative part may be read out or served before the reasoned decision is dated.
"""

from collections.abc import Iterable, Iterator

from caseflow.law.dates import UncertainDate
from caseflow.law.facts import MOST_REMEDIES, CaseFacts, Claim
from caseflow.law.faults import Fault


def inconsistencies(facts: CaseFacts) -> Iterator[Fault]:
    """Yield the faults of facts that are valid by the schema."""
    yield from _duplicate_ids((victim.id for victim in facts.victims or ()), "/victims", "victim")
    yield from _duplicate_ids((claim.id for claim in facts.claims or ()), "/claims", "claim")
    known = {victim.id for victim in facts.victims or ()}
    for place, claim in facts.claims_by_index():
        path = f"/claims/{place}"
        for number, victim in enumerate(claim.victims or ()):
            if victim not in known:
                yield Fault(f"{path}/victims/{number}", f'"{victim}" is not the id of a victim of this document.')
        yield from _too_many_remedies(claim, path)
        yield from _victims_of_remedies(claim, path, known)
        yield from _wrong_date_orders(claim, path)
    for place, other in enumerate(facts.other_procedures or ()):
        path = f"/other_procedures/{place}/until"
        yield from _wrong_order(other.start, other.until, path, "The procedure can't end before it began")


def _too_many_remedies(claim: Claim, path: str) -> Iterator[Fault]:
    number = len(claim.remedies or ()) + len(claim.remedies_not_used or ())
    if number > MOST_REMEDIES:
        sentence = f"With the remedies that were used there are {number}: more than {MOST_REMEDIES} can't be assessed."
        yield Fault(f"{path}/remedies_not_used", sentence)


def _victims_of_remedies(claim: Claim, path: str, known: set[str]) -> Iterator[Fault]:
    covered = known if claim.victims is None else set(claim.victims)
    for number, remedy in enumerate(claim.remedies or ()):
        for place, victim in enumerate(remedy.victims or ()):
            if victim not in covered:
                sentence = f'"{victim}" is not the id of a victim of this claim.'
                yield Fault(f"{path}/remedies/{number}/victims/{place}", sentence)


def _wrong_date_orders(claim: Claim, path: str) -> Iterator[Fault]:
    for number, act in enumerate(claim.acts or ()):
        yield from _wrong_order(
            act.start, act.until, f"{path}/acts/{number}/until", "The act can't end before it began"
        )
    for number, remedy in enumerate(claim.remedies or ()):
        here = f"{path}/remedies/{number}"
        yield from _wrong_order(
            remedy.filed, remedy.decided, f"{here}/decided", "The decision can't come before the filing"
        )
        yield from _wrong_order(
            remedy.filed, remedy.notified, f"{here}/notified", "Notification can't come before the filing"
        )


def _wrong_order(
    first: UncertainDate | None, second: UncertainDate | None, path: str, sentence: str
) -> Iterator[Fault]:
    if first is not None and second is not None and second.latest < first.earliest:
        yield Fault(path, f"{sentence}: {second} is before {first}.")


def _duplicate_ids(ids: Iterable[str], path: str, what: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, each in enumerate(ids):
        if each in seen:
            yield Fault(f"{path}/{place}/id", f'"{each}" is the id of another {what} already.')
        seen.add(each)
