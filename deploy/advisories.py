"""Checks the pinned packages for known faults (`make advisories`), and never takes "not checked" for "none".

Two ways: `pip-audit` asks an advisory service; `--database` reads advisories from a file instead, the archive of OSV records
for PyPI (a ZIP of JSON files), for machines without a network. pip-audit ends with 0 and "No known vulnerabilities found" where
it reaches nobody, so its answer counts only if it names every pin.

Exit codes: 0 every pin was checked and none has a known fault, 1 a fault is known, 3 NOT CHECKED.
"""

import argparse
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from deploy.pins import ROOT, Pin, pins

WELL, FAULTY, NOT_CHECKED = 0, 1, 3
REQUIREMENTS: Final = ROOT / "requirements-test.txt"
SERVICES: Final = ("osv", "pypi")
SECONDS: Final = 300
OLDEST: Final = timedelta(days=30)
"""Of a database. What was found since is missing in an older one."""
LARGEST_RECORD: Final = 5 * 1024 * 1024
"""Bytes."""
SHOWN: Final = 5


class NotCheckedError(Exception):
    """The pins were not checked; the message says why."""


def by_service(requirements: Path, known: Mapping[str, Pin]) -> list[str]:
    """Return the known faults, as an advisory service names them; the first service that answers counts.

    Raises:
        NotCheckedError: there is no pip-audit, or no service answered for every pin.
    """
    program = shutil.which("pip-audit") or shutil.which(str(Path(sys.executable).with_name("pip-audit")))
    if program is None:
        raise NotCheckedError("pip-audit is not installed. Install it outside of this project: pipx install pip-audit")
    reasons = []
    for service in SERVICES:
        command = [program, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        try:
            done = subprocess.run(
                [*command, "--vulnerability-service", service, "--requirement", str(requirements)],
                capture_output=True, text=True, timeout=SECONDS, check=False,
            )  # fmt: skip
            return faults_of(done.stdout, known)
        except (NotCheckedError, OSError, subprocess.TimeoutExpired) as reason:
            reasons.append(f"{service}: {reason}")
    raise NotCheckedError("\n".join(reasons))


def faults_of(answer: str, known: Mapping[str, Pin]) -> list[str]:
    """Return the faults in an answer of pip-audit.

    Raises:
        NotCheckedError: it does not name every pin, each with its advisories.
    """
    try:
        named = {one["name"]: one for one in json.loads(answer)["dependencies"]}
        unchecked = sorted(
            name
            for name, pin in known.items()
            if (name not in named and not pin.is_for_some) or (name in named and not _is_answered(named[name], pin))
        )
    except (ValueError, LookupError, TypeError) as error:
        raise NotCheckedError("no answer that can be read: the service could not be reached.") from error
    if unchecked:
        shown = ", ".join(unchecked[:SHOWN]) + (", ..." if len(unchecked) > SHOWN else "")
        raise NotCheckedError(f"no answer for {len(unchecked)} of {len(known)} pins ({shown}).")
    if for_others := sorted(known.keys() - named.keys()):
        print(f"Not asked for, because they are pinned for other systems: {', '.join(for_others)}.")
    return [f"{name} {one['version']}: {fault['id']}" for name, one in named.items() for fault in one.get("vulns", ())]


def _is_answered(one: Mapping[str, Any], pin: Pin) -> bool:
    return isinstance(one.get("vulns"), list) and one.get("version") == pin.version


def by_database(archive: Path, known: Mapping[str, Pin], now: datetime) -> list[str]:
    """Return the known faults in an archive of OSV records.

    Raises:
        NotCheckedError: it can't be read, holds nothing, or is too old.
    """
    newest, found, names = datetime.min.replace(tzinfo=UTC), [], set()
    try:
        for record in _records(archive):
            newest = max(newest, datetime.fromisoformat(record["modified"]))
            for affected in record.get("affected", ()):
                name = affected.get("package", {}).get("name", "").lower().replace("_", "-").replace(".", "-")
                names.add(name)
                pin = known.get(name)
                if pin is not None and pin.version in affected.get("versions", ()) and "withdrawn" not in record:
                    found.append(f"{name} {pin.version}: {record['id']}")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise NotCheckedError(f"{archive} is no archive of OSV records: {error}") from error
    if not names:
        raise NotCheckedError(f"{archive} holds no advisory.")
    if now - newest > OLDEST:
        raise NotCheckedError(f"{archive} is too old: its newest advisory is of {newest:%Y-%m-%d}.")
    return sorted(set(found))


def _records(archive: Path) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(archive) as records:
        for entry in records.infolist():
            if entry.filename.endswith(".json") and entry.file_size <= LARGEST_RECORD:
                yield json.loads(records.read(entry))


def main(arguments: list[str] | None = None) -> int:
    """Check the pins, and say loudly when that was not possible."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--database", type=Path, help="a ZIP of OSV records for PyPI, instead of a service")
    parser.add_argument("--requirements", type=Path, default=REQUIREMENTS)
    given = parser.parse_args(arguments)
    known = pins(given.requirements.read_text("utf-8"))
    try:
        if given.database:
            found = by_database(given.database, known, datetime.now(UTC))
        else:
            found = by_service(given.requirements, known)
    except NotCheckedError as reason:
        line = "!" * 78
        print(
            f"{line}\nNOT CHECKED: {len(known)} pins were not compared with any advisory.\n{reason}\n{line}",
            file=sys.stderr,
        )
        return NOT_CHECKED
    if found:
        print("Known faults:\n" + "\n".join(f"  {fault}" for fault in found), file=sys.stderr)
        return FAULTY
    print(f"{len(known)} pins were compared with the advisories: no known fault.")
    return WELL


if __name__ == "__main__":
    sys.exit(main())
