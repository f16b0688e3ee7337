"""What is wrong with a document of case facts."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseflow.errors import Invalid


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the JSON pointer to the field (empty for the whole document) and a sentence about it."""

    path: str
    sentence: str


class InvalidFacts(Invalid):
    """The document can't be assessed; `faults` lists every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "The document is not valid: " + " ".join(f"{fault.path or '/'}: {fault.sentence}" for fault in faults),
            {fault.path: fault.sentence for fault in faults},
        )
        self.faults = tuple(faults)
