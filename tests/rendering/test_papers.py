"""Papers: what people write comes out as text, whatever it is; names that must not stand in one are found; nothing but title and day."""

import io
import resource
import socket
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from random import Random

import pypdfium2
import pytest

from caseflow.rendering import papers
from caseflow.rendering.limits import PAPER_MEMORY
from caseflow.rendering.papers import Bundle, Paper, PaperFault, as_json, bundle

HOSTILE = (
    "{{ 7*7 }} {% for x in y %} ${7*7} #{7*7} <%= 7*7 %>",
    '#read("/etc/passwd") #import "@preview/x:1.0.0" #image("http://127.0.0.1/x.png") $x^2$ *bold* _it_ `raw` \\ @ref <label>',
    '{ INCLUDETEXT "C:\\\\secret" } { DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" } MERGEFIELD =1+1',
    "<w:p><w:r><w:t>x</w:t></w:r></w:p> ]]> <!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]> &b; <script>1</script>",
    "tab\there \x00\x01\x0b\x1f\ufffe and \u202e turned \u200d joined",
)


def paper(*texts, **details):
    blocks = [{"kind": "title", "text": "Title"}, {"kind": "heading", "level": 1, "text": "1. Facts"}]
    for number, text in enumerate(texts, 1):
        blocks.append({"kind": "numbered", "number": number, "text": text})
    given = {
        "name": "ES-1-complaint",
        "title": "A title",
        "language": "en",
        "dated": "2026-11-02",
        "head": "Head",
        "page": "Page",
        "blocks": blocks,
    }
    return Paper(**given | details)


def opened(*wanted):
    made = bundle(as_json(wanted))
    assert made.fault is None, made.fault
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text_of_pdf(content):
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)).split())


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_is_written_comes_out_as_text(hostile):
    tables = [
        {"kind": "table", "head": [hostile], "rows": [[hostile]], "widths": [100]},
        {"kind": "fields", "rows": [[hostile, hostile]]},
        {"kind": "note", "text": hostile},
        {"kind": "heading", "level": 2, "text": hostile},
    ]
    given = paper(hostile)
    files = opened(paper(hostile, title=hostile, head=hostile, blocks=[*given.blocks, *tables]))
    document = parts_of(files["ES-1-complaint.docx"])["word/document.xml"].decode()
    assert document.count("<w:instrText") == 0, "no field but the number of the page, which is in the foot"
    shown = text_of_pdf(files["ES-1-complaint.pdf"])
    for word in ("7*7", "INCLUDETEXT", "/etc/passwd", "<script>", "turned"):
        if word in hostile:
            assert word in shown
            assert word.replace("<", "&lt;").replace(">", "&gt;") in document


def test_there_is_no_metadata_but_title_day_and_language():
    files = opened(paper("One"))
    parts = parts_of(files["ES-1-complaint.docx"])
    core = parts["docProps/core.xml"].decode()
    assert "A title" in core
    assert "2026-11-02T00:00:00Z" in core
    for trace in ("python-docx", "docProps/thumbnail", "Microsoft", "2013"):
        assert trace not in core, trace
    assert not [name for name in parts if "thumbnail" in name]
    about = pypdfium2.PdfDocument(files["ES-1-complaint.pdf"]).get_metadata_dict()
    assert about["Title"] == "A title"
    assert about["CreationDate"].startswith("D:20261102")
    assert not about["Author"]
    assert not about["Subject"]
    assert b"/StructTreeRoot" in files["ES-1-complaint.pdf"], "it is tagged"
    with zipfile.ZipFile(io.BytesIO(bundle(as_json([paper("One")])).content)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_the_same_papers_are_the_same_bytes():
    assert opened(paper("One")) == opened(paper("One"))


@pytest.mark.parametrize("written", ["Rosa Núñez", "ROSA NUNEZ", "rosa  nuñez", "(Rosa\nNúñez)"])
def test_a_forbidden_name_is_found_in_any_spelling(written):
    assert (
        bundle(as_json([paper(f"It was {written} who came.", forbidden=["Rosa Núñez"])])).fault is PaperFault.NAME_FOUND
    )
    assert bundle(as_json([paper("It was V1 who came.", forbidden=["Rosa Núñez"])])).fault is None
    assert bundle(as_json([paper("Rosas and Núñezes", forbidden=["Rosa Núñez"])])).fault is None


def test_a_forbidden_name_is_found_in_names_of_files_titles_and_heads():
    for place in ("name", "title", "head"):
        assert (
            bundle(as_json([paper("x", **{place: "Rosa Núñez"}, forbidden=["Rosa Núñez"])])).fault
            is PaperFault.NAME_FOUND
        )


def measured(sent: str) -> tuple[Bundle, int]:
    """Return what is made of papers, and the most memory that any child of this process took."""
    made = bundle(sent)
    return made, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def test_three_hundred_facts_and_forty_annexes_take_little_time_and_memory():
    chance = Random("a long complaint")
    words = [
        "the",
        "authority",
        "refused",
        "the",
        "request",
        "of",
        "V1",
        "and",
        "gave",
        "no",
        "reason",
        "although",
        "the",
        "law",
        "asks",
        "for",
        "one",
        "on",
        "day",
    ]
    facts = [" ".join(chance.choices(words, k=45)) for _ in range(300)]
    rows = [
        [str(number), "Judgment of the court of first instance", "3 May 2026", "12", "Spanish", "ab" * 32]
        for number in range(40)
    ]
    table = {
        "kind": "table",
        "head": ["No.", "Title", "Date", "Pages", "Language", "SHA"],
        "rows": rows,
        "widths": [8, 33, 14, 8, 12, 25],
    }
    names = [f"Name{number} Surname{number}" for number in range(300)]
    long = paper(*facts)
    sent = as_json(
        [paper(blocks=[*long.blocks, table]), paper(name="twin", blocks=[*long.blocks, table], forbidden=names)]
    )
    begun = time.monotonic()
    # a process of its own has no other children, those of other tests took more
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        made, most = processes.submit(measured, sent).result()
    assert made.fault is None
    assert made.pages > 15
    assert time.monotonic() - begun < 20
    assert most < PAPER_MEMORY


def test_nothing_is_fetched():
    """A page that a paper names is not asked for: nobody connects."""
    with socket.socket() as waiting:
        waiting.bind(("127.0.0.1", 0))
        waiting.listen()
        waiting.settimeout(0.2)
        port = waiting.getsockname()[1]
        opened(
            paper(f'http://127.0.0.1:{port}/ #image("http://127.0.0.1:{port}/x.png") ![x](http://127.0.0.1:{port}/)')
        )
        with pytest.raises(TimeoutError):
            waiting.accept()


def test_what_takes_too_long_is_ended():
    assert bundle(as_json([paper("x")]), most_seconds=0.01).fault is PaperFault.TOO_LARGE


def test_an_answer_that_is_none_is_no_archive():
    assert papers._parsed(b"", is_killed=False).fault is PaperFault.BROKEN
    assert papers._parsed(b"B\0\0\0\1PK\x03\x04", is_killed=True).fault is PaperFault.TOO_LARGE
    assert bundle("not JSON").fault is PaperFault.BROKEN
