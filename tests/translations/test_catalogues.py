"""Translations are complete, current and consistent with their source: `make messages` updates them."""

import os
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from caseflow.runtime import make_runtime
from caseflow.translations import SOURCE, CatalogueError, compile_catalogues, languages, read_catalogue
from deploy import messages
from deploy.messages import Found, NotLiteralError

ADVICE = "run `make messages`, translate what it lists, run it again, and commit caseflow/translations"
PLACE = re.compile(r"%(?:\((\w+)\))?[sd]")

every_language = pytest.mark.parametrize("language", sorted(messages.catalogues()))


@cache
def template():
    return messages.collect()


@cache
def catalogue(language):
    return read_catalogue(messages.catalogues()[language])


def ids(catalog):
    return {message.id for message in catalog if message.id}


def differences(catalog):
    """Return the sentences in which a language says something else than the source: other places for values, or forms."""
    return [message.id for message in catalog if message.id and not _says_the_same(message, catalog.num_plurals)]


def _says_the_same(message, forms):
    strings = messages.strings(message)
    if isinstance(message.id, str):
        return places(strings[0]) == places(message.id)
    singular, plural = message.id
    # A language with one form for all counts needs the number; one with a form for a single thing may leave it out there.
    allowed = [{places(singular), places(plural)} if n == 0 and forms > 1 else {places(plural)} for n in range(forms)]
    return len(strings) == forms and all(places(s) in a for s, a in zip(strings, allowed, strict=True))


def places(text):
    return tuple(sorted(PLACE.findall(text.replace("%%", ""))))


def is_stale(catalog, compiled):
    """Return whether a compiled catalogue differs from its source."""
    said = {m.id: messages.strings(m) for m in catalog if m.id and all(messages.strings(m)) and not m.fuzzy}
    read = {m.id if isinstance(m.id, str) else tuple(m.id): messages.strings(m) for m in compiled if m.id}
    return read != said


@every_language
def test_every_sentence_is_translated(language):
    assert ids(catalogue(language)) == ids(template()), ADVICE
    assert [message.id for message in messages.missing(catalogue(language))] == [], ADVICE


@every_language
def test_the_catalogue_has_the_sentences_of_the_code(language):
    on_disk = messages.catalogues()[language].read_bytes()
    assert messages.written(messages.renewed(template(), catalogue(language))) == on_disk, ADVICE


@every_language
def test_the_catalogue_names_no_machine_and_no_day(language):
    text = messages.catalogues()[language].read_text("utf-8")
    assert "POT-Creation-Date" not in text
    assert "Generated-By" not in text
    assert not re.search(r"^#: /", text, re.MULTILINE)


@every_language
def test_every_translation_has_the_values_and_forms_of_its_sentence(language):
    assert differences(catalogue(language)) == []


@every_language
def test_the_compiled_catalogue_equals_its_source(language):
    compile_catalogues()
    with messages.catalogues()[language].with_suffix(".mo").open("rb") as file:
        assert not is_stale(catalogue(language), read_mo(file))


def test_every_catalogue_is_a_language():
    assert languages() == (SOURCE, *sorted(messages.catalogues()))


# --- each check finds a fault -------------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path):
    """A checkout with one module and one template."""
    (tmp_path / "caseflow").mkdir()
    (tmp_path / "templates").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ("caseflow/views.py", 'from flask_babel import gettext as _\nflash(_("Planted."))', "Planted."),
        (
            "caseflow/forms.py",
            'from flask_babel import lazy_gettext as _l\nx = StringField(_l("Planted."))',
            "Planted.",
        ),
        ("caseflow/mails.py", 'subject = words.gettext("Planted.")', "Planted."),
        ("caseflow/dates.py", 'ngettext("%(num)d day", "%(num)d days", n)', ("%(num)d day", "%(num)d days")),
        ("caseflow/service.py", 'from caseflow.errors import Invalid\nraise Invalid("Planted.")', "Planted."),
        ("caseflow/service.py", 'from caseflow.errors import Invalid\nInvalid("A.", {"a": "Planted."})', "Planted."),
        ("caseflow/service.py", 'from caseflow.errors import Invalid\nproblems["a"] = "Planted."', "Planted."),
        ("templates/page.html", '<p>{{ _("Planted.") }}</p>', "Planted."),
        ("templates/page.html", '{{ ngettext("One", "%(num)d things", n) }}', ("One", "%(num)d things")),
    ],
)
def test_a_planted_sentence_is_collected(checkout, place, text, said):
    (checkout / place).write_text(text, "utf-8")
    assert said in ids(messages.collect(checkout))


@pytest.mark.parametrize(
    "planted",
    [
        'raise Invalid(f"There is no {thing}.")',
        'raise Forbidden("There is no " + thing)',
        'raise Invalid("Not saved.", {"title": f"Use {most} characters."})',
        'raise Invalid("Not saved.", sentences)',
        'problems["title"] = f"Use {most} characters."',
    ],
)
def test_a_sentence_built_at_run_time_is_refused(planted):
    with pytest.raises(NotLiteralError, match=r"service\.py:1: write the sentence as a literal"):
        list(messages.sentences_of_errors("service.py", planted))


def test_other_strings_are_not_collected():
    fine = 'raise Conflict("Somebody was faster.", {"title": theirs})'
    assert list(messages.sentences_of_errors("service.py", fine)) == [Found("Somebody was faster.", "service.py")]


