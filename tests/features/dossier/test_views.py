"""The dossier on pages: what is missing, texts in versions, annexes with numbers that stay, documents that are built."""

import io
import json
import shutil
import zipfile
from hashlib import sha256

import pypdfium2
import pytest
from sqlalchemy import select

from caseflow.errors import Forbidden
from caseflow.features.cases.queries import one_case
from caseflow.features.cases.service import editable_case
from caseflow.features.dossier.building import build_waiting
from caseflow.features.dossier.queries import one_build
from caseflow.features.dossier.service import hand_out
from caseflow.features.evidence.checking import reconcile
from caseflow.features.evidence.commands import EvidenceDetails
from caseflow.features.evidence.queries import one_evidence
from caseflow.features.evidence.service import change_evidence
from caseflow.features.people.identity.service import set_second_person
from caseflow.models import (
    AuditEntry,
    BuildFault,
    BuildState,
    ConsentScope,
    DossierAnnex,
    DossierBuild,
    DossierKind,
    DossierPart,
    DossierText,
    EvidenceKind,
    GrantLevel,
    Role,
)
from tests.factories import (
    known,
    make_act,
    make_actor,
    make_case,
    make_claim,
    make_consent,
    make_evidence,
    make_person,
    make_remedy,
    make_section,
    share,
)
from tests.factories.dossier import make_build, make_text

MOST = 30


@pytest.fixture(autouse=True)
def empty_store(runtime):
    shutil.rmtree(runtime.store.folder, ignore_errors=True)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def ana(runtime, section):
    return make_actor(runtime.units, (section, Role.CASEWORKER), name="Ana")


@pytest.fixture
def carmen(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), name="Carmen")


@pytest.fixture
def case(runtime, ana):
    return make_case(runtime.units, ana)


@pytest.fixture
def claim(runtime, ana, case):
    return make_claim(runtime.units, ana, case, label="Eviction without another home")


def at(case, more=""):
    return f"/cases/{case.id}/dossier{more}"


def only(runtime, by, model):
    with runtime.units.begin(by) as uow:
        return uow.session.scalars(select(model)).all()


def build(runtime, by, case, kind=DossierKind.REDACTED, **details):
    asked = make_build(runtime.units, by, case, kind, **details)
    build_waiting(runtime.units, runtime.store)
    with runtime.units.begin(by) as uow:
        return uow.session.get_one(DossierBuild, asked.id)


def press(browser, case, action, **typed):
    """Open the dossier, fill the form that is sent to an address, and send it; return the answer."""
    page = browser.get(at(case, "/documents" if action == "/documents" else ""))
    forms = [
        form for form in page.markup.main if action == "/documents" or form.attributes.get("action") == at(case, action)
    ]
    assert forms, f"no form for {action}"
    return browser.post(at(case, action), dict(forms[0].values()) | typed)


def files_of(browser, case, built):
    """Download an archive; return its members by their names without the reference of the case."""
    answer = press(browser, case, f"/documents/{built.id}/download").answer
    assert answer.mimetype == "application/zip", answer.text
    assert sha256(answer.data).digest() == built.sha256
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name.removeprefix(f"{case.reference}-"): archive.read(name) for name in archive.namelist()}


def text_of_pdf(content):
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)).split())


