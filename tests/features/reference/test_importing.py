"""Importing a file of States: what is refused, what each row would change, and all or nothing."""

import csv
import io
import re
from datetime import date

import pytest

from caseflow.access.actor import JobActor, SystemRole
from caseflow.errors import Conflict, Forbidden, Invalid
from caseflow.features.reference.commands import STATE_COLUMNS
from caseflow.features.reference.documents import register_csv
from caseflow.features.reference.importing import LARGEST_FILE, MOST_ROWS, import_states, preview
from caseflow.features.reference.queries import current_register, history_of, state_codes
from caseflow.inbound.days import DayOrder
from caseflow.inbound.text import text_of
from caseflow.jobs import Job
from caseflow.models import Role
from tests.factories import make_actor, make_section

ISO = re.compile(r"\d{4}-\d\d-\d\d")
KEEPER = JobActor(SystemRole.ACCOUNTS_ADMIN)
SLOVENIA = {
    "iso2": "SI", "name": "Slovenia", "covenant": "party", "op_signed": "2009-09-24", "op_deposit": "2025-11-30",
    "op_deposit_kind": "ratification", "inquiry": "no", "verification": "verified", "source": "C.N.1.2025",
    "checked_on": "2026-11-23",
}  # fmt: skip


def file_of(*rows, columns=STATE_COLUMNS, separator=","):
    lines = [separator.join(columns)] + [separator.join(row.get(column, "") for column in columns) for row in rows]
    return "\n".join(lines)


def look(runtime, text, actor=KEEPER):
    with runtime.units.begin(actor) as uow:
        return preview(uow, text)


def only_row(runtime, **changes):
    return look(runtime, file_of(SLOVENIA | changes)).rows[0]


def refused(runtime, text):
    with pytest.raises(Invalid) as refusal:
        look(runtime, text_of(text, LARGEST_FILE) if isinstance(text, bytes) else text)
    return refusal.value.fields["file"] % refusal.value.values


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "There is no State in this file"),
        (",".join(STATE_COLUMNS).encode(), "There is no State in this file"),
        (b"\xff\xfei\0s\0o", "not in UTF-8"),
        (b"iso2\0", "not a table"),
        (b"x" * (LARGEST_FILE + 1), "at most 256"),
        (file_of(*[SLOVENIA] * (MOST_ROWS + 1)), "more than 500 rows"),
        (file_of(SLOVENIA, columns=STATE_COLUMNS[:-1]), "These are missing: checked_on"),
        (file_of(SLOVENIA, columns=(*STATE_COLUMNS, "colour")), "no such columns, or has them once: colour"),
        (file_of(SLOVENIA, columns=(*STATE_COLUMNS, "name")), "once: name"),
        ("one line\nof a letter", "These are missing: iso2"),
        (file_of(SLOVENIA | {"source": '"C.N.1'}), "quotation mark"),
    ],
)
def test_a_file_that_is_not_a_register_is_refused_with_a_message(runtime, text, sentence):
    assert sentence in refused(runtime, text)


@pytest.mark.parametrize(
    "text",
    [
        file_of(SLOVENIA),
        file_of(SLOVENIA, separator=";"),
        file_of(SLOVENIA, separator="\t"),
        file_of(SLOVENIA).replace("\n", "\r\n") + "\r\n\r\n",
        text_of(b"\xef\xbb\xbf" + file_of(SLOVENIA).encode(), LARGEST_FILE),
        file_of(SLOVENIA).replace("iso2", " ISO2 "),
        file_of(SLOVENIA, columns=[column for column in STATE_COLUMNS if column != "op_in_force"]),
        file_of(SLOVENIA | {"op_in_force": "2026-02-28"}),
        file_of(SLOVENIA).replace("op_signed", "OP Signed").replace("source", "Sóurce "),
        file_of(SLOVENIA | {"op_deposit": "30/11/2025", "op_signed": "24/09/2009", "checked_on": "23/11/2026"}),
        file_of(SLOVENIA | {"op_deposit": "11/30/2025", "op_signed": "9/24/2009", "checked_on": "11/23/2026"}),
        file_of(SLOVENIA | {"op_deposit": "30.11.2025"}, separator=";") + "\n\n* With a declaration;;;\n",
        file_of(SLOVENIA, columns=("", *STATE_COLUMNS, "", "")),
    ],
)
def test_separators_and_encodings_are_read_alike(runtime, text):
    (row,) = look(runtime, text).rows
    assert (row.kind, row.line, row.faults) == ("changed", 2, ())
    assert row.details.op_deposit == date(2025, 11, 30)
    assert row.changes["op_deposit"] == (None, date(2025, 11, 30))


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"iso2": "si"}, "iso2"),
        ({"iso2": "QQ"}, "iso2"),
        ({"iso2": ""}, "iso2"),
        ({"op_deposit": "10/11/2025"}, "op_deposit"),
        ({"op_deposit": "30/11/25"}, "op_deposit"),
        ({"op_deposit": "45991"}, "op_deposit"),
        ({"op_deposit": "2025-11-31"}, "op_deposit"),
        ({"op_deposit": "20251130"}, "op_deposit"),
        ({"op_in_force": "2025-11-30"}, "op_in_force"),
        ({"covenant": "PARTY"}, "covenant"),
        ({"source": ""}, "source"),
        ({"checked_on": ""}, "checked_on"),
        ({"checked_on": "2026-11-22"}, "checked_on"),
        ({"checked_on": "2026-11-23,beyond"}, ""),
    ],
)
def test_a_faulty_cell_is_named(runtime, changes, column):
    row = only_row(runtime, **changes)
    assert row.kind == "faulty"
    assert [fault.column for fault in row.faults] == [column]


