"""The style sheet says the same in fewer words: what is shortened, and what must stay as it is."""

import pytest

from deploy.style import parse, shorten

WIDE, PAPER = "@media(min-width: 40em)", "@media print"
NAMED = ":root{--a:1px}" + WIDE + "{:root{--a:2px}}"


@pytest.mark.parametrize(
    ("css", "short"),
    [
        (".a{b:c}.a{d:e}", ".a{b:c;d:e}"),
        (".a{b:c}.d{b:c}", ".a,.d{b:c}"),
        (".a{b:c}.d{e:f}.g{b:c}", ".a{b:c}.d{e:f}.g{b:c}"),
        (".a::-ms-reveal{b:c}.d{b:c}", ".a::-ms-reveal{b:c}.d{b:c}"),
        (f".a{{b:1px}}{WIDE}{{.a{{b:1px}}}}", ".a{b:1px}"),
        (f"{WIDE}{{.a{{b:c}}}}{WIDE}{{.d{{e:f}}}}", WIDE + "{.a{b:c}.d{e:f}}"),
        (f".a{{b:1px}}{WIDE}{{.a{{b:2px}}}}", f".a{{b:1px}}{WIDE}{{.a{{b:2px}}}}"),  # said once: a name would be longer
        (f".a{{b:1px}}{WIDE}{{.a{{b:2px}}}}.c{{b:1px}}{WIDE}{{.c{{b:2px}}}}", NAMED + ".a,.c{b:var(--a)}"),
        ("@supports not (text-wrap: balance){.a{b:c}}.d{e:f}", ".d{e:f}"),
        ("@supports not (-ms-ime-align: auto){.a{b:c}}", ".a{b:c}"),
        ("@page{margin:1mm;@bottom-right{content:counter(page)}}", "@page{margin:1mm;@bottom-right{content:counter(page)}}"),
        ('.a::before{content:"};"}', '.a::before{content:"};"}'),
        ("@media(forced-colors: active){.a{b:c}}", "@media(forced-colors: active){.a{b:c}}"),
    ],
)  # fmt: skip
def test_rules_are_shortened(css, short):
    assert shorten(":root{}" + css) == short


@pytest.mark.parametrize(
    "css",
    [
        f".a{{margin-top:1px}}{WIDE}{{.a{{margin:2px}}}}.a{{margin-top:3px}}",  # a part that overrules the whole
        f".a{{b:1px}}{PAPER}{{.a{{b:2px}}}}{WIDE}{{.a{{b:3px}}}}.c{{b:1px}}{PAPER}{{.c{{b:2px}}}}{WIDE}{{.c{{b:3px}}}}",
        f".a{{b:1px}}{WIDE}{{.a{{b:2px}}}}.x{{b:9px}}.a{{b:4px}}",
        ".a{b:c}.a:hover{b:d}.a{b:e}",
    ],
)
def test_what_overrules_something_else_stays_behind_it(css):
    assert shorten(":root{}" + css) == css


def test_a_measure_that_changes_nowhere_is_written_where_it_is_used():
    css = ":root{--govuk-x: 1px;--govuk-y: 2px}@media print{:root{--govuk-y: 3px}}.a{b:var(--govuk-x) var(--govuk-y)}"
    assert shorten(css) == ":root{--govuk-y:2px}@media print{:root{--govuk-y:3px}}.a{b:1px var(--govuk-y)}"


def test_groups_are_read_with_their_rules():
    (one,) = parse("@media print{@supports(a: b){.c{d:e(;)}}}")
    assert (one.groups, one.selector, one.values) == (("@media print", "@supports(a: b)"), ".c", {"d": "e(;)"})
