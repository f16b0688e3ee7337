"""Commands of the services of evidence."""

from dataclasses import dataclass
from datetime import date

from caseflow.law.dates import UncertainDate
from caseflow.models import EvidenceKind, RemovalReason
from caseflow.storage import Incoming


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of a form, with the name that it came with."""

    name: str
    incoming: Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvidence:
    """What is asked when files are added. It holds for all of them, and can be changed for each."""

    kind: EvidenceKind | None = None
    source: str = ""
    received_on: date | None = None
    is_restricted: bool = False
    supports: tuple[str, ...] = ()
    """Codes of what it supports (`queries.Target.code`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDetails:
    """What a piece of evidence is, in words. `version` is that of the row when the form was drawn."""

    version: int | None
    kind: EvidenceKind | None = None
    title: str = ""
    dated: UncertainDate | None = None
    language: str = ""
    pages: int | None = None
    source: str = ""
    received_on: date | None = None
    obtained: str = ""
    original_place: str = ""
    shows: str = ""
    is_restricted: bool = False
    supports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRemoval:
    """Why a file is removed. `version` is that of the piece of evidence when the form was drawn."""

    version: int | None
    why: RemovalReason | None = None
    reason: str = ""
