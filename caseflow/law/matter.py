"""Other procedures about a case: whether one concerns the same matter, and what its status was on a day.

The same matter means the same persons, facts and rights (OP-ICESCR art. 3(2)(c), as treaty bodies read it). The rule
`same-matter` asks this of every other procedure, `abuse` of earlier communications to the Committee.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from caseflow.law.case import Case
from caseflow.law.dates import UncertainDate
from caseflow.law.facts import EarlierCommunication, OtherProcedure
from caseflow.law.register import Body, BodyNature
from caseflow.law.sentences import Text, as_written, say

Sameness = Literal["same", "partly", "other", "unknown"]
COMMITTEE: Final = "CESCR"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Matter:
    """Another procedure: the nature of its body, what it has in common with the case, and its dates."""

    name: Text
    """A phrase for use inside a sentence, such as "the procedure before the European Court of Human Rights"."""
    nature: BodyNature | None
    status: str | None
    starts: UncertainDate | None
    ends: UncertainDate | None
    same: Mapping[str, bool | None]
    """Of each of persons, facts and rights, whether they are the same; None where that is not recorded."""
    paths: Mapping[str, str]
    """JSON pointers by the names of these fields."""
    anything_new: bool | None = None

    @property
    def sameness(self) -> Sameness:
        """Return how far the matter is the same. Other persons and other facts make it another matter, whatever the right."""
        if self.same["persons"] is False and self.same["facts"] is False:
            return "other"
        if None in self.same.values():
            return "unknown"
        return "same" if all(self.same.values()) else "partly"

    def begun(self, on: date) -> bool | None:
        """Return whether it had begun by a day; None when that depends on which day a vague date is."""
        over = self.ends is not None and self.ends.latest <= on
        if self.starts is None or self.starts.latest <= on or over:
            return True
        return False if self.starts.earliest > on else None

    def statuses(self, on: date) -> frozenset[str | None]:
        """Return the statuses that it may have had on a day. A procedure that ended after the day was pending on it.

        Where it is recorded as pending and also as ended before the day, the status is not known (None).
        """
        if self.status is None or self.ends is None:
            return frozenset({self.status})
        if self.status == "pending":
            return frozenset({None if self.ends.latest < on else "pending"})
        if self.ends.latest <= on:
            return frozenset({self.status})
        return frozenset({"pending"} if self.ends.earliest > on else {"pending", self.status})


def other_procedures(case: Case) -> list[Matter]:
    """Return the procedures recorded as other ones; some may name the Committee itself as their body."""
    return [_from_procedure(case, place, each) for place, each in enumerate(case.facts.other_procedures or ())]


def earlier_communications(case: Case) -> list[Matter]:
    """Return the communications filed with the Committee before."""
    return [
        _from_earlier_communication(case, place, each)
        for place, each in enumerate(case.facts.earlier_communications or ())
    ]


def _from_procedure(case: Case, place: int, other: OtherProcedure) -> Matter:
    body = case.register.bodies.get(other.body or "")
    return Matter(
        name=say("the procedure before {body}", body=_named(body))
        if body
        else say("a procedure whose body is not recorded"),
        nature=body.nature if body else None,
        status=other.status,
        starts=other.start,
        ends=other.until,
        same=_same(other),
        paths=_paths(case, "other_procedures", place, {"starts": "from", "ends": "until", "body": "body"}),
    )


def _named(body: Body) -> Text:
    """Return the name of a body with its article; the catalogues hold these messages for all bodies of the register."""
    return as_written(f"the {body.body}")


def _from_earlier_communication(case: Case, place: int, earlier: EarlierCommunication) -> Matter:
    number = (earlier.number or "").strip()
    shown = number if len(number) <= _LONGEST_NAME else number[:_LONGEST_NAME].rstrip() + "…"
    return Matter(
        name=say("the earlier communication {number} to the Committee", number=shown)
        if shown
        else say("an earlier communication to the Committee"),
        nature=case.register.bodies[COMMITTEE].nature,
        status=earlier.status,
        starts=earlier.filed,
        ends=None,
        same=_same(earlier),
        paths=_paths(case, "earlier_communications", place, {"starts": "filed", "anything_new": "anything_new"}),
        anything_new=earlier.anything_new,
    )


def _same(of: OtherProcedure | EarlierCommunication) -> Mapping[str, bool | None]:
    return {"persons": of.same_persons, "facts": of.same_facts, "rights": of.same_rights}


def _paths(case: Case, name: str, place: int, more: Mapping[str, str]) -> Mapping[str, str]:
    fields = {"status": "status", **{each: f"same_{each}" for each in ("persons", "facts", "rights")}, **more}
    return {own: case.facts.path(name, place, key) for own, key in fields.items()}