def planted_catalog(sentence, translation, **options):
    catalog = Catalog(locale="es", fuzzy=False)
    catalog.add(sentence, translation, **options)
    return catalog


@pytest.mark.parametrize(
    "catalog",
    [
        planted_catalog("Saved.", ""),
        planted_catalog("Saved.", "Guardado.", flags=["fuzzy"]),
        planted_catalog(("a day", "days"), ("un día", "")),
    ],
)
def test_a_planted_missing_translation_is_found(catalog):
    assert len(messages.missing(catalog)) == 1


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        ("Use %(most)s characters.", "Use caracteres."),
        ("Use %(most)s characters.", "Use %(mas)s caracteres."),
        ("Saved.", "Guardado %(when)s."),
        (("%(num)d day", "%(num)d days"), ("un día", "días")),
        (("%(num)d day", "%(num)d days"), ("%(num)d día",)),
        (("%(num)d day", "%(num)d days"), ("%(num)d día", "%(num)d días", "%(num)d de días")),
    ],
)
def test_a_planted_difference_is_found(sentence, translation):
    assert differences(planted_catalog(sentence, translation)) == [sentence]


def test_a_form_for_a_single_thing_may_name_the_number_or_not():
    one = (("Wait a second.", "Wait %(num)d seconds."), ("Espere %(num)d segundo.", "Espere %(num)d segundos."))
    assert differences(planted_catalog(*one)) == []


def test_an_outdated_compiled_catalogue_is_found():
    assert is_stale(planted_catalog("Saved.", "Guardado."), planted_catalog("Saved.", "Salvado."))


PO = """msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Saved."
msgstr "Guardado."
"""


@pytest.fixture
def source(tmp_path):
    """A catalogue of one sentence, not compiled."""
    file = tmp_path / "es" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO, "utf-8")
    return file


def compiled_word(source):
    with source.with_suffix(".mo").open("rb") as file:
        return read_mo(file)["Saved."].string


def test_a_missing_catalogue_is_compiled_and_a_changed_one_compiled_again(source, tmp_path):
    compile_catalogues(tmp_path)
    assert compiled_word(source) == "Guardado."
    source.write_text(PO.replace("Guardado", "Salvado"), "utf-8")
    later = source.with_suffix(".mo").stat().st_mtime_ns + 1
    os.utime(source, ns=(later, later))
    compile_catalogues(tmp_path)
    assert compiled_word(source) == "Salvado."
    assert sorted(file.name for file in source.parent.iterdir()) == ["messages.mo", "messages.po"]


def test_an_unchanged_catalogue_is_left_alone(source, tmp_path):
    compile_catalogues(tmp_path)
    compiled = source.with_suffix(".mo")
    before = compiled.stat().st_mtime_ns
    source.write_text("not read", "utf-8")
    os.utime(source, ns=(before - 1, before - 1))
    compile_catalogues(tmp_path)
    assert compiled.stat().st_mtime_ns == before


@pytest.mark.parametrize("broken", [PO + "<<<<<<< ours\n", PO + "=======\n", PO.replace("msgstr", "msgstt")])
def test_a_catalogue_that_can_not_be_read_stops_the_start(source, tmp_path, broken):
    source.write_text(broken, "utf-8")
    with pytest.raises(CatalogueError, match=r"messages\.po can't be read"):
        compile_catalogues(tmp_path)
    assert not source.with_suffix(".mo").exists()


def test_a_catalogue_that_can_not_be_written_stops_the_start(source, tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise PermissionError("Permission denied")

    monkeypatch.setattr("caseflow.translations.NamedTemporaryFile", refuse)
    with pytest.raises(CatalogueError, match=r"messages\.mo is missing or older .* can't be written"):
        compile_catalogues(tmp_path)


def test_a_read_only_catalogue_is_accepted_while_it_is_current(source, tmp_path, monkeypatch):
    compile_catalogues(tmp_path)
    compiled = source.with_suffix(".mo")
    os.utime(compiled, ns=(0, 0))
    monkeypatch.setattr("caseflow.translations.os.access", lambda *_arguments: False)
    compile_catalogues(tmp_path)
    assert compiled.stat().st_mtime_ns == 0
    compiled.write_bytes(b"old")
    os.utime(compiled, ns=(0, 0))
    compile_catalogues(tmp_path)
    assert compiled_word(source) == "Guardado."


def test_every_start_compiles_what_is_missing(settings, engine, monkeypatch):
    calls = []
    monkeypatch.setattr("caseflow.runtime.compile_catalogues", lambda: calls.append("compiled"))
    make_runtime(settings, engine=engine)
    assert calls == ["compiled"]


def test_known_translations_are_kept_and_unused_ones_removed():
    spoken = Catalog(fuzzy=False)
    spoken.add("Saved.", locations=[("caseflow/views.py", 0)])
    spoken.add("New.", locations=[("caseflow/views.py", 0)])
    old = planted_catalog("Saved.", "Guardado.")
    old.add("Gone.", "Ido.")
    fresh = messages.renewed(spoken, old)
    assert {m.id: messages.strings(m) for m in fresh if m.id} == {"Saved.": ("Guardado.",), "New.": ("",)}
    again = messages.renewed(spoken, fresh)
    assert messages.written(again) == messages.written(fresh)
