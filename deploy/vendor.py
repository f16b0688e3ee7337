"""Fetch the page kit by package name, compile our theme, and write what the product serves, with a manifest.

Run by hand when a version or the theme changes; nothing is fetched or built when the product runs.

    python deploy/vendor.py                     fetch into a temporary folder, then build
    python deploy/vendor.py --packages FOLDER   build from packages that were installed before (faster while designing)

It needs Node.js and npm, and asks npm's own configuration where packages come from: no address is written here or into what it makes.
"""

import argparse
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if __package__:
    from deploy.style import FONT, SELECTOR_END, shorten
else:  # run as a script
    from style import FONT, SELECTOR_END, shorten

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "deploy" / "theme"
STATIC = ROOT / "caseflow" / "static"
VENDOR = STATIC / "vendor"
TESTS = ROOT / "tests" / "browser" / "vendor"

PACKAGES = {
    "govuk-frontend": "6.6.0",
    "@fontsource/noto-sans": "5.3.0",
    "axe-core": "4.14.1",
    "sass": "1.108.2",
    "rtlcss": "4.3.0",
}
SUBSETS = ("latin", "latin-ext", "cyrillic", "greek")
WEIGHTS = (400, 700)
BUDGET = 150_000
"""Bytes of style and script together, compressed, without the fonts (ux.md: pages for a slow line)."""

FORBIDDEN = (
    "gds transport",
    "govuk-crest",
    "crown",
    "#1d70b8",
    "#00703c",
    "#0f7a52",
    "#ffdd00",
    "sourcemappingurl",
    "url(http",
)
"""What must never be in our style: the fonts, arms and colours of GOV.UK, and addresses."""

CSS_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\)|[{}]|[^/"'{}u]+|.""", re.DOTALL)
GROUP = re.compile(r"@(?:-\w+-)?(?:media|supports|keyframes|layer|container)\b")
"""At-rules that hold rules, and not declarations."""

DRAWN = (
    *(
        "character-count",
        "checkboxes",
        "error-message",
        "fieldset",
        "hint",
        "file-upload",
        "input",
        "label",
        "password-input",
    ),
    *("radios", "select", "textarea"),
)
"""The parts of the kit that its own templates draw (`caseflow/web/widgets.py`); our templates name the classes of the others."""
UNASKED = re.compile(
    r"(?:conditional(?:--hidden)?|divider|prefix|suffix)$|^govuk-(?:label-wrapper|fieldset__heading|input__$)"
)
"""Classes of options of those templates that we never ask for. `tests/pages.py` finds a page that has one of them."""
SET_BY_SCRIPT = {"govuk-frontend-supported"}
COMPLETED = {
    "govuk-button--": ("secondary", "warning"),
    "govuk-input--width-": ("2", "4", "5", "10", "20"),
    "govuk-breakpoint-": (),
}
"""What our macros complete classes of the kit with."""
NEGATED = re.compile(r":not\([^()]*\)")
CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
NAME = re.compile(r"(?:govuk|cf|js)-[\w!-]*")
"""A class in a source; one that ends with a hyphen or an underscore is completed when a page is made."""

SMOOTH = "-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale"
TYPE = re.compile(f"(?:font-family:{re.escape(FONT)}|{SMOOTH.replace(';', '|')})(?:;|(?=}}))")
ONCE = f"html,button,input,select,textarea{{font-family:{FONT};{SMOOTH}}}"
"""What the kit repeats in every rule with a size of letters. Boxes and buttons do not inherit it."""


