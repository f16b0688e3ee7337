"""The served files are the vendored ones, and the style sheet was made from the theme in the repository."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from deploy.vendor import names_in, one_rule_a_line, only_used, our_sources, said_once

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "caseflow" / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text())
STYLES = ("caseflow.css", "caseflow.rtl.css")
STYLE = (STATIC / "caseflow.css").read_text("utf-8")


def sha256(path: str) -> str:
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()


@pytest.mark.parametrize("entry", MANIFEST["files"], ids=lambda entry: entry["file"])
def test_every_vendored_file_is_the_one_of_the_manifest(entry):
    assert sha256(entry["file"]) == entry["sha256"]
    assert (ROOT / entry["licence_file"]).stat().st_size > 500
    assert entry["version"]
    assert entry["licence"]


def test_no_vendored_file_is_missing_from_the_manifest():
    found = {path.relative_to(ROOT).as_posix() for path in (STATIC / "vendor").iterdir() if path.is_file()}
    known = {entry["file"] for entry in MANIFEST["files"]}
    assert found - known == {"caseflow/static/vendor/manifest.json"}


def test_the_style_was_compiled_from_this_theme():
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "deploy" / "theme").glob("*.scss")}
    assert sources == set(MANIFEST["theme"])
    changed = [path for path, digest in MANIFEST["theme"].items() if sha256(path) != digest]
    assert not changed, "the theme changed: run python deploy/vendor.py and commit what it makes"


@pytest.mark.parametrize("name", STYLES)
def test_the_style_sheet_refers_only_to_existing_files(name):
    addresses = re.findall(r"url\(\"?([^\")]+)", (STATIC / name).read_text())
    assert addresses
    assert all((STATIC / address).is_file() for address in addresses)


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("mark", ["gds transport", "crown", "crest", "#1d70b8", "#00703c", "#0f7a52", "#ffdd00"])
def test_the_style_sheet_has_no_marks_of_the_british_government(name, mark):
    assert mark not in (STATIC / name).read_text().lower()


@pytest.mark.parametrize("name", STYLES)
def test_the_style_has_one_rule_a_line(name):
    text = (STATIC / name).read_text()
    joined = "".join(line.lstrip(" ") for line in text.splitlines())
    assert one_rule_a_line(joined) == text


@pytest.mark.parametrize(
    ("compressed", "lines"),
    [
        ("a{b:c}d{e:f}", ["a{b:c}", "d{e:f}"]),
        ("@media print{a{b:c}d{e:f}}g{h:i}", ["@media print{", "  a{b:c}", "  d{e:f}", "}", "g{h:i}"]),
        (
            "@supports(a:b){@media(c:d){e{f:g}}}h{i:j}",
            ["@supports(a:b){", "  @media(c:d){", "    e{f:g}", "  }", "}", "h{i:j}"],
        ),
        ("@font-face{a:b}@page{c:d}", ["@font-face{a:b}", "@page{c:d}"]),
        ('a::before{content:"}{\\""}b{c:d}', ['a::before{content:"}{\\""}', "b{c:d}"]),
        ("/*! { */a{b:url(data:{})}c{d:e}", ["/*! { */a{b:url(data:{})}", "c{d:e}"]),
    ],
)
def test_a_line_ends_after_a_rule_and_nowhere_else(compressed, lines):
    assert one_rule_a_line(compressed).splitlines() == lines


def left_out(names: set[str]) -> list[str]:
    """Return the classes that something of ours names, and that were left out of the style sheet."""
    beginnings = tuple(name for name in names if name.endswith(("--", "__")))
    return [name for name in MANIFEST["left_out"].split() if name in names or name.startswith(beginnings)]


def test_no_class_that_we_use_was_left_out():
    """Otherwise compile the theme again: python deploy/vendor.py."""
    assert left_out(names_in(our_sources())) == []


def test_every_class_of_our_own_is_used():
    """Otherwise take its rule out of deploy/theme."""
    assert [name for name in MANIFEST["left_out"].split() if name.startswith("cf-")] == []


def test_a_planted_class_is_found():
    assert left_out({"govuk-panel__title", "govuk-heading-xl"}) == ["govuk-heading-xl"]


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".govuk-a,.govuk-b{c:d}", ".govuk-a{c:d}"),
        (".govuk-b{c:d}", ""),
        ("@media print{\n  .govuk-b{c:d}\n}\ne{f:g}", "e{f:g}"),
        (".govuk-a:not(.govuk-b):hover,.govuk-a .govuk-b{c:d}", ".govuk-a:not(.govuk-b):hover{c:d}"),
        (".govuk-a--wide{c:d}", ".govuk-a--wide{c:d}"),
        (":is(.govuk-a,p) b{c:d}", ":is(.govuk-a,p) b{c:d}"),
        (".govuk-\\!-b{c:d}", ""),
        ("@font-face{c:d}", "@font-face{c:d}"),
    ],
)
def test_selectors_that_nothing_names_are_left_out(css, kept):
    assert only_used(css, {"govuk-a", "govuk-a--"}).strip() == kept


def test_the_typeface_is_said_once():
    assert STYLE.count('font-family:"Noto Sans","Noto Sans Arabic"') == 1
    css = ":root{--govuk-x: #fff}a{color:var(--govuk-x, #fff);b:var(--other, 1)}"
    assert said_once(css).endswith(":root{--govuk-x: #fff}a{color:var(--govuk-x);b:var(--other, 1)}")


def test_our_script_imports_an_existing_file():
    imported = re.findall(r'from "\./([^"]+)"', (STATIC / "caseflow.js").read_text())
    assert len(imported) == 1
    assert (STATIC / imported[0]).is_file()


def test_style_sheet_and_script_are_small():
    assert len(STYLE) < 61_000
    files = [STATIC / "caseflow.css", STATIC / "caseflow.js", *(STATIC / "vendor").glob("*.js")]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 150_000
