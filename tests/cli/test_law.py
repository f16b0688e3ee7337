"""`caseflow assess` and `caseflow facts-schema`."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from caseflow.cli.law import assess, facts_schema
from caseflow.law import RULES_OF_THE_PROTOCOL
from caseflow.law.data import load_schema
from tests.law.building import claim, document, remedy

EXAMPLES = Path(__file__).parents[1] / "law" / "examples" / "facts"


def test_a_file_is_assessed_for_the_day_it_names() -> None:
    done = CliRunner().invoke(assess, [str(EXAMPLES / "2-2014-idg-v-spain.json")])
    assert done.exit_code == 0
    shown = json.loads(done.stdout)
    assert (shown["on"], shown["outlook"], shown["clocks"][0]["days_left"]) == ("2014-01-28", "arguable", 261)


def test_another_day_can_be_given() -> None:
    file = str(EXAMPLES / "1-2013-lopez-rodriguez-v-spain.json")
    done = CliRunner().invoke(assess, [file, "--on", "2013-11-07", "--format", "text"])
    assert done.exit_code == 0
    assert "OP-ICESCR on 2013-11-07: barred" in done.stdout
    assert "NOT MET: one-year [benefit]" in done.stdout
    assert "  source: CESCR, 1/2013, López Rodríguez v. Spain (E/C.12/57/D/1/2013), para. 8.3" in done.stdout
    assert (
        "expired; safe until 29 October 2013 (9 days ago), can be argued for until 6 November 2013 (1 day ago)"
        in done.stdout
    )
    assert CliRunner().invoke(assess, [file, "--on", "2014"]).exit_code == 2


def test_contradictions_are_listed_in_both_forms_and_in_spanish() -> None:
    facts = json.dumps(document(claim(remedies=[remedy(outcome="pending")]), on="2018-09-17"))
    (listed,) = json.loads(CliRunner().invoke(assess, ["-"], input=facts).stdout)["contradictions"]
    assert listed["facts"] == ["/claims/0/remedies/0/outcome", "/claims/0/remedies/0/decided"]
    text = CliRunner().invoke(assess, ["-", "--format", "text"], input=facts).stdout
    assert f"check this: {listed['because']}\n  rests on: /claims/0/remedies/0/outcome" in text
    spanish = CliRunner().invoke(assess, ["-", "--format", "text", "--language", "es"], input=facts).stdout
    assert "compruebe esto: El recurso ante" in spanish


def test_an_answer_says_who_checked_the_rules_and_that_this_is_too_long_ago() -> None:
    facts = json.dumps(document(on="2040-01-01"))
    checked = json.loads(CliRunner().invoke(assess, ["-"], input=facts).stdout)["checked"]
    assert checked["is_stale"]
    assert checked["because"] in CliRunner().invoke(assess, ["-", "--format", "text"], input=facts).stdout


def test_a_directory_gives_one_line_for_each_file_also_after_an_invalid_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "good.json").write_text(json.dumps(document(on="2018-09-17")))
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "note.txt").write_text("not read")
    done = CliRunner().invoke(assess, [str(tmp_path)])
    bad, good = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 2
    assert (bad["file"], next(iter(good))) == (str(tmp_path / "a.json"), "file")
    assert "not JSON" in bad["faults"][0]["sentence"]
    assert good["outlook"] == "clear"
    (tmp_path / "a.json").unlink()
    assert CliRunner().invoke(assess, [str(tmp_path)]).exit_code == 0


def test_standard_input_is_read() -> None:
    done = CliRunner().invoke(assess, ["-", "--on", "2018-09-17"], input=json.dumps(document()))
    assert (done.exit_code, json.loads(done.stdout)["outlook"]) == (0, "clear")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (json.dumps(document()), "/on: The day to assess for is missing"),
        (json.dumps(document(on="2018", x=1)), "/x: There is no such field"),
        ("[" * 100_000, "nested too deeply"),
        ("", "not JSON"),
    ],
)
def test_an_invalid_document_ends_with_2_and_a_sentence(text: str, said: str) -> None:
    done = CliRunner().invoke(assess, ["-"], input=text)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_missing_file_gives_a_sentence(tmp_path: Path) -> None:
    assert "can't be read" in CliRunner().invoke(assess, [str(tmp_path / "none.json")]).stderr
    assert "no *.json file" in CliRunner().invoke(assess, [str(tmp_path)]).stderr


def test_the_schemas_are_printed() -> None:
    assert json.loads(CliRunner().invoke(facts_schema).stdout)["$id"] == "caseflow/case-facts/1"
    assert json.loads(CliRunner().invoke(facts_schema, ["--findings"]).stdout)["$id"] == "caseflow/findings/1"


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir()))
def test_each_document_matches_the_published_schema(name: str) -> None:
    shown = json.loads(CliRunner().invoke(assess, [str(EXAMPLES / name)]).stdout)
    jsonschema.validate(shown, dict(load_schema("findings")))
    assert {finding["rule"] for finding in shown["findings"]} == set(RULES_OF_THE_PROTOCOL)


def test_each_line_of_a_directory_matches_the_published_schema() -> None:
    answer = CliRunner().invoke(assess, [str(EXAMPLES)])
    lines = [json.loads(line) for line in answer.output.splitlines()]
    assert len(lines) == len(list(EXAMPLES.glob("*.json")))
    for line in lines:
        jsonschema.validate(line, dict(load_schema("findings")))
        assert line["file"]


def test_the_answer_can_be_in_another_language() -> None:
    file = str(EXAMPLES / "1-2013-lopez-rodriguez-v-spain.json")
    said = CliRunner().invoke(assess, [file, "--on", "2013-11-07", "--language", "es", "--format", "text"]).stdout
    assert "NO SE CUMPLE: one-year [benefit], Protocolo Facultativo del PIDESC, art. 3.2 a)" in said
    assert "vencido; seguro hasta el 29 de octubre de 2013 (hace 9 días)" in said
    given = json.loads(CliRunner().invoke(assess, [file, "--language", "es"]).stdout)["findings"][0]
    assert given["because"].startswith("El Protocolo está en vigor para España desde el 5 de mayo de 2013")
    assert given["messages"]["because"][0]["message"].startswith("The Protocol has been in force for {state}")


def test_a_language_without_a_catalogue_is_refused() -> None:
    done = CliRunner().invoke(assess, [str(EXAMPLES / "1-2013-lopez-rodriguez-v-spain.json"), "--language", "xx"])
    assert done.exit_code == 2
    assert "'xx' is none of en, es." in done.output
