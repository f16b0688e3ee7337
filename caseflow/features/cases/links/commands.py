"""The command that links two cases."""

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """What a case is to another one."""

    INCIDENT = "incident"
    OPPONENT = "opponent"
    LAW = "law"
    LEADS = "leads"
    FOLLOWS = "follows"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """What the case is to another one, which is named by its reference, and why they are linked."""

    relation: Relation
    reference: str
    reason: str
