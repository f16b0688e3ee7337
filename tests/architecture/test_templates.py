"""Every word on a page goes through gettext."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from tests.architecture.sources import Fault, Source, assert_kept, broken, sources

READ_ALOUD = {"title", "aria-label", "alt", "placeholder", "aria-description"}
NAMES = {"caseflow"}
"""Words that are the same in every language."""
TRANSLATORS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]")
JINJA = re.compile(r"\{#.*?#\}|\{% block width %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
"""The block `width` has the name of a class."""
TAG_BY_NAME = re.compile(r"(?<=<)\{\{|(?<=</)\{\{")
ADVICE = "people read this: write {{ _(…) }}"


def words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word not in NAMES]


class Visible(HTMLParser):
    """Collects the text nodes and the attributes that screen readers read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.inside_code = False

    def handle_starttag(self, tag, attrs):
        self.inside_code = tag in {"script", "style"}
        self.found += [(self.getpos()[0], value) for name, value in attrs if name in READ_ALOUD and words(value or "")]

    def handle_endtag(self, tag):
        self.inside_code = False

    def handle_data(self, data):
        if not self.inside_code and words(data):
            self.found.append((self.getpos()[0], data))


def bare_words(source: Source) -> Iterator[Fault]:
    """Find words in the markup outside expressions."""
    # Jinja's statements become blank, line by line, so that line numbers do not change.
    named = TAG_BY_NAME.sub("b{{", source.text)
    markup = JINJA.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), named)
    page = Visible()
    page.feed(markup)
    page.close()
    for line, text in page.found:
        yield Fault(source.path, line, f"{' '.join(text.split())!r}: {ADVICE}")


def bare_sentences(source: Source) -> Iterator[Fault]:
    """Find literals inside expressions that look like words for people and are not passed to gettext."""
    tree = Environment(extensions=["jinja2.ext.do"]).parse(source.text)
    translated = {
        id(part)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATORS
        for part in call.find_all(nodes.Const)
    }
    for literal in tree.find_all(nodes.Const):
        value = literal.value
        if isinstance(value, str) and SENTENCE.match(value) and id(literal) not in translated:
            yield Fault(source.path, literal.lineno, f"{value!r}: {ADVICE}")


TEMPLATES = sources("templates", ending="")


@pytest.mark.parametrize("rule", [bare_words, bare_sentences])
def test_words_of_templates_go_through_gettext(rule):
    assert_kept(rule, TEMPLATES)


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        (bare_words, "<p>Log a violation</p>"),
        (bare_words, "<p>{{ count }} cases</p>"),
        (bare_words, "{% if a %}Yes{% endif %}"),
        (bare_words, '<a href="#" title="Go on">{{ _("Go") }}</a>'),
        (bare_words, '<nav aria-label="Main"></nav>'),
        (bare_words, '<img alt="A map" src="{{ src }}">'),
        (bare_words, "Dear colleague,\n{{ _('…') }}"),
        (bare_sentences, '{{ page_heading("Cases") }}'),
        (bare_sentences, '{% set title = "Cases" %}'),
        (bare_sentences, '{{ title or "Cases" }}'),
    ],
)
def test_a_planted_word_is_found(rule, planted):
    found = broken(rule, [Source("templates/cases/index.html", planted)])
    assert found.startswith("templates/cases/index.html:1: ")
    assert ADVICE in found


@pytest.mark.parametrize("rule", [bare_words, bare_sentences])
def test_translated_words_are_not_found(rule):
    page = """{# Words about the template. #}<h1 class="govuk-heading-l" id="top">{{ _("Cases") }}</h1>
      <a href="{{ url_for('cases.show') }}" aria-label="{{ _('Open') }}">{{ ngettext("One", "%(num)d cases", n) }} · caseflow</a>
      <script>const Word = "Nothing";</script><p>{{ total(n, _("%(num)s case"), _("%(num)s cases")) }} 12 · x</p>"""
    assert not broken(rule, [Source("templates/cases/index.html", page)])
