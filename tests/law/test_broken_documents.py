"""Invalid documents of every kind on the command line: a path, a sentence and exit code 2, never a traceback."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from caseflow.cli import main
from tests.law.building import claim, document, remedy

DAY = "2018-09-17"


def text(facts: Any) -> bytes:
    return json.dumps(facts).encode()


def changed(**changes: Any) -> bytes:
    return text(document(on=DAY, **changes))


def of_claim(**changes: Any) -> bytes:
    return text(document(claim(**changes), on=DAY))


def of_remedy(**changes: Any) -> bytes:
    return of_claim(remedies=[remedy(**changes)])


def of_act(**changes: Any) -> bytes:
    return of_claim(acts=[changes])


def nested(depth: int) -> Any:
    deep: Any = []
    for _ in range(depth):
        deep = [deep]
    return deep


def raw(start: str, inside: str = "") -> bytes:
    return (start + inside).encode("utf-8", "surrogatepass")


NOT_A_DOCUMENT = {
    "empty": (b"", "not JSON"),
    "blanks": (b"  \n", "not JSON"),
    "prose": (b"Dear Committee,", "not JSON"),
    "cut off": (changed()[:-40], "not JSON"),
    "two documents": (changed() + changed(), "not JSON"),
    "trailing comma": (b'{"schema": "caseflow/case-facts/1",}', "not JSON"),
    "comment": (b'{"schema": "caseflow/case-facts/1"} // mine', "not JSON"),
    "single quotes": (b"{'schema': 'caseflow/case-facts/1'}", "not JSON"),
    "control character": (b'{"reference": "a\x00b"}', "not JSON"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not UTF-8 text: byte 0"),
    "word processor": (b"PK\x03\x04\x14\x00\x06\x00", "not JSON"),
    "UTF-16": (changed().decode().encode("utf-16"), "not UTF-8 text: byte 0"),
    "Latin-1": ('{"reference": "Ñuñoa"}'.encode("latin-1"), "not UTF-8 text"),
    "second byte order mark": (b"\xef\xbb\xbf\xef\xbb\xbf{}", "not JSON"),
    "NaN": (b'{"schema": NaN}', "NaN is not a value"),
    "Infinity": (b'{"on": -Infinity}', "-Infinity is not a value"),
    "same field twice": (
        b'{"schema": "caseflow/case-facts/1", "state": "ES", "state": "FI"}',
        'The field "state" stands twice',
    ),
    "same field twice at depth": (b'{"victims": [{"id": "a", "id": "b"}]}', 'The field "id" stands twice'),
    "huge number": (b'{"on": ' + b"9" * 5000 + b"}", "a number too long"),
    "lone surrogate": (b'{"reference": "\\ud800"}', "half a character"),
    "lone surrogate in a name": (b'{"\\udfff": 1}', "half a character"),
    "null character": (b'{"reference": "a\\\\\\u0000"}', "a null character"),
    "null character in a name": (b'{"a\\u0000": 1}', "a null character"),
    "deep lists": (b"[" * 200_000, "nested too deeply"),
    "deep objects": (b'{"a":' * 200_000, "nested too deeply"),
    "list": (b"[]", "This list should be an object."),
    "text": (b'"facts"', '"facts" should be an object.'),
    "number": (b"7", "7 should be an object."),
    "null": (b"null", "null should be an object."),
}

WITH_A_PLACE: dict[str, tuple[bytes, str, str]] = {
    # a kind of fault: the document, the place, the sentence
    "no schema": (text({"state": "ES", "on": DAY}), "/schema", "This field is needed."),
    "another schema": (changed(schema="caseflow/case-facts/2"), "/schema", 'should be "caseflow/case-facts/1"'),
    "findings put in": (changed(schema="caseflow/findings/1"), "/schema", 'should be "caseflow/case-facts/1"'),
    "unknown field": (changed(country="ES"), "/country", "There is no such field in this format."),
    "unknown field at depth": (of_act(when="2017"), "/claims/0/acts/0/when", "There is no such field"),
    "unknown field with a slash": (changed(**{"a/b~c": 1}), "/a~1b~0c", "There is no such field"),
    "another route": (changed(route="ECTHR"), "/route", '"ECTHR" is not one of "OP-ICESCR"'),
    "State in small letters": (changed(state="es"), "/state", "two capital letters"),
    "name of a State": (changed(state="Spain"), "/state", "two capital letters"),
    "State and a line": (changed(state="ES\n"), "/state", "longer than 2 characters"),
    "text for a truth": (changed(author={"named": "yes"}), "/author/named", '"yes" should be true or false or null.'),
    "number for a truth": (changed(author={"named": 1}), "/author/named", "1 should be true or false or null."),
    "truth for an object": (changed(author=True), "/author", "true should be an object or null."),
    "object for a list": (changed(victims={"id": "v1"}), "/victims", "This object should be a list or null."),
    "text for a list": (of_claim(rights="HOUSING"), "/claims/0/rights", "should be a list or null."),
    "null in a list": (of_claim(acts=[None]), "/claims/0/acts/0", "null should be an object."),
    "list for a text": (of_remedy(authority=["Court"]), "/claims/0/remedies/0/authority", "should be text or null."),
    "fraction for a text": (changed(reference=1.5), "/reference", "1.5 should be text or null."),
    "number beyond all": (raw('{"schema": "caseflow/case-facts/1", "reference": 1e999}'), "/reference", "should be text or null."),
    "deep value": (changed(reference=nested(200)), "/reference", "This list should be text or null."),
    "deep unknown value": (changed(extra=nested(200)), "/extra", "There is no such field"),
    "deep name of a victim": (of_claim(victims=[nested(200), nested(200)]), "/claims/0/victims/0", "should be text."),
    "unknown right": (of_claim(rights=["HOME"]), "/claims/0/rights/0", '"HOME" is not one of'),
    "unknown stage": (of_remedy(stage="SUPREME"), "/claims/0/remedies/0/stage", '"SUPREME" is not one of'),
    "code in small letters": (of_remedy(outcome="Dismissed"), "/claims/0/remedies/0/outcome", "is not one of"),
    "unknown reason": (of_claim(remedies_not_used=[{"reason": "lazy"}]), "/claims/0/remedies_not_used/0/reason", "is not one of"),
    "unknown evidence": (of_claim(evidence=[{"kind": "rumour"}]), "/claims/0/evidence/0/kind", "is not one of"),
    "unknown body": (changed(other_procedures=[{"body": "ICJ"}]), "/other_procedures/0/body", '"ICJ" is not one of'),
    "unknown status": (
        changed(earlier_communications=[{"status": "lost"}]), "/earlier_communications/0/status", '"lost" is not one of'
    ),
    "unknown consent": (changed(victims=[{"id": "v1", "consent": "oral"}]), "/victims/0/consent", '"oral" is not one of'),
    "no id of a claim": (text(document({"victims": ["v1"]}, on=DAY)), "/claims/0/id", "This field is needed."),
    "no id of a victim": (changed(victims=[{}]), "/victims/0/id", "This field is needed."),
    "empty id": (of_claim(id=""), "/claims/0/id", "The text is empty."),
    "long id": (of_claim(id="x" * 201), "/claims/0/id", "longer than 200 characters"),
    "two victims of one id": (changed(victims=[{"id": "v1"}, {"id": "v1"}]), "/victims/1/id", "of another victim already"),
    "two claims of one id": (text(document(claim(), claim(), on=DAY)), "/claims/1/id", "of another claim already"),
    "a victim twice": (of_claim(victims=["v1", "v1"]), "/claims/0/victims", "names something twice"),
    "a victim who is not there": (of_claim(victims=["v9"]), "/claims/0/victims/0", "not the id of a victim of this document"),
    "a victim of another claim": (of_remedy(victims=["v2"]), "/claims/0/remedies/0/victims/0", "of this claim"),
    "a filing without a day": (text(document()), "/on", "The day to assess for is missing"),
    "a filing without an exact day": (text(document(on="2018-09")), "/on", "not one exact day"),
    "a filing on about a day": (text(document(on="2018-09-17~")), "/on", "not one exact day"),
    "a filing on no day of the calendar": (text(document(on="2023-02-29")), "/on", "February 2023 has 28 days"),
    "month 13": (of_act(**{"from": "2013-13"}), "/claims/0/acts/0/from", "13 is not a month"),
    "month 0": (of_act(**{"from": "2013-00-01"}), "/claims/0/acts/0/from", "0 is not a month"),
    "31 April": (of_remedy(decided="2017-04-31"), "/claims/0/remedies/0/decided", "April 2017 has 30 days"),
    "day 0": (of_remedy(decided="2017-04-00"), "/claims/0/remedies/0/decided", "does not exist"),
    "year 0": (of_act(until="0000"), "/claims/0/acts/0/until", "0 is not a year"),
    "year of five digits": (of_act(until="12017-01-01"), "/claims/0/acts/0/until", "not a date of this format"),
    "words for a date": (of_act(until="last spring"), "/claims/0/acts/0/until", "not a date of this format"),
    "empty date": (of_act(until=""), "/claims/0/acts/0/until", "not a date of this format"),
    "date the other way round": (of_remedy(notified="04.10.2017"), "/claims/0/remedies/0/notified", "not a date of this format"),
    "date of one digit": (of_remedy(notified="2017-1-4"), "/claims/0/remedies/0/notified", "not a date of this format"),
    "date with a time": (of_remedy(notified="2017-10-04T00:00:00Z"), "/claims/0/remedies/0/notified", "not a date of this format"),
    "date with a blank": (of_remedy(notified=" 2017-10-04"), "/claims/0/remedies/0/notified", "not a date of this format"),
    "date and a line": (of_remedy(notified="2017-10-04\n"), "/claims/0/remedies/0/notified", "not a date of this format"),
    "date in other digits": (of_remedy(notified="\uff12\uff10\uff11\uff17-10-04"), "/claims/0/remedies/0/notified", "not a date of this format"),
    "interval of two dates": (of_act(**{"from": "2016/2017"}), "/claims/0/acts/0/from", "not a date of this format"),
    "two bounds": (of_act(**{"from": "../2017~"}), "/claims/0/acts/0/from", "not a date of this format"),
    "open on both sides": (of_act(**{"from": "../.."}), "/claims/0/acts/0/from", "not a date of this format"),
    "number for a date": (of_act(**{"from": 20170301}), "/claims/0/acts/0/from", "should be text or null."),
    "decided before it was filed": (of_remedy(filed="2018", decided="2017"), "/claims/0/remedies/0/decided", "can't come before"),
    "notified before it was filed": (
        of_remedy(filed="2017-10-04", notified="2017-10-03"), "/claims/0/remedies/0/notified", "can't come before"
    ),
    "an act that ends before it begins": (
        of_act(**{"from": "2014", "until": "2013"}), "/claims/0/acts/0/until", "can't end before it began"
    ),
    "a procedure that ends before it begins": (
        changed(other_procedures=[{"from": "2016", "until": "2015"}]), "/other_procedures/0/until", "can't end before it began"
    ),
}  # fmt: skip


def assessed(*arguments: str, standard_input: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["assess", *arguments], input=standard_input)


def refused(done: Result) -> list[str]:
    """Return the lines of faults; there must be no other output and no exception."""
    assert isinstance(done.exception, SystemExit)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert lines
    return lines


@pytest.mark.parametrize("kind", NOT_A_DOCUMENT)
def test_what_is_no_document_gives_one_sentence(kind: str, tmp_path: Path) -> None:
    content, sentence = NOT_A_DOCUMENT[kind]
    (tmp_path / "facts.json").write_bytes(content)
    (line,) = refused(assessed(str(tmp_path / "facts.json")))
    assert line.startswith(f"{tmp_path / 'facts.json'}: /: ")
    assert sentence in line
    assert line.endswith(".")


@pytest.mark.parametrize("kind", WITH_A_PLACE)
def test_a_fault_is_reported_with_its_path(kind: str) -> None:
    content, place, sentence = WITH_A_PLACE[kind]
    lines = refused(assessed("-", standard_input=content))
    (line,) = [line for line in lines if line.startswith(f"-: {place}: ")]
    assert sentence in line
    assert len(line) < 1000


def test_every_fault_is_reported_at_once() -> None:
    lines = refused(
        assessed("-", standard_input=text({"x": 1, "on": "2013", "claims": [{"acts": 3}], "victims": [{}]}))
    )
    places = {line.split(": ")[1] for line in lines}
    assert places == {"/schema", "/x", "/on", "/claims/0/id", "/claims/0/acts", "/victims/0/id"}


@pytest.mark.parametrize("depth", [10, 100, 300, 500, 700, 900, 990, 5_000])
@pytest.mark.parametrize("place", ["reference", "extra", "victims", "claims"])
def test_deep_nesting_gives_no_traceback(place: str, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    content = f'{{"schema": "caseflow/case-facts/1", "on": "{DAY}", "{place}": {deep}}}'.encode()
    refused(assessed("-", standard_input=content))


def a_file(folder: Path) -> Path:
    (folder / "note.txt").write_text("not read")
    return folder / "note.txt"


def a_loop(folder: Path) -> Path:
    (folder / "loop.json").symlink_to(folder / "loop.json")
    return folder / "loop.json"


Making = Callable[[Path], Path]
FILES: dict[str, tuple[Making, str]] = {
    "not there": (lambda folder: folder / "none.json", "can't be read: No such file"),
    "below a file": (lambda folder: a_file(folder) / "facts.json", "can't be read: Not a directory"),
    "a name too long": (lambda folder: folder / ("x" * 300), "can't be read: File name too long"),
    "a link to itself": (a_loop, "can't be read: "),
    "a folder without documents": (lambda folder: a_file(folder).parent, "there is no *.json file below it"),
}


@pytest.mark.parametrize("kind", FILES)
def test_an_unreadable_file_gives_a_sentence(kind: str, tmp_path: Path) -> None:
    make, sentence = FILES[kind]
    (line,) = refused(assessed(str(make(tmp_path))))
    assert sentence in line


def test_a_folder_reports_invalid_documents_and_assesses_the_others(tmp_path: Path) -> None:
    broken = [
        *((content, "") for content, _ in NOT_A_DOCUMENT.values()),
        *((each[0], each[1]) for each in WITH_A_PLACE.values()),
    ]
    for number, (content, _) in enumerate(broken):
        (tmp_path / f"{number:03}.json").write_bytes(content)
    (tmp_path / "good.json").write_bytes(changed())
    done = assessed(str(tmp_path))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, done.stderr, len(lines)) == (2, "", len(broken) + 1)
    for line, (_, place) in zip(lines, broken, strict=False):
        assert place in {fault["path"] for fault in line["faults"]}
    assert lines[-1]["outlook"] == "clear"


def test_an_invalid_day_is_refused() -> None:
    done = assessed("-", "--on", "2018-02-30", standard_input=changed())
    assert (done.exit_code, done.stdout) == (2, "")
    assert "February 2018 has 28 days" in done.stderr


def test_control_characters_are_escaped_for_the_terminal(tmp_path: Path) -> None:
    (line,) = refused(assessed("-", standard_input=changed(**{"a\n\u001b[2Jb": 1})))
    assert line == "-: /a\\n\\u001b[2Jb: There is no such field in this format."
    (tmp_path / "facts.json").write_bytes(of_remedy(authority="Court\u001b[2J"))
    shown = assessed(str(tmp_path / "facts.json"), "--format", "text").stdout
    assert "Court\\u001b[2J" in shown
    assert "\u001b" not in shown


def test_an_escaped_backslash_before_u0000_is_no_null_character() -> None:
    assert assessed("-", standard_input=changed(reference="a\\u0000 and \\\\u0000")).exit_code == 0