def text_of_docx(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read("word/document.xml").decode()


def test_the_dossier_says_what_is_missing_and_where_to_write_it(pages, runtime, ana, case, claim):
    page = pages(ana).get(at(case), most=MOST)
    for words in ("No author is recorded", "No victim is recorded", "No remedy is recorded", "Not written"):
        assert words in page.words
    assert at(case, "/texts/facts") in page.html
    assert at(case, f"/claims/{claim.id}/merits") in page.html
    assert at(case, "/rules/one-year") in page.html
    assert at(case) in pages(ana).get(f"/cases/{case.id}/committee").html


def test_a_text_has_versions_and_a_history_of_its_paragraphs(pages, runtime, ana, carmen, case):
    pages(ana).submit(at(case, "/texts/facts"), text="On 3 May the water was cut.\n\nNobody was asked.")
    pages(carmen).submit(at(case, "/texts/facts"), text="On 3 May the water was cut.\n\nV1 was not asked.")
    first, second = sorted(only(runtime, ana, DossierText), key=lambda row: row.version)
    assert (first.version, second.version, second.written_by_id) == (1, 2, carmen.user_id)
    page = pages(ana).get(at(case))
    assert "2 paragraphs, version 2 by Carmen" in page.words
    assert "Nobody was asked." in pages(ana).get(at(case, f"/versions/{first.id}")).words
    changes = [row.changes for row in only(runtime, ana, AuditEntry) if row.action == "dossier.written"]
    assert [one["text"] for one in changes if one["text"][0]] == [["Nobody was asked.", "V1 was not asked."]]
    assert "Wrote in the dossier" in pages(ana).get(f"/cases/{case.id}/history").words


def test_who_may_only_read_the_case_reads_the_texts(pages, runtime, ana, carmen, case):
    text = make_text(runtime.units, ana, case, "On 3 May the water was cut.")
    paula = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.CASEWORKER))
    share(runtime.units, carmen, case, paula)
    read = at(case, f"/versions/{text.id}")
    assert read in pages(paula).get(at(case)).html
    assert "On 3 May the water was cut." in pages(paula).get(read).words
    assert at(case, "/texts/") not in pages(paula).get(at(case)).html
    assert read not in pages(ana).get(at(case)).html, "who writes comes to the text at once"


def test_two_who_write_at_once_see_both_texts(pages, ana, carmen, case):
    pages(ana).submit(at(case, "/texts/facts"), text="Old")
    drawn = pages(ana).get(at(case, "/texts/facts"))
    pages(carmen).submit(at(case, "/texts/facts"), text="Hers")
    both = pages(ana).send(drawn, text="Mine", status=409)
    assert "Hers" in both.words
    assert "Mine" in both.html
    pages(ana).send(both, text="Mine and hers")
    assert "Mine and hers" in pages(ana).get(at(case, "/texts/facts")).html


def test_a_first_version_that_a_colleague_wrote_meanwhile_is_not_lost(pages, ana, carmen, case):
    drawn = pages(ana).get(at(case, "/texts/facts"))
    pages(carmen).submit(at(case, "/texts/facts"), text="Hers")
    assert "Hers" in pages(ana).send(drawn, text="Mine", status=409).words


def test_the_text_of_a_rule_begins_with_what_the_engine_finds(pages, runtime, ana, case, claim):
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=known(2026, 3, 5))
    page = pages(ana).get(at(case, "/rules/exhaustion"))
    assert "This is a proposal from what is recorded." in page.words
    assert only(runtime, ana, DossierText) == [], "nothing is saved before a person has read it"
    pages(ana).submit(at(case, "/rules/exhaustion"))
    assert only(runtime, ana, DossierText)[0].rule == "exhaustion"


def test_a_name_in_a_text_is_told(pages, runtime, ana, case):
    make_person(runtime.units, ana, case, name="Rosa Navarro")
    assert "V1" in pages(ana).submit(at(case, "/texts/facts"), text="Rosa Navarro lost her home.").words
    assert pages(ana).get(at(case)).words.count("V1") >= 1


def test_numbers_of_annexes_are_given_once(pages, runtime, ana, case, claim):
    one, two = (make_evidence(runtime.units, ana, case, claim) for _ in range(2))
    browser = pages(ana)
    press(browser, case, f"/annexes/{two.id}")
    press(browser, case, f"/annexes/{two.id}/leave-out")
    press(browser, case, "/annexes")
    three = make_evidence(runtime.units, ana, case, claim)
    press(browser, case, "/annexes")
    press(browser, case, f"/annexes/{two.id}")
    numbers = {row.evidence_id: row.number for row in only(runtime, ana, DossierAnnex)}
    assert numbers == {two.id: 1, one.id: 2, three.id: 3}
    assert all(row.left_out_at is None for row in only(runtime, ana, DossierAnnex))


def test_what_is_cited_and_is_no_annex_is_told(pages, runtime, ana, case, claim):
    make_evidence(runtime.units, ana, case, claim)
    make_text(runtime.units, ana, case, "The court ordered it [E1, p. 4]; social services knew [E7].")
    assert "Facts cites evidence that is not there: E1, E7." in pages(ana).get(at(case)).words


