"""Commands of the services of the dossier."""

from dataclasses import dataclass
from uuid import UUID

from caseflow.models import DossierKind, DossierPart


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Which text of a dossier: a part; for some parts the claim, for admissibility the rule."""

    part: DossierPart
    claim_id: UUID | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewText:
    """A text as it was typed. `version` is the one that the form was drawn with; 0 where there was none."""

    version: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBuild:
    """Which documents are wanted, in the words of which language, and why if they carry names."""

    kind: DossierKind
    language: str
    reason: str = ""
