"""The plans of the real statements of the lists, under row security, with the actor set.

A list that scans a big table as a whole is fast enough today and not next year, so it fails the run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from caseflow.access import Actor
from caseflow.db.paging import Cursor
from caseflow.features.cases.commands import CaseFilters, Sort, Window
from caseflow.features.cases.lists.queries import case_list
from caseflow.unit_of_work import Units

BIG = frozenset(
    {
        "case",
        "case_listing",
        "claim",
        "act",
        "domestic_remedy",
        "deadline",
        "reminder",
        "audit_entry",
        "case_view",
        "mail",
        "reminder_setting",
    }
)
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one statement of one list."""

    name: str
    nodes: tuple[str, ...]
    """Scans of tables in the order of the plan, such as `case by ix_case_opened`."""
    milliseconds: float
    buffers: int

    @property
    def faults(self) -> list[str]:
        """Return the big tables that are scanned as a whole."""
        return [node for node in self.nodes if node.endswith(" whole") and node.partition(" ")[0] in BIG]

    @property
    def indexes(self) -> set[str]:
        """Return the names of the indexes used."""
        return {node.partition(" by ")[2] for node in self.nodes if " by " in node}


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A page of the list with its filters."""

    name: str
    filters: CaseFilters
    cursor: Cursor | None = None
    sort: Sort = Sort.OPENED


def plans_of_list(units: Units, engine: Engine, actor: Actor, request: ListRequest) -> list[Plan]:
    """Return the plans of a page of the list: which cases and how many, and their rows with the next deadlines."""
    with units.begin(actor) as uow:
        uow.session.connection()
        with RecordedStatements(engine, "SELECT", "WITH") as statements:
            case_list(uow, request.filters, Window(cursor=request.cursor, sort=request.sort))
        connection = uow.session.connection()
        parts = ("ids and total", "rows")
        *before, _, _ = statements
        return [
            *(explained(connection, f"{request.name}: ids and total", *statement) for statement in before),
            *(
                explained(connection, f"{request.name}: {part}", *statement)
                for part, statement in zip(parts, statements[len(before) :], strict=True)
            ),
        ]


class RecordedStatements:
    """Records the statements that an engine sends in a block, if they begin with one of the given words."""

    def __init__(self, engine: Engine, *words: str) -> None:
        self._engine, self._words = engine, words
        self._sent: list[tuple[str, Any]] = []

    def __enter__(self) -> list[tuple[str, Any]]:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self._sent

    def __exit__(self, *_error: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if statement.startswith(self._words):  # not SET and the like, which have no plan
            self._sent.append((statement, parameters))


def explained(connection: Connection, name: str, statement: str, parameters: Any) -> Plan:
    """Run a statement and return its plan."""
    before = _scans_of_indexes(connection)
    found = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", parameters).scalar_one()
    top = found[0]["Plan"]
    buffers = top.get("Shared Hit Blocks", 0) + top.get("Shared Read Blocks", 0)
    nodes = tuple(_scans(top))
    inside = tuple(
        f"function by {index}" for index, many in _scans_of_indexes(connection).items() if many > before[index]
    )
    return Plan(name, nodes or inside, found[0]["Execution Time"] + found[0]["Planning Time"], buffers)


_INDEXES = text(
    "SELECT c.relname, pg_stat_get_xact_numscans(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE i.indrelid = '\"case\"'::regclass"
)


def _scans_of_indexes(connection: Connection) -> dict[str, int]:
    """Return how often each index of cases was scanned in this transaction: a plan does not show what a function does."""
    found = connection.execute(_INDEXES).all()
    return {str(row[0]): int(row[1]) for row in found}


def _scans(node: Node) -> Iterator[str]:
    kind, table = node["Node Type"], node.get("Relation Name", "")
    if "Index Name" in node:
        yield f"{table or 'bitmap'} by {node['Index Name']}"
    elif kind == "Seq Scan" and node["Actual Loops"]:
        yield f"{table} whole"
    for child in node.get("Plans", ()):
        yield from _scans(child)