def test_documents_are_built_by_a_job_and_say_the_same(pages, runtime, ana, case, claim):
    evidence = make_evidence(runtime.units, ana, case, claim)
    make_remedy(runtime.units, ana, claim, outcome="dismissed", decided=known(2026, 3, 5), notified=known(2026, 3, 9))
    make_act(runtime.units, ana, claim, what="The eviction", began=known(2026, 2, 3))
    make_text(runtime.units, ana, case, "# The eviction\n\nThe court ordered it [E1, p. 4].\n\n{{ 7*7 }} <b>&amp;")
    browser = pages(ana)
    press(browser, case, f"/annexes/{evidence.id}")
    page = press(browser, case, "/documents", kind="redacted", language="es")
    assert page.status == 303
    assert "Documents are being built." in browser.get(at(case)).words
    assert build_waiting(runtime.units, runtime.store).built == 1
    (built,) = only(runtime, ana, DossierBuild)
    assert (built.state, built.input_sealed) == (BuildState.READY, None)
    files = files_of(browser, case, built)
    assert set(files) == {"complaint-without-names.docx", "complaint-without-names.pdf", "manifest.json"}
    listed = {one["name"]: one["sha256"] for one in json.loads(files["manifest.json"])["files"]}
    for name in ("complaint-without-names.docx", "complaint-without-names.pdf"):
        assert listed[f"{case.reference}-{name}"] == sha256(files[name]).hexdigest()
    pdf = text_of_pdf(files["complaint-without-names.pdf"])
    docx = text_of_docx(files["complaint-without-names.docx"])
    for words in ("recursos internos", "5 de marzo de 2026", "9 de marzo de 2026", "Anexo 1, p. 4", "{{ 7*7 }}"):
        assert words in pdf, words
    assert "{{ 7*7 }} &lt;b&gt;&amp;amp;" in docx
    assert reconcile(runtime.units, runtime.store).strays == 0, "the nightly check knows the file"
    stored = b"".join(path.read_bytes() for path in runtime.store.folder.rglob("*") if path.is_file())
    assert files["complaint-without-names.pdf"][:200] not in stored, "it is sealed like evidence"
    assert "dossier.downloaded" in {row.action for row in only(runtime, ana, AuditEntry)}


def person_who_allows(runtime, by, case, name, *scopes, **details):
    person = make_person(runtime.units, by, case, "victim", "author", name=name, **details)
    for scope in scopes:
        make_consent(runtime.units, by, case, person, scope)
    return person


@pytest.mark.usefixtures("claim")
def test_names_stand_only_in_the_full_version_of_who_allows_it(pages, runtime, ana, carmen, case):
    person_who_allows(runtime, ana, case, "Rosa Navarro Prieto", ConsentScope.DISCLOSE, address="Calle Luna 7")
    person_who_allows(runtime, ana, case, "Luis Ortega Blanco")
    make_text(runtime.units, ana, case, "V1 and V2 lost their home. V12 is nobody.")
    reason = "Sent to the lawyer who files it"
    assert press(pages(ana), case, "/documents", kind="full", language="en").status == 422
    built = build(runtime, carmen, case, DossierKind.FULL, reason=reason)
    assert built.state is BuildState.READY, built.fault
    files = files_of(pages(carmen), case, built)
    full, twin = (text_of_pdf(files[f"{name}.pdf"]) for name in ("complaint", "complaint-without-names"))
    assert "Rosa Navarro Prieto and V2 lost their home. V12 is nobody." in full
    assert "Calle Luna 7" in full
    assert "Ortega" not in full
    assert "V1 and V2 lost their home." in twin
    for name, content in files.items():
        if name.startswith("complaint-without-names."):
            shown = text_of_pdf(content) if name.endswith("pdf") else text_of_docx(content)
            assert not any(word in shown for word in ("Rosa", "Navarro", "Prieto", "Luna", "Ortega"))
    said = [row.changes for row in only(runtime, carmen, AuditEntry) if row.action == "person.revealed"]
    assert [one["code_name"][1] for one in said] == ["V1"], "only who allows it is revealed, and the history says so"
    assert press(pages(ana), case, "/documents", kind="redacted", language="en").status == 303
    with pytest.raises(AssertionError, match="no form"):
        press(pages(ana), case, f"/documents/{built.id}/download")
    with runtime.units.begin(ana) as uow, pytest.raises(Forbidden):
        hand_out(uow, runtime.store, one_case(uow, case.id), one_build(uow, case, built.id))