def test_a_state_twice_in_a_file_is_faulty_the_second_time(runtime):
    found = look(runtime, file_of(SLOVENIA, SLOVENIA))
    assert [row.kind for row in found.rows] == ["changed", "faulty"]
    assert not found.can_be_written


def test_a_state_that_is_not_in_the_register_is_new(runtime):
    kosovo = SLOVENIA | {"iso2": "XK", "name": "Kosovo", "covenant": "none", "op_signed": "", "op_deposit": "",
                         "op_deposit_kind": "", "inquiry": ""}  # fmt: skip
    with runtime.units.begin(KEEPER) as uow:
        assert import_states(uow, file_of(kosovo)).count_of_kind("new") == 1
    with runtime.units.begin(KEEPER) as uow:
        assert current_register(uow).states["XK"].covenant == "none"
        assert "XK" in state_codes(uow)
        assert [entry.action for entry in history_of(uow, "state", "XK", 5)] == ["state.added"]


def test_nothing_is_written_with_a_faulty_row(runtime):
    faulty = SLOVENIA | {"iso2": "CL", "name": "Chile", "source": ""}
    with pytest.raises(Invalid), runtime.units.begin(KEEPER) as uow:
        import_states(uow, file_of(SLOVENIA, faulty))
    with runtime.units.begin(KEEPER) as uow:
        assert current_register(uow).states["SI"].op_deposit is None


def test_a_file_compared_with_an_older_register_is_not_written(runtime):
    seen = look(runtime, file_of(SLOVENIA)).seen
    with runtime.units.begin(KEEPER) as uow:
        import_states(uow, file_of(SLOVENIA), seen)
    with pytest.raises(Conflict), runtime.units.begin(KEEPER) as uow:
        import_states(uow, file_of(SLOVENIA), seen)


def test_an_import_requests_a_new_assessment(runtime, sent_jobs):
    for _time in range(2):
        with runtime.units.begin(KEEPER) as uow:
            import_states(uow, file_of(SLOVENIA))
    assert sent_jobs == [(Job.REASSESS, {})]


def test_only_administrators_import(runtime):
    ana = make_actor(runtime.units, (make_section(runtime.units, "ES"), Role.COALITION_COORDINATOR))
    with pytest.raises(Forbidden):
        look(runtime, file_of(SLOVENIA), ana)


LOCAL = {
    "dmy": "{0.day:02}/{0.month:02}/{0.year}",
    "mdy": "{0.month}/{0.day}/{0.year}",
    "dots": "{0.day}.{0.month}.{0.year}",
}


@pytest.mark.parametrize("form", LOCAL)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n", "The register;;;\r\n;;;\r\n"])
def test_the_register_comes_back_from_a_spreadsheet_unchanged(runtime, form, encoding, first):
    with runtime.units.begin(KEEPER) as uow:
        rows = csv.reader(io.StringIO(text_of(register_csv(current_register(uow)), LARGEST_FILE), newline=""))
        cells = [[LOCAL[form].format(date.fromisoformat(c)) if ISO.fullmatch(c) else c for c in row] for row in rows]
        saved = io.StringIO(newline="")
        csv.writer(saved, delimiter=";").writerows(cells)
        found = preview(uow, text_of((first + saved.getvalue()).encode(encoding, "replace"), LARGEST_FILE))
    assert found.count_of_kind("unchanged") == len(found.rows) == 195


def test_the_order_of_day_and_month_can_be_given(runtime):
    text = file_of(SLOVENIA | {"op_deposit": "10/11/2025"})
    for order, deposit in ((DayOrder.DAY_FIRST, date(2025, 11, 10)), (DayOrder.MONTH_FIRST, date(2025, 10, 11))):
        with runtime.units.begin(KEEPER) as uow:
            assert preview(uow, text, order).rows[0].details.op_deposit == deposit


def test_an_exported_file_is_imported_unchanged_with_escaped_cells(runtime):
    with runtime.units.begin(KEEPER) as uow:
        import_states(uow, file_of(SLOVENIA | {"source": "=1+1", "declarations": "'said'"}))
    with runtime.units.begin(KEEPER) as uow:
        file = text_of(register_csv(current_register(uow)), LARGEST_FILE)
        assert "'=1+1" in file
        assert {row.kind for row in preview(uow, file).rows} == {"unchanged"}
