"""Which filing would bar which other one, and which recorded procedures already bar a mechanism.

How a mechanism treats procedures elsewhere is data (`same_matter` of each row): they bar it while pending, after
examination, both, or neither. Whether a procedure counts depends on the nature of its body: Special Procedures, inquiries
and the complaint procedure of the Human Rights Council never count; whether collective ones do is for a lawyer.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from caseflow.law.case import Case
from caseflow.law.matter import COMMITTEE, Matter, earlier_communications, other_procedures
from caseflow.law.register import BodyNature
from caseflow.law.routes.answers import Block, Point, Status
from caseflow.law.routes.mechanisms import Bar, Mechanism, Mechanisms, message
from caseflow.law.sentences import Value, say

NOT_RECORDED: Final = say("Whether another procedure was used is not recorded; it could bar this one.")
RECORD_IT: Final = say("Was another international procedure used? Record it, or that there was none.")
_INDIVIDUAL: Final = frozenset({"own", "individual"})


@lru_cache
def blocks(code: str, mechanisms: Mechanisms) -> tuple[Block, ...]:
    """Return the mechanisms that a filing at one would bar, in the order of the data. Cached: it depends on the data only.

    A collective filing is about a general situation, which is never the same matter. Where it is disputed whether the
    procedure of a body counts, a lawyer must assess whether it bars.
    """
    nature = mechanisms.rows[code].nature
    found = (Block(row.code, *_bar_of(nature, row), row.same_matter.citation) for row in mechanisms.rows.values())
    return tuple(each for each in found if each.bars != code and {each.while_pending, each.after_examination} != {"no"})


def barring_procedures(mechanism: Mechanism, case: Case) -> Iterator[Point]:
    """Yield a point for each recorded procedure that bars this mechanism or may, and one if none were asked about."""
    if case.facts.other_procedures is None and _bars(mechanism) != {"no"}:
        yield Point("open", NOT_RECORDED, (case.facts.path("other_procedures"),), RECORD_IT)
    bodies = [other.body for other in case.facts.other_procedures or ()]
    elsewhere = zip(bodies, other_procedures(case), strict=True)
    before = ((COMMITTEE, matter) for matter in earlier_communications(case))
    for body, matter in (*elsewhere, *before):
        point = _one(mechanism, case, body, matter)
        if point is not None:
            yield point


def _one(mechanism: Mechanism, case: Case, body: str | None, matter: Matter) -> Point | None:
    if matter.status == "general_situation" or matter.sameness == "other" or matter.begun(case.on) is False:
        return None
    is_own = body == mechanism.code
    if not is_own and matter.nature is not None and not _counts(matter.nature, mechanism):
        return None
    found = [_effect(mechanism, status, is_own=is_own) for status in matter.statuses(case.on)]
    effect = next((bar for bar in ("bars", "weighed") if bar in found), "no")
    if effect == "no":
        return None
    facts = tuple(matter.paths[name] for name in ("status", "persons", "facts", "rights"))
    by, rule = (body,) if body else (), mechanism.same_matter
    named: dict[str, Value] = {"procedure": matter.name, "citation": message(rule.citation)}
    uncertain = matter.sameness != "same" or len(set(found)) > 1 or matter.nature in {None, "collective", "disputed"}
    if effect == "bars" and not uncertain:
        because = say(
            "{procedure:first} is on the same persons, facts and rights and bars this route ({citation}).", **named
        )
        when = matter.starts if "pending" in matter.statuses(case.on) else matter.ends
        since = when.earliest if when and not when.is_vague else None
        short = say("Barred by {procedure}", procedure=matter.name)
        return Point("closed", because, facts, citation=rule.citation, barred_by=by, closed_since=since, short=short)
    status: Status = "unknown" if matter.sameness == "unknown" or None in matter.statuses(case.on) else "needs_lawyer"
    question = say("Does {procedure} concern the same matter, and was it examined there?", procedure=matter.name)
    because = say("{procedure:first} may bar this route ({citation}).", **named) + rule.note
    return Point(status, because, facts, question, rule.citation, barred_by=by)


def _effect(mechanism: Mechanism, status: str | None, *, is_own: bool) -> Bar:
    """Return the effect of a procedure with a status. One that was not examined never bars without a lawyer's view."""
    same = mechanism.same_matter
    if status in ("rejected_unexamined", "withdrawn"):
        return "weighed" if (same.own if is_own else same.examined) != "no" else "no"
    if is_own:
        return same.own
    if status == "pending":
        return same.pending
    if status == "examined":
        return same.examined
    return "weighed" if _bars(mechanism) != {"no"} else "no"


def _bar_of(nature: BodyNature, row: Mechanism) -> tuple[Bar, Bar]:
    same = row.same_matter
    if nature in _INDIVIDUAL or same.counts_every_procedure:
        return same.pending, same.examined
    if nature in ("never", "collective"):
        return "no", "no"
    return _weighed(same.pending), _weighed(same.examined)


def _weighed(bar: Bar) -> Bar:
    return "no" if bar == "no" else "weighed"


def _counts(nature: BodyNature, mechanism: Mechanism) -> bool:
    return nature != "never" or mechanism.same_matter.counts_every_procedure


def _bars(mechanism: Mechanism) -> set[Bar]:
    return {mechanism.same_matter.pending, mechanism.same_matter.examined}