def test_a_name_in_a_text_stops_documents_without_names(pages, runtime, ana, case, claim):
    make_person(runtime.units, ana, case, name="Rosa Navarro")
    make_text(runtime.units, ana, case, "Señora NAVARRO lost her home.")
    page = press(pages(ana), case, "/documents", kind="redacted", language="en")
    assert page.status == 422
    assert "V1: 6. Facts" in page.words
    assert only(runtime, ana, DossierBuild) == []


def test_a_second_person_agrees_where_the_section_asks_for_one(pages, runtime, ana, carmen, case):
    person_who_allows(runtime, ana, case, "Rosa Navarro", ConsentScope.DISCLOSE)
    with runtime.units.begin(carmen) as uow:
        set_second_person(uow, case.section_id, 0, is_needed=True)
    browser = pages(carmen)
    press(browser, case, "/documents", kind="full", language="en", reason="To file it")
    assert "a second person must agree that you see who these are: V1" in browser.get(at(case)).words
    assert only(runtime, carmen, DossierBuild) == []


def test_other_sections_have_no_documents_for_they_list_restricted_evidence(pages, runtime, carmen, case, claim):
    paula = make_actor(runtime.units, (make_section(runtime.units, "EC"), Role.SECTION_COORDINATOR))
    share(runtime.units, carmen, case, paula, GrantLevel.WRITE)
    evidence = make_evidence(runtime.units, carmen, case, claim, is_restricted=True)
    with runtime.units.begin(carmen) as uow:
        mine = editable_case(uow, case.id)
        found = one_evidence(uow, mine, evidence.id)
        details = EvidenceDetails(version=found.version, title="Letter of the informant", is_restricted=True)
        change_evidence(uow, mine, found, details)
    press(pages(carmen), case, f"/annexes/{evidence.id}")
    built = build(runtime, carmen, case, DossierKind.REDACTED)
    assert "informant" in text_of_pdf(files_of(pages(carmen), case, built)["complaint-without-names.pdf"])
    assert only(runtime, paula, DossierBuild) == []
    assert "informant" not in pages(paula).get(at(case)).words
    browser = pages(paula)
    typed = dict(browser.get(f"/cases/{case.id}/edit").form().values())
    assert browser.post(at(case, f"/documents/{built.id}/download"), typed).status == 404
    pages(paula).get(at(case, "/documents"), status=403)
    with pytest.raises(Forbidden):
        build(runtime, paula, case, DossierKind.REDACTED)


def test_the_memorandum_names_the_likely_objection_and_holdings(pages, runtime, ana, case, claim):
    make_remedy(runtime.units, ana, claim, outcome="pending", decided=None)
    make_text(runtime.units, ana, case, "It takes too long.", DossierPart.ADMISSIBILITY, rule="exhaustion")
    files = files_of(pages(ana), case, build(runtime, ana, case, DossierKind.MEMO))
    text = text_of_pdf(files["memo.pdf"])
    assert "INTERNAL" in text
    for words in ("Likely objection of the State", "Held against authors", "Held for authors", "It takes too long."):
        assert words in text


def test_what_identifies_somebody_stops_the_twin(pages, runtime, ana, carmen, case):
    person_who_allows(runtime, ana, case, "Rosa Navarro", ConsentScope.DISCLOSE, address="calle luna 7")
    make_text(runtime.units, ana, case, "The family lived in calle Luna 7.")
    built = build(runtime, carmen, case, DossierKind.FULL, reason="To file it")
    assert (built.state, built.fault, built.input_sealed) == (BuildState.FAILED, BuildFault.NAME_FOUND, None)
    assert "Not built" in pages(carmen).get(at(case)).words
    assert list(runtime.store.names()) == [], "nothing of it is kept"


def test_evidence_of_authorisation_is_cited_with_the_consent(pages, runtime, ana, case, claim):
    person = person_who_allows(runtime, ana, case, "Rosa Navarro", ConsentScope.SUBMIT)
    evidence = make_evidence(
        runtime.units, ana, case, kind=EvidenceKind.AUTHORISATION, supports=(f"case_person:{person.id}",)
    )
    press(pages(ana), case, f"/annexes/{evidence.id}")
    files = files_of(pages(ana), case, build(runtime, ana, case))
    assert "(1)" in text_of_pdf(files["complaint-without-names.pdf"])
