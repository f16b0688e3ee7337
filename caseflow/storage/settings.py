"""The settings of evidence: where its files are, and how much of it there may be."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

MEGABYTE: Final = 1_000_000
LARGEST_FILE_MB: Final = 100
"""What `front.limits.LARGEST_UPLOAD` lets through, with the form around it."""
MANY: Final = 1_000_000
SCANNER: Final = re.compile(r"[\w.:\[\]-]+:[0-9]{1,5}", re.ASCII)


class Reader(Protocol):
    """Reads variables of the environment, and collects what is wrong with them."""

    problems: list[str]

    def text(self, name: str) -> str | None:
        """Return a value, None if there is none."""

    def secret(self, name: str) -> str | None:
        """Return a secret from its variable or a file, None if there is none."""

    def number(self, name: str, default: int, *, least: int = 1, most: int) -> int:
        """Return a whole number."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of a store that speaks the protocol of S3. Without a key, what the machine itself may is used."""

    name: str
    endpoint: str | None = None
    """Address of the store; None for Amazon's."""
    region: str | None = None
    prefix: str = ""
    """What the names of our objects begin with, where others are in the bucket too."""
    key_id: str | None = None
    secret: str | None = field(default=None, repr=False)

    @classmethod
    def read(cls, read: Reader) -> "Bucket | None":
        """Return the bucket of an environment, None if files are in a folder."""
        name = read.text("FILES_S3_BUCKET")
        endpoint, region = read.text("FILES_S3_ENDPOINT"), read.text("FILES_S3_REGION")
        prefix, key_id, secret = read.text("FILES_S3_PREFIX"), read.text("FILES_S3_KEY"), read.secret("FILES_S3_SECRET")
        if name is None:
            if any((endpoint, region, prefix, key_id, secret)):
                read.problems.append(
                    "FILES_S3_BUCKET is missing: name the bucket, or take the other FILES_S3 settings out."
                )
            return None
        if endpoint is not None and not endpoint.startswith(("https://", "http://")):
            read.problems.append("FILES_S3_ENDPOINT must begin with https:// (or http:// on the same machine).")
        if (key_id is None) != (secret is None):
            read.problems.append("Set FILES_S3_KEY and FILES_S3_SECRET, or neither.")
        return cls(name, endpoint, region, prefix or "", key_id, secret)

    def to_env(self) -> dict[str, str]:
        """Return the environment from which the same settings are read."""
        values = {
            "FILES_S3_BUCKET": self.name,
            "FILES_S3_ENDPOINT": self.endpoint,
            "FILES_S3_REGION": self.region,
            "FILES_S3_PREFIX": self.prefix,
            "FILES_S3_KEY": self.key_id,
            "FILES_S3_SECRET": self.secret,
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Sizes in bytes."""

    folder: Path = Path("/var/lib/caseflow/files")
    bucket: Bucket | None = None
    """Where files are instead of in the folder."""
    largest_file: int = 50 * MEGABYTE
    most_files: int = 500
    """Of one case."""
    size_of_case: int = 2000 * MEGABYTE
    """Of all files of one case together."""
    scanner: str | None = None
    """The socket or address of clamd, which is asked before a file is kept."""
    free_disk: int = 1000 * MEGABYTE
    """What evidence leaves free on its disk."""

    @classmethod
    def read(cls, read: Reader) -> "FileSettings":
        """Return the settings of an environment."""
        return cls(
            folder=Path(read.text("FILES_FOLDER") or cls().folder),
            bucket=Bucket.read(read),
            scanner=_scanner(read),
            largest_file=read.number("EVIDENCE_LARGEST_MB", 50, most=LARGEST_FILE_MB) * MEGABYTE,
            most_files=read.number("EVIDENCE_FILES_OF_CASE", 500, most=MANY),
            size_of_case=read.number("EVIDENCE_MB_OF_CASE", 2000, most=MANY) * MEGABYTE,
            free_disk=read.number("EVIDENCE_FREE_MB", 1000, least=0, most=MANY) * MEGABYTE,
        )

    def to_env(self) -> dict[str, str]:
        """Return the environment from which the same settings are read."""
        chosen = self.bucket.to_env() if self.bucket else {}
        chosen |= {"EVIDENCE_SCANNER": self.scanner} if self.scanner else {}
        return chosen | {
            "FILES_FOLDER": str(self.folder),
            "EVIDENCE_LARGEST_MB": str(self.largest_file // MEGABYTE),
            "EVIDENCE_FILES_OF_CASE": str(self.most_files),
            "EVIDENCE_MB_OF_CASE": str(self.size_of_case // MEGABYTE),
            "EVIDENCE_FREE_MB": str(self.free_disk // MEGABYTE),
        }


def _scanner(read: Reader) -> str | None:
    """Return where the scanner is: the path of a socket, or a host with its port."""
    address = read.text("EVIDENCE_SCANNER")
    if address is not None and not address.startswith("/") and not SCANNER.fullmatch(address):
        read.problems.append("EVIDENCE_SCANNER must be the path of a socket of clamd, or host:port.")
    return address
