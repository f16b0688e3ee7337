"""`caseflow import-decisions`: dry run, write, what is refused, and what a later pack leaves alone."""

from importlib.resources import files

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from caseflow.access.actor import JobActor, SystemRole
from caseflow.cli import decisions
from caseflow.features.jurisprudence.queries import current_library
from caseflow.features.jurisprudence.service import load_decisions_pack
from caseflow.law.jurisprudence import load_jurisprudence
from caseflow.models import RegisterChange

KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)
NAMES = ("communications.csv", "holdings.csv")
PACKED = {name: (files("caseflow.law.data") / name).read_text(encoding="utf-8") for name in NAMES}
ROW = "5/2015,E/C.12/61/D/5/2015"
NEW = '401/2026,E/C.12/80/D/401/2026,N.N. v. Spain,ES,views,violation,2026-10-01,2024-01-01,,yes,11(1),11,,HOUSING,,eviction_tenant,,,1004,"pay; house",,,full_text,,E/C.12/80/D/401/2026'
HOLDING = 'EX-99,exhaustion,E/C.12/80/D/401/2026,7.1,"One sentence.",for_state,single'


@pytest.fixture
def run(runtime, monkeypatch, tmp_path):
    """Run the command on the packaged files with replacements `(file, old, new)`."""
    monkeypatch.setattr(decisions, "current_settings", lambda: runtime.settings)
    monkeypatch.setattr(decisions, "make_runtime", lambda _settings: runtime)

    def run_it(*changes, options=(), texts=None):
        written = dict(texts or PACKED)
        for name, old, new in changes:
            assert written[name].count(old) >= 1, old
            written[name] = written[name].replace(old, new, 1)
        for name, text in written.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return CliRunner().invoke(decisions.import_files, [*(str(tmp_path / name) for name in NAMES), *options])

    return run_it


def library(runtime):
    with runtime.units.begin(KEEPER) as uow:
        return current_library(uow)


def acts(runtime, number):
    with runtime.units.begin(KEEPER) as uow:
        wanted = select(RegisterChange.action, RegisterChange.changes).where(RegisterChange.subject_key == number)
        return [tuple(row) for row in uow.session.execute(wanted.order_by(RegisterChange.at))]


def added(text, line):
    return text.rstrip("\n") + "\n" + line + "\n"


def without(text, start):
    return "\n".join(line for line in text.split("\n") if not line.startswith(start))


def test_the_packaged_files_change_nothing(runtime, run):
    done = run()
    assert done.exit_code == 0, done.output
    assert done.output == (
        "Decisions: 0 new, 0 changed, 0 removed, 279 as they are.\n"
        "Holdings: 0 new, 0 changed, 0 removed, 384 as they are.\nWritten.\n"
    )
    assert library(runtime).version == load_jurisprudence().version


def test_a_dry_run_says_what_would_change_and_writes_nothing(runtime, run):
    first = load_jurisprudence().holdings[0]
    texts = {
        "communications.csv": added(PACKED["communications.csv"], NEW),
        "holdings.csv": added(without(PACKED["holdings.csv"], first.id + ","), HOLDING),
    }
    done = run(("communications.csv", "López Rodríguez v. Spain", "López v. Spain"), texts=texts, options=["--dry-run"])
    assert done.exit_code == 0, done.output
    assert "changed decision 1/2013: short_name: López Rodríguez v. Spain -> López v. Spain\n" in done.output
    assert "new decision 401/2026: number: - -> 401/2026; symbol: - -> E/C.12/80/D/401/2026" in done.output
    assert "adopted_on: - -> 2026-10-01" in done.output
    assert f"removed holding {first.id}\n" in done.output
    assert "Decisions: 1 new, 1 changed, 0 removed, 278 as they are." in done.output
    assert done.output.endswith("Nothing was written.\n")
    assert library(runtime).version == load_jurisprudence().version


