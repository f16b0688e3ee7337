"""The settings of evidence: where its files are, and how much of it there may be."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

MEGABYTE: Final = 1_000_000
LARGEST_FILE_MB: Final = 100
"""What `front.limits.LARGEST_UPLOAD` lets through, with the form around it."""
MANY: Final = 1_000_000


class Reader(Protocol):
    """Reads variables of the environment, and collects what is wrong with them."""

    def text(self, name: str) -> str | None:
        """Return a value, None if there is none."""

    def number(self, name: str, default: int, *, least: int = 1, most: int) -> int:
        """Return a whole number."""


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Sizes in bytes."""

    folder: Path = Path("/var/lib/caseflow/files")
    largest_file: int = 50 * MEGABYTE
    most_files: int = 500
    """Of one case."""
    size_of_case: int = 2000 * MEGABYTE
    """Of all files of one case together."""
    free_disk: int = 1000 * MEGABYTE
    """What evidence leaves free on its disk."""

    @classmethod
    def read(cls, read: Reader) -> "FileSettings":
        """Return the settings of an environment."""
        return cls(
            folder=Path(read.text("FILES_FOLDER") or cls().folder),
            largest_file=read.number("EVIDENCE_LARGEST_MB", 50, most=LARGEST_FILE_MB) * MEGABYTE,
            most_files=read.number("EVIDENCE_FILES_OF_CASE", 500, most=MANY),
            size_of_case=read.number("EVIDENCE_MB_OF_CASE", 2000, most=MANY) * MEGABYTE,
            free_disk=read.number("EVIDENCE_FREE_MB", 1000, least=0, most=MANY) * MEGABYTE,
        )

    def to_env(self) -> dict[str, str]:
        """Return the environment from which the same settings are read."""
        return {
            "FILES_FOLDER": str(self.folder),
            "EVIDENCE_LARGEST_MB": str(self.largest_file // MEGABYTE),
            "EVIDENCE_FILES_OF_CASE": str(self.most_files),
            "EVIDENCE_MB_OF_CASE": str(self.size_of_case // MEGABYTE),
            "EVIDENCE_FREE_MB": str(self.free_disk // MEGABYTE),
        }
