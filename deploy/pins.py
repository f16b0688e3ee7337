"""Writes `docs/pins.md`: every pinned package with its version, its licence, what needs it and where it is used.

The licence is what the package itself declares; it must be one that works may be combined with under the licence of caseflow.
Run it through `make requirements`, with the packages of the test requirements installed.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "pins.md"
PIN: Final = re.compile(
    r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(?P<version>[^ ;\\\n]+)(?P<rest>(?:.|\n)*?)(?=^[a-z0-9]|\Z)",
    re.MULTILINE,
)
VIA: Final = re.compile(r"^ +#(?: via)? +(\S+)", re.MULTILINE)
ELSEWHERE: Final = {
    # Pinned for other systems or versions of Python, so not installed here: package -> licence, read in its own repository
    "async-timeout": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "tomli": "MIT",
    "exceptiongroup": "MIT",
    "pywin32": "PSF-2.0",
}
WORDS: Final = {
    # What older metadata says -> the identifier of SPDX
    "apache software license": "Apache-2.0", "apache 2.0": "Apache-2.0", "apache": "Apache-2.0", "apache license 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause", "new bsd": "BSD-3-Clause", "bsd license": "BSD-3-Clause", "bsd 2-clause license": "BSD-2-Clause",
    "mit license": "MIT", "dual license": "Apache-2.0 OR BSD-3-Clause", "python software foundation license": "PSF-2.0",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0", "the unlicense (unlicense)": "Unlicense",
    "bsd-3-clause, apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "isc license (iscl)": "ISC", "zope public license": "ZPL-2.1",
}  # fmt: skip
COMPATIBLE: Final = frozenset({
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "GPL-3.0-or-later", "ISC", "LGPL-3.0-only", "LGPL-3.0-or-later",
    "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "PostgreSQL", "Unlicense", "Zlib", "ZPL-2.1", "0BSD",
})  # fmt: skip
"""Licences whose works may be combined with ours (AGPL-3.0-or-later)."""
HEAD: Final = """# Every pinned package

Written by `make requirements` (`deploy/pins.py`). Why each package that caseflow names itself was chosen: [Dependencies](dependencies.md).
Known faults of these versions: `make advisories`. "Needed by" says what brings it; *caseflow* stands for `pyproject.toml`.

| Package | Version | Licence | Needed by | Used |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned package."""

    name: str
    version: str
    needed_by: tuple[str, ...]
    is_for_some: bool = False
    """Whether it is pinned for some systems or versions of Python only."""


def pins(requirements: str) -> dict[str, Pin]:
    """Return the pins of a file of requirements by name."""
    return {
        match["name"]: Pin(
            match["name"],
            match["version"],
            tuple(sorted(set(VIA.findall(match["rest"])))),
            match["rest"].lstrip(" ").startswith(";"),
        )
        for match in PIN.finditer(requirements)
    }


def licence_of(name: str) -> str:
    """Return the licence of a package as an SPDX expression; what can't be told is returned as it is written."""
    try:
        declared = metadata(name)
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "not installed here: add it to ELSEWHERE in deploy/pins.py")
    if expression := declared.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition("::")[2] for line in declared.get_all("Classifier", []) if line.startswith("License")
    ]
    for text in (declared.get("License") or "", *classifiers):
        if (known := WORDS.get(text.strip().casefold())) or (known := text.strip()) in COMPATIBLE:
            return known
    return "unknown"


def incompatible(licence: str) -> set[str]:
    """Return the parts of an SPDX expression that are not known to be compatible; one of several choices is enough."""
    choices = [set(choice.replace("(", "").replace(")", "").split(" AND ")) for choice in licence.split(" OR ")]
    return min((choice - COMPATIBLE for choice in choices), key=len)


def rows(run: Mapping[str, Pin], every: Mapping[str, Pin]) -> Iterator[str]:
    """Yield the rows of the page."""
    for name, pin in sorted(every.items()):
        needed_by = ", ".join(one.removesuffix("[") for one in pin.needed_by) or "caseflow"
        where = "to run" if name in run else "tests and checks"
        yield f"| {name} | {pin.version} | {licence_of(name)} | {needed_by} | {where} |"


def page() -> str:
    """Return the page for the present pins."""
    run, every = (pins((ROOT / name).read_text("utf-8")) for name in ("requirements.txt", "requirements-test.txt"))
    return HEAD + "\n".join(rows(run, every)) + "\n"


def main() -> int:
    """Write the page; say which licences need a decision."""
    text = page()
    PAGE.write_text(text, encoding="utf-8")
    doubtful = [line for line in text.splitlines()[8:] if incompatible(line.split("|")[3].strip())]
    print("\n".join(doubtful) or f"{PAGE.name} is written; every licence is compatible.")
    return 1 if doubtful else 0


if __name__ == "__main__":
    sys.exit(main())
