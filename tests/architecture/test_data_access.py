"""Where data may be read and committed, and where the time may be read."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Fault, Source, assert_kept, broken, calls, sources

READING_PLACES = ("caseflow/access/", "caseflow/db/", "caseflow/models/")
NAMED_READERS = {
    "caseflow/audit.py": "reads the chains to verify them",
    "caseflow/unit_of_work.py": "tells the database who asks",
    "caseflow/features/accounts/buckets.py": "locks the buckets of sign-ins while it takes from them",
    "caseflow/drafts.py": "keeps what people type and have not saved",
    "caseflow/request_keys.py": "finds what was saved when a form is sent again",
}
COMMITTERS = {
    "caseflow/unit_of_work.py": "the one transaction",
}
READS = {"select", "text", "exists", "union", "union_all"}
CLOCK = "caseflow/clock.py"


def reads_elsewhere(source: Source) -> Iterator[Fault]:
    if source.path.startswith(READING_PLACES) or source.path in NAMED_READERS or source.name == "queries.py":
        return
    for node, name in calls(source):
        module, _, last = name.rpartition(".")
        of_sqlalchemy = module.startswith("sqlalchemy") and last in READS
        if of_sqlalchemy or last == "exec_driver_sql" or (last == "query" and module.endswith("session")):
            advice = (
                f"{last}() stands outside queries.py: write a function in the feature's queries.py and call it here"
            )
            yield Fault(source.path, node.lineno, advice)


def commits_elsewhere(source: Source) -> Iterator[Fault]:
    if source.path.startswith("caseflow/db/") or source.path in COMMITTERS:
        return
    for node, name in calls(source):
        if name.endswith(".commit"):
            advice = "only the unit of work commits: leave the block `with units.begin(actor)` instead"
            yield Fault(source.path, node.lineno, advice)


def reads_the_clock(source: Source) -> Iterator[Fault]:
    if source.path == CLOCK:
        return
    for node, name in calls(source):
        parts = name.split(".")
        of_day = len(parts) > 1 and parts[-2] in {"datetime", "date"} and parts[-1] in {"now", "utcnow", "today"}
        if of_day or name in {"time.time", "time.time_ns", "time.localtime", "time.gmtime"}:
            yield Fault(source.path, node.lineno, "ask caseflow.clock (now, today), or take the moment as an argument")


UTC_DAYS = {
    "caseflow/access/policy.py": "grants end as the policies of the database say: by current_date, in UTC",
    "caseflow/features/deadlines/reminder_sync/service.py": "the full pass is one for the whole coalition",
    "caseflow/features/public/views.py": "readers of the open page have no section",
}


def asks_for_no_zone(source: Source) -> Iterator[Fault]:
    """Find days without a time zone: whoever counts days says whose day it is."""
    if source.path == CLOCK:
        return
    for node, name in calls(source):
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        advice = "say whose day: today(section.time_zone), today_of_reader(), or earliest_local_date and latest_local_today for anywhere"
        is_today = name in {"caseflow.clock.today", "clock.today"}
        is_utc = is_today and bool(given) and isinstance(given[0], ast.Constant)
        if (is_today and not given) or (is_utc and source.path not in UTC_DAYS):
            yield Fault(source.path, node.lineno, advice)
        of_now = (
            isinstance(node.func, ast.Attribute) and node.func.attr == "date" and isinstance(node.func.value, ast.Call)
        )
        if of_now and ast.unparse(node.func.value.func) in {"now", "clock.now"}:
            yield Fault(source.path, node.lineno, advice)


CODE = sources("caseflow", "worker", "config.py", "wsgi.py")


@pytest.mark.parametrize("rule", [reads_elsewhere, commits_elsewhere, reads_the_clock, asks_for_no_zone])
def test_the_code_keeps_the_rule(rule):
    assert_kept(rule, CODE)


VIEW = "caseflow/features/cases/views.py"
PLANTED = [
    (reads_elsewhere, "from sqlalchemy import select\ndef show():\n    return select(Case)"),
    (reads_elsewhere, "from sqlalchemy import select as choose\nchoose(Case)"),
    (reads_elsewhere, "import sqlalchemy as sa\nsa.text('SELECT 1')"),
    (reads_elsewhere, "uow.session.query(Case)"),
    (reads_elsewhere, "connection.exec_driver_sql('SELECT 1')"),
    (commits_elsewhere, "uow().session.commit()"),
    (reads_the_clock, "from datetime import datetime\ndatetime.now()"),
    (reads_the_clock, "from datetime import datetime as dt, UTC\ndt.now(UTC)"),
    (reads_the_clock, "import datetime\ndatetime.datetime.utcnow()"),
    (reads_the_clock, "from datetime import date\ndate.today()"),
    (reads_the_clock, "from time import time\ntime()"),
    (asks_for_no_zone, "from caseflow.clock import today\ntoday()"),
    (asks_for_no_zone, "from caseflow.clock import today\ntoday('UTC')"),
    (asks_for_no_zone, "from caseflow.clock import today\ntoday(zone='UTC')"),
    (asks_for_no_zone, "from caseflow.clock import today as day\nday()"),
    (asks_for_no_zone, "from caseflow import clock\nclock.today()"),
    (asks_for_no_zone, "from caseflow.clock import now\nnow().date()"),
]


@pytest.mark.parametrize(("rule", "text"), PLANTED)
def test_a_planted_fault_is_found(rule, text):
    assert VIEW in broken(rule, [Source(VIEW, text)])


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (reads_elsewhere, "caseflow/features/cases/queries.py", "from sqlalchemy import select\nselect(Case)"),
        (reads_elsewhere, VIEW, "from lxml import select\nselect(Case)"),
        (reads_the_clock, VIEW, "from caseflow.clock import now\nnow()"),
        (asks_for_no_zone, VIEW, "from caseflow.clock import today\ntoday(case.section.time_zone)"),
        (asks_for_no_zone, VIEW, "from caseflow.clock import now\nnow().astimezone(zone).date()"),
        (reads_the_clock, VIEW, "import time\ntime.monotonic()"),
    ],
)
def test_what_is_allowed_is_not_found(rule, path, text):
    assert not broken(rule, [Source(path, text)])
