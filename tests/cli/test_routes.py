"""`caseflow routes`: every mechanism for a document, without a server."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from caseflow.cli.law import facts_schema
from caseflow.cli.routes import routes
from caseflow.law.data import load_schema
from tests.law.building import document

OURS = "treaty,state,accepted,in_force_on,ended_on,source,checked_on\n"


@pytest.fixture
def facts(tmp_path: Path) -> str:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps(document()))
    return str(file)


def test_with_the_packaged_acceptances_the_document_is_valid_and_says_what_is_not_known(facts: str) -> None:
    done = CliRunner().invoke(routes, [facts, "--on", "2018-01-15"])
    assert done.exit_code == 0
    shown = json.loads(done.stdout)
    jsonschema.validate(shown, dict(load_schema("routes")))
    assert {route["code"]: route["status"] for route in shown["routes"]}["ECTHR"] == "unknown"
    assert shown["shortest_clock"] == {"code": "CESCR", "last_day": "2018-10-04", "days_left": 262}
    assert {route["code"]: route["status"] for route in shown["routes"]}["CCPR"] != "unknown"
    assert "The acceptances that caseflow ships are used" in done.stderr


def test_rows_that_are_given_replace_those_that_are_shipped(facts: str, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(f"{OURS}OP-ICCPR,ES,no,,,UNTC,2026-11-01\n")
    done = CliRunner().invoke(routes, [facts, "--on", "2018-01-15", "--acceptances", str(listed)])
    found = {route["code"]: route["status"] for route in json.loads(done.stdout)["routes"]}
    assert (found["CCPR"], found["CRC"] != "unknown") == ("not_available", True)
    assert done.stderr == ""


def test_with_acceptances_the_shortest_clock_is_another(facts: str, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(f"{OURS}ECHR,ES,yes,1979-10-04,,ECtHR,2026-11-01\n")
    done = CliRunner().invoke(routes, [facts, "--on", "2018-01-15", "--acceptances", str(listed), "--format", "text"])
    assert done.exit_code == 0
    assert "Open: ECTHR, European Court of Human Rights (ECHR arts. 34 and 35), last day 2018-04-04, 79 days left" in (
        done.stdout
    )
    assert "Legal information, not legal advice" in done.stdout


def test_the_answer_can_be_in_spanish(facts: str) -> None:
    done = CliRunner().invoke(routes, [facts, "--on", "2018-01-15", "--language", "es", "--format", "text"])
    assert "Abierta: CCPR, Comité de Derechos Humanos (Primer Protocolo Facultativo del PIDCP" in done.stdout
    assert "España está vinculado desde el 25 de abril de 1985" in done.stdout
    document = json.loads(CliRunner().invoke(routes, [facts, "--on", "2018-01-15", "--language", "es"]).stdout)
    jsonschema.validate(document, dict(load_schema("routes")))
    assert "Puede conocer de todos los derechos del Pacto." in document["routes"][10]["because"]
    assert CliRunner().invoke(routes, [facts, "--on", "2018-01-15", "--language", "xx"]).exit_code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON"),
        (json.dumps(document(x=1)), "/x: There is no such field"),
        (json.dumps(document()), "/on: The day is missing"),
    ],
)
def test_broken_documents_are_refused_with_their_path(content: str, said: str) -> None:
    done = CliRunner().invoke(routes, ["-"], input=content)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [("a,b\n", "No row names the columns"), (f"{OURS}XX,ES,yes,,,s,2026-11-01\n", "line 2, treaty 'XX': No route")],
)
def test_a_broken_list_is_refused_with_its_row(facts: str, tmp_path: Path, content: str, said: str) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(content)
    done = CliRunner().invoke(routes, [facts, "--on", "2018-01-15", "--acceptances", str(listed)])
    assert done.exit_code == 2
    assert any(words in done.stderr for words in said.split("|"))


def test_files_that_cannot_be_read(facts: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(routes, [str(tmp_path / "none.json")]).exit_code == 2
    missing = ["--acceptances", str(tmp_path / "none.csv")]
    assert CliRunner().invoke(routes, [facts, "--on", "2018-01-15", *missing]).exit_code == 2


def test_the_schema_is_published() -> None:
    shown = json.loads(CliRunner().invoke(facts_schema, ["--routes"]).stdout)
    assert shown["$id"] == "caseflow/routes/1"
