"""The style sheet says the same in fewer words: what is shortened, and what must stay as it is."""

import pytest

from deploy.style import in_few_words, parse, shorten, with_letters

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
        (".a:disabled,.a{b:c}.a[disabled]{b:d}", ".a{b:c}"),
        (".a{b:rgb(61.6470588235%,71.0784313725%,79.2745098039%)}", ".a{b:#9db5ca}"),
        (".a-name:hover,.a-name:focus{b:c}", ".a-name:is(:hover,:focus){b:c}"),
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


@pytest.mark.parametrize(
    ("selectors", "short"),
    [
        (".a-name .b,.a-name .c,.d", ".a-name :is(.b,.c),.d"),
        (".long-name>p,.long-name>em", ".long-name>:is(p,em)"),
        (".long-name p,.long-name .b", ".long-name p,.long-name .b"),  # they do not weigh the same
        (".long-name::before,.long-name::after", ".long-name::before,.long-name::after"),
        (".a:not(.b),.a:not(.c)", ".a:not(.b),.a:not(.c)"),
        (".a,.b", ".a,.b"),
        (".a-one th[b]::after,.a-one td[b]::after", ".a-one :is(th,td)[b]::after"),
    ],
)
def test_selectors_that_differ_in_one_place_are_said_once(selectors, short):
    assert in_few_words(selectors) == short


def test_weight_size_and_height_of_letters_get_one_name():
    letters = "font-weight:400;font-size:var(--a);line-height:var(--b)"
    (root, one, other) = with_letters(parse(f".a{{{letters};c:d}}.e{{{letters}}}"))
    assert list(root.values) == ["--f0"]
    assert root.values["--f0"].startswith('400 var(--a)/var(--b) "Noto Sans"')
    assert one.values == {"font": "var(--f0)", "c": "d"}
    assert other.values == {"font": "var(--f0)"}


def test_letters_that_are_said_once_stay():
    rules = parse(".a{font-weight:400;font-size:var(--a);line-height:var(--b)}")
    assert with_letters(rules) == rules


def test_a_measure_that_changes_nowhere_is_written_where_it_is_used():
    css = ":root{--govuk-x: 1px;--govuk-y: 2px}@media print{:root{--govuk-y: 3px}}.a{b:var(--govuk-x) var(--govuk-y)}"
    assert shorten(css) == ":root{--govuk-y:2px}@media print{:root{--govuk-y:3px}}.a{b:1px var(--govuk-y)}"


def test_groups_are_read_with_their_rules():
    (one,) = parse("@media print{@supports(a: b){.c{d:e(;)}}}")
    assert (one.groups, one.selector, one.values) == (("@media print", "@supports(a: b)"), ".c", {"d": "e(;)"})
