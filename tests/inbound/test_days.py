"""Days in every form that files have, and those that can be two days."""

from datetime import date

import pytest

from caseflow.errors import Invalid
from caseflow.inbound.days import DayOrder, order_of, read_day

FIRST, MONTH = DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23", "2026-11-23 00:00:00", "2026-11-23T00:00:00Z", "2026/11/23", "2026. 11. 23.", "2026.11.23",
        "23 Nov 2026", "23 November 2026", "23-Nov-2026", "23\u00a0Nov\u00a02026", "Nov 23, 2026", "November 23 2026",
        "23 Nov 2026 a", "23 Nov 2026 d", "23 Nov 2026 c", "23 Nov 2026 A", "23 Nov 2026 AA", "23 Nov 2026a", "23 Nov 2026 (a)",
        "23 Nov 2026 a 1, 2", "23 Nov 2026\u00b9", "23 Nov 2026 a[3]", "23/11/2026", "11/23/2026", "23.11.2026", "23. 11. 2026",
        "23-11-2026", "23/11/2026 00:00", "11/23/2026 12:00:00 AM", "23/11/2026 a",
    ],
)  # fmt: skip
def test_one_day_in_many_forms(written):
    assert read_day(written, order_of([written])) == DAY


@pytest.mark.parametrize("written", ["", " ", "-", "\u2013", "n/a", "N/A", "NULL"])
def test_no_day(written):
    assert read_day(written, None) is None


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["05/02/2013", "23/11/2026"], FIRST),
        (["05/02/2013", "11/23/2026"], MONTH),
        (["05/02/2013", ""], None),
        (["05/02/2013", "2026-11-23"], None),
        (["23/11/2026", "11/23/2026"], None),
        ([], None),
    ],
)
def test_a_column_shows_its_order_by_one_day_beyond_the_twelfth(column, order):
    assert order_of(column) == order


@pytest.mark.parametrize(("order", "day"), [(FIRST, date(2013, 2, 5)), (MONTH, date(2013, 5, 2))])
def test_the_order_decides(order, day):
    assert read_day("05/02/2013", order) == day


def test_a_day_that_both_orders_read_alike_needs_none():
    assert read_day("05/05/2013", None) == date(2013, 5, 5)


@pytest.mark.parametrize(
    ("written", "order", "said"),
    [
        ("05/02/2013", None, "can be two days"),
        ("05.02.2013 a", None, "can be two days"),
        ("23/11/2026", MONTH, "is not a date"),
        ("31/02/2026", FIRST, "is not a date"),
        ("2001-02-30", None, "is not a date"),
        ("2026-13-01", None, "is not a date"),
        ("23/11/26", None, "has two digits"),
        ("23-Nov-26", None, "has two digits"),
        ("46349", None, "as spreadsheet programs count it"),
        ("20251130", None, "is not a date"),
        ("5 Foo 2013", None, "is not a date"),
        ("soon" * 9_000, None, "is not a date"),
        ("99/99/9999", None, "is not a date"),
    ],
)
def test_what_is_not_one_certain_day_is_refused_with_what_to_do(written, order, said):
    with pytest.raises(Invalid) as refused:
        read_day(written, order)
    assert said in str(refused.value)
