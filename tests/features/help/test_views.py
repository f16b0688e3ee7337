"""Help: open without signing in, in the language of the address, linked at the same place of every page."""

import re

import pytest

from caseflow.features.help.pages import DOCS, MANUALS, read_manuals
from caseflow.models import Role, SectionKind
from caseflow.translations import SOURCE, languages
from tests.factories import make_actor, make_section

TRANSLATED = sorted(set(languages()) - {SOURCE})


def footer_links(page):
    footer = page.html[page.html.index("<footer") : page.html.index("</footer>")]
    return re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', footer)


def test_every_manual_is_there_in_every_language_without_signing_in(pages):
    for language in languages():
        index = pages().get(f"/help/{language}")
        for name in MANUALS:
            page = pages().get(f"/help/{language}/{name}")
            assert f'href="/help/{language}/{name}"' in index.html
            assert not any("user_session" in statement or "app_user" in statement for statement in page.statements)
            assert f'<html class="govuk-template" lang="{language}"' in page.html


def test_help_begins_in_the_browser_s_language(pages):
    answer = pages().client.get("/help", headers={"Accept-Language": "es"})
    assert answer.location == "/help/es"
    assert "Ayuda" in pages().get("/help/es").words


def test_what_is_not_translated_says_so_and_names_its_language(pages):
    page = pages().get("/help/es/operating")
    assert "aún no está traducida" in page.words
    assert '<div class="cf-manual" lang="en">' in page.html
    assert "aún no está traducida" not in pages().get("/help/es/caseworkers").words


def shape(text: str) -> list[str]:
    """Return what a manual is made of: levels of headings, paragraphs, lists with their length, tables with their width."""
    found = []
    for block in re.split(r"\n\s*\n", text.strip()):
        items = len(re.findall(r"^(?:- |\d+\. )", block, re.MULTILINE))
        columns = block.splitlines()[0].count("|") if block.startswith("|") else 0
        found.append(
            re.match("#*", block)[0] or (f"{items} items" if items else f"{columns} columns" if columns else "text")
        )
    return found


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", ["accessibility", "administrators", "auditors", "caseworkers", "reporters"])
def test_a_translated_manual_has_the_parts_of_the_original(language, name):
    """Translate what was added to the original. The glossary is translated in part."""
    assert shape((DOCS / language / f"{name}.md").read_text()) == shape((DOCS / f"{name}.md").read_text())


def test_a_planted_paragraph_is_found():
    assert shape("# A\n\nB\n\n- c\n- d\n\n|e|f|\n|-|-|") == ["#", "text", "2 items", "3 columns"]
    assert shape("# A\n\nB") != shape("# A\n\nB\n\nC")


@pytest.mark.parametrize("path", ["/help/xx", "/help/en/nothing", "/help/en/../law/rules"])
def test_there_are_no_other_manuals(pages, path):
    assert pages().client.get(path).status_code == 404


def test_help_is_the_last_link_of_every_page(runtime, pages):
    section = make_section(runtime.units, "ES")
    ana = make_actor(runtime.units, (section, Role.CASEWORKER))
    opened = [pages().get(path) for path in ("/sign-in", "/bound", "/help/en")]
    opened += [pages(ana).get(path) for path in ("/my-work", "/cases", "/account", "/help/people")]
    opened.append(pages(ana).get("/nothing", status=404))
    assert [footer_links(page) for page in opened] == [[("/help/en", "Help")]] * len(opened)


def test_people_see_whom_to_ask_in_their_own_sections_only(runtime, pages):
    spain, france = make_section(runtime.units, "ES"), make_section(runtime.units, "FR")
    secretariat = make_section(runtime.units, "SEC", kind=SectionKind.SECRETARIAT)
    ana = make_actor(runtime.units, (spain, Role.CASEWORKER), name="Ana Demo", email="ana@example.org")
    make_actor(runtime.units, (spain, Role.SECTION_COORDINATOR), name="Eva Demo", email="eva@example.org")
    make_actor(runtime.units, (france, Role.SECTION_COORDINATOR), name="Luc Demo", email="luc@example.org")
    omar = make_actor(runtime.units, (secretariat, Role.ADMINISTRATOR), name="Omar Demo", email="omar@example.org")
    page = pages(ana).get("/help/people")
    assert "mailto:eva@example.org" in page.links.values()
    assert "luc@example.org" not in page.html
    assert "ana@example.org" not in page.html
    assert "omar@example.org" not in page.html  # of a section that she does not see
    theirs = pages(omar).get("/help/people", may_name=("ES", "FR"))
    assert "mailto:omar@example.org" in theirs.links.values()
    assert "luc@example.org" not in theirs.html


def test_people_who_are_not_signed_in_see_no_names(pages):
    assert pages().client.get("/help/people").location.startswith("/sign-in")


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_chapters_of_the_english_manual(language):
    """A chapter that is added in English only is found here."""
    manuals = read_manuals()
    for name in MANUALS:
        if (DOCS / language / f"{name}.md").exists():
            translated, english = manuals[language, name].text, manuals[SOURCE, name].text
            assert len(translated.chapters) == len(english.chapters), name
    assert (DOCS / language / "caseworkers.md").exists()


def test_links_between_manuals_lead_to_chapters_that_exist():
    manuals = read_manuals()
    for (language, name), manual in manuals.items():
        for href in re.findall(r'href="([^"]*)"', manual.text.html):
            target, _, anchor = href.partition("#")
            assert target in {*MANUALS, ""} or href.startswith("https://"), (language, name, href)
            if anchor:
                assert f'id="{anchor}"' in manuals[language, target or name].text.html, (language, name, href)