def install(packages: Path) -> None:
    """Install the pinned packages without running their scripts and without a lock file (it would hold addresses)."""
    names = [f"{name}@{version}" for name, version in PACKAGES.items()]
    options = ["--prefix", str(packages), "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
    subprocess.run(["npm", "install", *options, *names], check=True)


def module(packages: Path, name: str) -> Path:
    """Return a package's folder, after checking that it is the pinned version."""
    folder = packages / "node_modules" / name
    found = json.loads((folder / "package.json").read_text())["version"]
    if found != PACKAGES[name]:
        sys.exit(f"{name}: version {PACKAGES[name]} is pinned, {found} is installed")
    return folder


def compile_theme(packages: Path) -> tuple[list[Path], list[str]]:
    """Compile the theme to one style for left-to-right pages and one for right-to-left pages. Return them, and the classes left out."""
    style, mirrored = STATIC / "caseflow.css", STATIC / "caseflow.rtl.css"
    sass = [str(module(packages, "sass") / "sass.js"), "--no-source-map", "--style=compressed", "--quiet-deps"]
    kit = module(packages, "govuk-frontend") / "dist"
    subprocess.run(["node", *sass, f"--load-path={kit}", str(THEME / "caseflow.scss"), str(style)], check=True)
    shutil.copy(style, mirrored)
    rtlcss = module(packages, "rtlcss") / "bin" / "rtlcss.js"
    subprocess.run(["node", str(rtlcss), str(mirrored), str(mirrored)], check=True, stdout=subprocess.DEVNULL)
    every = classes_of(style.read_text()) - SET_BY_SCRIPT
    for file in (style, mirrored):
        used = only_used(one_rule_a_line(said_once(file.read_text())), names_in(sources(packages)))
        file.write_text(one_rule_a_line(shorten("".join(line.lstrip() for line in used.splitlines()))))
        text = file.read_text().lower().replace("--govuk-frontend-version", "")
        found = [word for word in FORBIDDEN if word in text]
        if found:
            sys.exit(f"{file.name} contains {found}")
    return [style, mirrored], sorted(every - classes_of(style.read_text()))


def classes_of(css: str) -> set[str]:
    """Return the classes that a style sheet names."""
    return {name.replace("\\", "") for name in CLASS.findall(css) if name.startswith(("govuk-", "cf-"))}


def one_rule_a_line(css: str) -> str:
    """Break compressed CSS into lines, so that two branches that change different rules do not clash."""
    lines, line, depth = [], "", 0
    for token in CSS_TOKEN.findall(css):
        if token == "}" and not line:
            depth -= 1
        line += token
        if token == "}" or (token == "{" and GROUP.match(line)):
            lines.append("  " * depth + line.strip())
            depth += token == "{"
            line = ""
    return "\n".join([*lines, *filter(None, [line.strip()]), ""])


def said_once(css: str) -> str:
    """Say the typeface once, and colours that have a name by that name alone."""
    start = css.index(":root{")
    named = set(re.findall(r"(--govuk-[\w-]+):", css))
    short = re.sub(
        r"var\((--[\w-]+), *[^()]+\)", lambda found: f"var({found[1]})" if found[1] in named else found[0], css[start:]
    )
    return css[:start] + ONCE + re.sub(r";(?=})", "", re.sub(r"[^{}]+\{\}", "", TYPE.sub("", short)))


def sources(packages: Path) -> list[Path]:
    """Return what names classes: our templates and programs, and the kit's own templates and script."""
    kit = module(packages, "govuk-frontend") / "dist" / "govuk"
    return [
        *our_sources(),
        kit / "govuk-frontend.min.js",
        *(kit / "components" / part / "template.njk" for part in DRAWN),
    ]


def our_sources() -> list[Path]:
    """Return our templates and programs."""
    return [
        *sorted((ROOT / "templates").rglob("*.html")),
        *sorted((ROOT / "caseflow").rglob("*.py")),
        STATIC / "caseflow.js",
    ]


def names_in(files: list[Path]) -> set[str]:
    """Return the classes, and beginnings of our classes, that files name."""
    found = {name for file in files for name in NAME.findall(file.read_text()) if not UNASKED.search(name)}
    completed = {start + end for start in found & COMPLETED.keys() for end in COMPLETED[start]}
    return found - COMPLETED.keys() | completed


def only_used(css: str, names: set[str]) -> str:
    """Leave out the selectors of classes that nothing names, of CSS with one rule a line."""
    beginnings = tuple(name for name in names if name.endswith(("-", "_")) and len(name) > len("govuk-"))
    kept: list[str] = []
    for line in css.splitlines():
        head, brace, rest = line.partition("{")
        indent = head[: len(head) - len(head.lstrip())]
        if brace and rest and not head.lstrip().startswith("@"):
            head = ",".join(one for one in SELECTOR_END.split(head.strip()) if is_used(one, names, beginnings))
            if not head:
                continue
            kept.append(indent + head + brace + rest)
            continue
        if line.strip() == "}" and kept and kept[-1].endswith("{") and GROUP.match(kept[-1].strip()):
            kept.pop()
            continue
        kept.append(line)
    return "\n".join([*kept, ""])


def is_used(selector: str, names: set[str], beginnings: tuple[str, ...]) -> bool:
    """Return whether something names all classes that a selector asks for."""
    found = (name.replace("\\", "") for name in CLASS.findall(NEGATED.sub("", selector)))
    return all(name in names or name.startswith(beginnings) for name in found if NAME.fullmatch(name))


def copy_script(packages: Path) -> Path:
    """Copy the kit's script; its name carries the version, because another module imports it by name."""
    target = VENDOR / f"govuk-frontend-{PACKAGES['govuk-frontend']}.min.js"
    source = (module(packages, "govuk-frontend") / "dist" / "govuk" / "govuk-frontend.min.js").read_text()
    target.write_text(re.sub(r"//# sourceMappingURL=.*", "", source).strip() + "\n")
    return target


def copy_fonts(packages: Path) -> list[Path]:
    """Copy the subsets of Noto Sans that our languages need."""
    folder, version = module(packages, "@fontsource/noto-sans"), PACKAGES["@fontsource/noto-sans"]
    made = []
    for subset in SUBSETS:
        for weight in WEIGHTS:
            target = VENDOR / f"noto-sans-{version}-{subset}-{weight}.woff2"
            shutil.copy(folder / "files" / f"noto-sans-{subset}-{weight}-normal.woff2", target)
            made.append(target)
    return made


def copy_licences(packages: Path) -> None:
    """Copy the licence texts. The package of govuk-frontend carries none, so its text stands in deploy/licences."""
    licences = VENDOR / "licences"
    licences.mkdir(exist_ok=True)
    shutil.copy(ROOT / "deploy" / "licences" / "govuk-frontend.txt", licences / "govuk-frontend.txt")
    shutil.copy(module(packages, "@fontsource/noto-sans") / "LICENSE", licences / "noto-sans.txt")
    shutil.copy(module(packages, "axe-core") / "LICENSE", TESTS / "axe-core.LICENCE.txt")


def entry(file: Path, name: str, licence: str, licence_file: str) -> dict[str, str]:
    """Describe one file for the manifest."""
    return {
        "file": file.relative_to(ROOT).as_posix(),
        "package": name,
        "version": PACKAGES[name],
        "licence": licence,
        "licence_file": licence_file,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }


def write_manifest(styles: list[Path], left_out: list[str], script: Path, fonts: list[Path], axe: Path) -> None:
    """Say where every file came from, so that anyone can check it, and from which sources the style was made."""
    licences = "caseflow/static/vendor/licences"
    kit = [entry(file, "govuk-frontend", "MIT", f"{licences}/govuk-frontend.txt") for file in (*styles, script)]
    type_ = [entry(file, "@fontsource/noto-sans", "OFL-1.1", f"{licences}/noto-sans.txt") for file in fonts]
    checks = [entry(axe, "axe-core", "MPL-2.0", "tests/browser/vendor/axe-core.LICENCE.txt")]
    sources = {
        source.relative_to(ROOT).as_posix(): hashlib.sha256(source.read_bytes()).hexdigest()
        for source in sorted(THEME.glob("*.scss"))
    }
    manifest = {"files": [*kit, *type_, *checks], "theme": sources, "left_out": " ".join(left_out)}
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def build(packages: Path) -> None:
    """Write everything anew, so that nothing old stays behind."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    TESTS.mkdir(parents=True, exist_ok=True)
    (styles, left_out), script, fonts = compile_theme(packages), copy_script(packages), copy_fonts(packages)
    axe = TESTS / "axe.min.js"
    shutil.copy(module(packages, "axe-core") / "axe.min.js", axe)
    copy_licences(packages)
    write_manifest(styles, left_out, script, fonts, axe)
    served = [styles[0], script, STATIC / "caseflow.js"]
    weight = sum(len(gzip.compress(file.read_bytes())) for file in served)
    print(f"style and script, compressed: {weight:,} bytes of {BUDGET:,}")
    if weight > BUDGET:
        sys.exit("too heavy for a slow line")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Vendor the page kit and compile the theme.")
    parser.add_argument("--packages", type=Path, help="folder with node_modules from an earlier npm install")
    given = parser.parse_args().packages
    if given is not None:
        build(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder))
        build(Path(folder))


if __name__ == "__main__":
    main()
