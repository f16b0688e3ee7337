"""`caseflow import-docket`: letters of pending cases come in once, whole, and what is wrong is said line by line."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from caseflow.cli import main
from caseflow.features.cases.queries import case_by_reference
from caseflow.features.communications.queries import letters_of_case
from caseflow.models import Case, Role, Stage
from tests.factories import make_actor, make_case, make_section, move_to

HEAD = "case;section;state;right;title;filed_on;letter;kind;direction;number;dated_on;received_on;channel;says;who_answers;due_on;answers;no_answer_because\n"
PENDING = HEAD + (
    "old-1;ES;ES;HOUSING;Eviction of a family from a room;2024-02-01;a;acknowledgement;;;2024-02-20;;email;;;;;\n"
    "old-1;;;;;;r;registration;;12/2024;2024-04-02;2024-04-05;email;The State has six months.;state;2024-10-02;;\n"
    "old-1;;;;;;s;state_merits;;;2024-10-01;;email;Inadmissible, and no violation.;author;2024-12-01;r;\n"
    "old-1;;;;;;;comments;sent;;2024-11-29;;email;With three annexes.;;;s;\n"
)


@pytest.fixture
def section(runtime):
    return make_section(runtime.units, "ES")


@pytest.fixture
def lead(runtime, section):
    return make_actor(runtime.units, (section, Role.SECTION_COORDINATOR), email="lead@example.org")


@pytest.fixture
def run(settings, runtime, monkeypatch, tmp_path, lead):
    """Import a table; return the exit code and what was printed."""
    for module in ("dockets", "cases"):
        monkeypatch.setattr(f"caseflow.cli.{module}.current_settings", lambda: settings)
        monkeypatch.setattr(f"caseflow.cli.{module}.make_runtime", lambda _settings: runtime)

    def run(table, *options, by="lead@example.org"):
        file = tmp_path / "table.csv"
        file.write_bytes(table if isinstance(table, bytes) else table.encode())
        result = CliRunner().invoke(main, ["import-docket", str(file), "--as", by, *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def docket(runtime, actor, reference):
    with runtime.units.begin(actor) as uow:
        case = case_by_reference(uow, reference)
        return case.stage, [(one.kind.value, one.answered_by_id is not None) for one in letters_of_case(uow, case)]


def cases(runtime, actor):
    with runtime.units.begin(actor) as uow:
        return uow.session.scalars(select(Case.reference)).all()


def test_a_pending_case_comes_in_once_with_its_letters_and_answers(runtime, run, lead, pages):
    code, said = run(PENDING, "--dry-run")
    assert (code, said) == (0, "old-1: would be opened as filed, 4 letters would be added, 0 there already.\n")
    assert cases(runtime, lead) == []
    assert run(PENDING) == (0, "ES-2024-0001: opened as filed, 4 letters added, 0 there already.\n")
    kinds = [("acknowledgement", False), ("registration", True), ("state_merits", True), ("comments", False)]
    assert docket(runtime, lead, "ES-2024-0001") == (Stage.FILED, kinds)
    assert run(PENDING) == (0, "ES-2024-0001: 0 letters added, 4 there already.\n")
    assert docket(runtime, lead, "ES-2024-0001") == (Stage.FILED, kinds)
    more = PENDING + "old-1;;;;;;;information;received;;2025-01-10;;;;;;;\n"
    assert run(more) == (0, "ES-2024-0001: 1 letters added, 4 there already.\n")
    with runtime.units.begin(lead) as uow:
        case_id = case_by_reference(uow, "ES-2024-0001").id
    assert "Added a letter to the docket" in pages(lead).get(f"/cases/{case_id}/history").words


def test_of_a_case_all_lines_come_in_or_none_and_each_fault_is_said_of_its_line(runtime, run, lead):
    case = move_to(
        runtime.units, lead, make_case(runtime.units, lead),
        Stage.VERIFICATION,
    )  # fmt: skip
    table = PENDING + (
        "old-2;ES;ES;HOUSING;Another eviction;2024-02-01;;registration;;99/2024;2024-03-01;;;;;;;\n"
        "old-2;;;;;;;comments;received;;2024-05-01;;;;;;;\n"
        f"{case.reference};;;;;;;acknowledgement;;;2024-05-01;;;;;;;\n"
        "ES-2020-9999;;;;;;;acknowledgement;;;2024-05-01;;;;;;;\n"
    )
    code, said = run(table)
    assert code == 1
    assert "ES-2024-0001: opened as filed, 4 letters added" in said
    assert (
        "old-2: nothing was brought in.\n  Line 7, direction: A letter of this kind is sent to the Committee." in said
    )
    assert "Line 8: The docket begins once the case is filed." in said
    assert "Line 9: " in said
    assert sorted(cases(runtime, lead)) == sorted(["ES-2024-0001", case.reference])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("old;ES;ES;HOUSING;x;2024-02-01;;views;;;2024-02-30;;;;;;;", "dated_on: “2024-02-30” is not a day"),
        ("old;ES;ES;HOUSING;x;2024-02-01;;opinion;;;2024-02-20;;;;;;;", "kind: “opinion” is not one of: acknowledgement,"),
        ("old;ES;ES;HOUSING;x;2024-02-01;;other;;;2024-02-20;;;;;;;", "direction: Say whether"),
        ("old;ES;ES;HOUSING;x;2024-02-01;;views;;;2024-01-20;;;;;;;", "dated_on: This is before the filing"),
        ("old;ES;ES;HOUSING;x;2999-02-01;;views;;;2024-01-20;;;;;;;", "filed_on: This day has not come yet."),
        ("old;ES;ES;HOUSING;x;2024-02-01;;views;;;2024-02-20;;;;state;;nope;", "answers: No earlier letter of this case"),
        ("old;ES;ES;HOUSING;;2024-02-01;;views;;;2024-02-20;;;;;;;", "title: A case that is not recorded here yet"),
        ("old;EC;EC;HOUSING;x;2024-02-01;;views;;;2024-02-20;;;;;;;", "section: There is no section “EC”."),
        ("old;ES;ES;HOUSE;x;2024-02-01;;views;;;2024-02-20;;;;;;;", "right: "),
        ("old;ES;ES;HOUSING;x;2024-02-01;;views;;;2024-02-20;2024-02-19;;;;;;;x", "The line has 19 cells"),
        ('old;ES;ES;HOUSING;x;2024-02-01;;views;;;2024-02-20;;;"open', "a quotation mark is missing"),
        ("old;ES;ES;HOUSING;x;2024-02-01;;views;;;2024-02-20;;;\x1b[31m;;;;", "has a character that can't be shown"),
        (";;;;;;;views;;;2024-02-20;;;;;;;", "The case is missing"),
        ("old;ES;ES;HOUSING;x;2024-02-01;;registration;;x;2024-02-20;;;;;;;", "number: Enter the number as"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words(runtime, run, lead, line, said):
    code, output = run(HEAD + line + "\n")
    assert (code, said in output) == (1, True), output
    assert cases(runtime, lead) == []


def test_who_may_not_approve_cases_opens_none_as_filed(runtime, run, section):
    make_actor(runtime.units, (section, Role.CASEWORKER), email="ana@example.org")
    other = make_section(runtime.units, "EC")
    stranger = make_actor(runtime.units, (other, Role.SECTION_COORDINATOR), email="eva@example.org")
    assert run(PENDING, by="ana@example.org")[0] == 1
    assert run(PENDING, by="eva@example.org")[0] == 1
    assert cases(runtime, stranger) == []
    assert run(PENDING)[0] == 0
    mine = HEAD + "ES-2024-0001;;;;;;;acknowledgement;;;2024-03-20;;;;;;;\n"
    assert run(mine, by="eva@example.org")[0] == 1


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", "The column"),
        (HEAD.encode(), "The table has no line with a letter."),
        (b"case;kind;dated_on;colour\n", "There is no column “colour”"),
        ("case,kind,dated_on,says\nx,views,2024-01-01,España".encode("latin-1"), "is not text in UTF-8"),
        (b"case,kind,dated_on\n" + b"x,views,2024-01-01\n" * 20_001, "more than 20,000 lines"),
        (b"x" * 5_000_001, "larger than 5 megabytes"),
    ],
)
def test_a_file_that_is_no_table_of_letters(run, table, said):
    code, output = run(table)
    assert (code, said in output) == (1, True), output
