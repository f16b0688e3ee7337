"""Three hundred planted names: none is in a byte of the documents without names, and none passes in a text."""

import io
import re
import shutil
import zipfile
import zlib
from itertools import product

import pypdfium2
import pytest

from caseflow.errors import Invalid
from caseflow.features.dossier.building import build_waiting
from caseflow.features.dossier.service import hand_out
from caseflow.models import BuildState, ConsentScope, DossierBuild, DossierKind, Role
from tests.factories import make_actor, make_case, make_claim, make_consent, make_evidence, make_person, make_section
from tests.factories.dossier import make_build, make_text

PERSONS, DISCLOSED = 300, 3
SYLLABLES = ("Bal", "Cor", "Dru", "Fel", "Gom", "Hul", "Jar")
GIVEN = ("qix", "zuv", "vok", "xet", "wyb", "kuf", "pyz")
FAMILY = ("qado", "zebi", "voru", "xima", "wole", "kyti", "pugh")
WORDS = ["".join(parts).capitalize() for ends in (GIVEN, FAMILY) for parts in product(SYLLABLES, SYLLABLES, ends)]
NAMES = list(zip(WORDS[:PERSONS], WORDS[-PERSONS:], strict=True))
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


@pytest.fixture
def ana(runtime):
    shutil.rmtree(runtime.store.folder, ignore_errors=True)
    return make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.SECTION_COORDINATOR), name="Ana")


@pytest.fixture
def case(runtime, ana):
    """A case of 300 persons; each of their names is also that of a file, and the first persons allow that they are disclosed."""
    case = make_case(runtime.units, ana)
    make_claim(runtime.units, ana, case)
    for number, (given, family) in enumerate(NAMES):
        details = {"name": f"{given} {family}", "phone": f"+34 6{number:08}", "address": f"Calle {family} {number}"}
        person = make_person(runtime.units, ana, case, "victim", "author", **details)
        if number < DISCLOSED:
            make_consent(runtime.units, ana, case, person, ConsentScope.DISCLOSE)
        if number % 30 == 0:
            make_evidence(runtime.units, ana, case, name=f"Decision on {given} {family}.pdf")
    return case


def unpacked(name, content):
    """Yield the name and the bytes of a file, and of what it contains: members of archives, streams of a PDF, and its text."""
    yield name.encode()
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.extra + member.comment
                yield from unpacked(member.filename, archive.read(member))
    if content.startswith(b"%PDF"):
        for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
            unzipped = zlib.decompressobj()
            yield unzipped.decompress(stream) if stream[:1] == b"x" else stream
        document = pypdfium2.PdfDocument(content)
        yield repr(document.get_metadata_dict()).encode()
        for page in document:
            yield page.get_textpage().get_text_range().encode()


def planted(files):
    """Return the numbers of the persons of whom a word of the name, the phone or the address is in files."""
    everything = b"\n".join(piece for name, content in files.items() for piece in unpacked(name, content)).lower()
    return {
        number
        for number, words in enumerate(NAMES)
        if any(
            word.lower().encode(encoding) in everything for word in (*words, f"6{number:08}") for encoding in ENCODINGS
        )
    }


def documents(runtime, by, case):
    """Return the files of the documents with names, by name, as they are handed out."""
    asked = make_build(runtime.units, by, case, DossierKind.FULL, reason="Sent to the lawyer who files it")
    build_waiting(runtime.units, runtime.store)
    with runtime.units.begin(by) as uow:
        built = uow.session.get_one(DossierBuild, asked.id)
        assert built.state is BuildState.READY, built.fault
        out = hand_out(uow, runtime.store, case, built)
        content = b"".join(out.pieces)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow  # a case with 300 persons
def test_none_of_300_names_passes_in_a_text_or_is_in_documents_without_names(runtime, ana, case):
    make_text(
        runtime.units, ana, case, "\n\n".join(f"{given.upper()} {family.lower()} was there." for given, family in NAMES)
    )
    with pytest.raises(Invalid) as refused:
        make_build(runtime.units, ana, case)
    found = set(re.findall(r"V\d+", str(refused.value.values["where"])))
    assert found == {f"V{number}" for number in range(1, PERSONS + 1)}
    make_text(runtime.units, ana, case, "# The eviction\n\nV1 to V300 lost their homes [E1].")
    files = documents(runtime, ana, case)
    twin = {name: content for name, content in files.items() if "without-names" in name}
    assert {name.rpartition(".")[2] for name in twin} == {"docx", "pdf"}
    assert planted(twin) == set()
    rest = {name: content for name, content in files.items() if name not in twin}
    assert planted(rest) == set(range(DISCLOSED)), "only who allows it"
    papers = [{name: content} for name, content in rest.items() if not name.endswith(".json")]
    assert [planted(paper) for paper in papers] == [set(range(DISCLOSED))] * 2, "the search finds names where they are"