def test_the_files_are_written_with_their_history_and_stay_when_a_pack_is_loaded(runtime, run):
    first = load_jurisprudence().holdings[0]
    gone = next(
        one
        for one in load_jurisprudence().communications
        if one.symbol not in {held.symbol for held in load_jurisprudence().holdings} and not one.joined_with
    )
    texts = {
        "communications.csv": added(without(PACKED["communications.csv"], gone.number + ","), NEW),
        "holdings.csv": added(without(PACKED["holdings.csv"], first.id + ","), HOLDING),
    }
    done = run(("communications.csv", "López Rodríguez v. Spain", "López v. Spain"), texts=texts)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "Written."), done.output
    later = load_jurisprudence()
    for is_after_a_pack in (False, True):
        if is_after_a_pack:
            with runtime.units.begin(KEEPER) as uow:
                load_decisions_pack(uow, type(later)("jurisprudence/later", later.youngest, later.communications, later.holdings))  # fmt: skip
        found = library(runtime)
        assert found.decisions["1/2013"].short_name == "López v. Spain"
        assert found.decisions["401/2026"].individual_recommendations == ("pay", "house")
        assert found.held["401/2026"][0].id == "EX-99"
        assert gone.number not in found.decisions
        assert first.id not in {one.id for one in found.holdings}
    assert acts(runtime, "1/2013") == [
        ("decision.imported", {"short_name": ["López Rodríguez v. Spain", "López v. Spain"]})
    ]
    assert [action for action, _ in acts(runtime, "401/2026")] == ["decision.added", "holding.added"]
    assert [action for action, _ in acts(runtime, gone.number)] == ["decision.removed"]
    assert ("holding.removed", first.id) in [
        (action, changes.get("id", [""])[0])
        for action, changes in acts(runtime, first.symbol.partition("/D/")[2])
    ]  # fmt: skip
    again = run(("communications.csv", "López Rodríguez v. Spain", "López v. Spain"), texts=texts)
    assert "Decisions: 0 new, 0 changed, 0 removed" in again.output
    back = run()
    assert "changed decision 1/2013 (changed or added here by hand): short_name" in back.output
    assert "removed decision 401/2026 (changed or added here by hand)" in back.output
    assert set(library(runtime).decisions.values()) == set(load_jurisprudence().communications)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("communications.csv", "1/2013,E/C.12/57/D/1/2013,López Rodríguez v. Spain,ES", "1/2013,E/C.12/57/D/1/2013,L.R.,XX"), ["communications, line 2, 1/2013, state 'XX': Enter the two capital letters"]),
        (("communications.csv", ",views,no_violation,", ",views,inadmissible,"), ["outcome 'inadmissible': A decision of this kind cannot have this outcome"]),
        (("communications.csv", "2016-03-04,2013-11-06", "3 March,2013-11-06"), ["line 2, 1/2013, adopted_on '3 March': Enter the date in the form"]),
        (("communications.csv", "2016-03-04,2013-11-06", "2016-03-04,2036-11-06"), ["submitted_on '2036-11-06'"]),
        (("communications.csv", "SOCSEC;NONDISC", "SOCIAL"), ["rights 'SOCIAL': Enter codes of the vocabulary"]),
        (("communications.csv", "E/C.12/57/D/1/2013,López", "E/C.12/57/D/2/2013,López"), ["symbol 'E/C.12/57/D/2/2013': Enter the symbol of the decision's own document"]),
        (("communications.csv", "2/2014,E", "1/2013,E"), ["line 3, 1/2013, number '1/2013': This row already appears further up"]),
        (("holdings.csv", "SP-01,state-party,", "SP-01,state,"), ["holdings, line 2, SP-01, rule 'state': Choose a rule"]),
        (("holdings.csv", "E/C.12/66/D/51/2018,7.7", "E/C.12/66/D/51/2018,seven"), ["paragraph 'seven': Enter the number of the paragraph"]),
        (("holdings.csv", "E/C.12/66/D/51/2018,7.7", "E/C.12/66/D/9999/2018,7.7"), ["symbol 'E/C.12/66/D/9999/2018': No decision with this symbol"]),
    ],
)  # fmt: skip
def test_every_faulty_cell_is_named_and_nothing_is_written(runtime, run, change, words):
    done = run(change)
    assert done.exit_code == 2, done.output
    for said in words:
        assert said in done.output, done.output
    assert "Nothing was written." in done.output
    assert library(runtime).version == load_jurisprudence().version


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"communications.csv": PACKED["holdings.csv"]}, "communications.csv: No row has all names of columns"),
        ({"holdings.csv": "a,b\n1,2\n"}, "holdings.csv: No row has all names of columns"),
        ({"holdings.csv": PACKED["holdings.csv"].split("\n")[0] + "\n"}, "holdings.csv: There is no row in this file"),
        ({"communications.csv": "PK\x03\x04"}, "communications.csv: The file is a workbook"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(runtime, run, texts, said):
    done = run(texts={**PACKED, **texts})
    assert done.exit_code == 2, done.output
    assert said in done.output
    assert len(library(runtime).decisions) == 279
