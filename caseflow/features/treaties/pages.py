"""What the pages of acceptances show, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from caseflow.features.reference.queries import RegisterEntry
from caseflow.features.treaties.parsing import COLUMNS
from caseflow.features.treaties.queries import TreatyCount, law_row
from caseflow.features.treaties.service import ListedRow, Preview
from caseflow.law.routes import Acceptance, Treaty, load_mechanisms
from caseflow.models import TreatyAcceptance
from caseflow.outbound.tables import csv_table
from caseflow.web.dates import Kind, show_date, show_moment
from caseflow.web.history import Change, HistoryLine
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import error_sentence, state_name

MOST_SHOWN: Final = 100
"""Rows of each kind shown in a preview, which also shows the totals."""
LONGEST_SHOWN: Final = 80
"""Characters of a cell shown beside what is wrong with it."""
FIELDS: Final = {
    "is_accepted": _l("Accepted"),
    "in_force_on": _l("Binding since"),
    "ended_on": _l("Ended on"),
    "source": _l("Source"),
    "checked_on": _l("Checked on"),
    "treaty": _l("Treaty"),
    "state_code": _l("State"),
}
ACTIONS: Final = {
    "acceptance.imported": _l("Imported from a list"),
    "acceptance.changed": _l("Changed"),
    "acceptance.pack_loaded": _l("Updated from a newer data pack"),
}
KINDS: Final[dict[str, tuple[object, Kind]]] = {"new": (_l("New"), "info"), "changed": (_l("Changed"), "warn")}


@dataclass(frozen=True, slots=True)
class TreatyLine:
    """An instrument in the list, with the bodies whose routes it opens, and numbers of States."""

    code: str
    name: str
    bodies: str
    accepted: int
    refused: int
    unknown: int


@dataclass(frozen=True, slots=True)
class StateLine:
    """A State on the page of an instrument, or an instrument on the page of a State."""

    code: str
    name: str
    words: str
    kind: Kind
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row of a list that would change something."""

    treaty: str
    state: str
    words: str
    kind: Kind
    changes: tuple[tuple[str, str, str], ...]
    """Label of the field, old value, new value."""


def treaty_lines(counts: list[TreatyCount], states: Sequence[str]) -> list[TreatyLine]:
    """Return the instruments in the order of the data; `states` are the codes of the register."""
    mechanisms = load_mechanisms()
    return [
        TreatyLine(
            one.treaty.code,
            str(_(one.treaty.name)),
            "; ".join(str(_(row.body)) for row in mechanisms.opened_by(one.treaty.code)),
            one.accepted,
            one.refused,
            len(_can_accept(one.treaty, states)) - one.accepted - one.refused,
        )
        for one in counts
    ]


def state_lines(treaty: Treaty, known: Mapping[str, TreatyAcceptance], states: Sequence[str]) -> list[StateLine]:
    """Return all States that can accept an instrument, by name in the language of the page."""
    lines = [_state_line(code, known.get(code)) for code in {*_can_accept(treaty, states), *known}]
    return sorted(lines, key=lambda line: line.name)


def lines_of_state(code: str, known: Mapping[str, TreatyAcceptance]) -> list[StateLine]:
    """Return all instruments that a State can accept, for the State's page; `code` of a line is the treaty's."""
    return [
        replace(_state_line(code, known.get(treaty.code)), code=treaty.code, name=str(_(treaty.name)))
        for treaty in load_mechanisms().treaties.values()
        if treaty.open_to is None or code in treaty.open_to.states or treaty.code in known
    ]


def preview_lines(found: Preview) -> list[PreviewLine]:
    """Return the first rows that are new or changed."""
    return [_preview_line(listed) for listed in found.to_write[:MOST_SHOWN]]


def fault_lines(found: Preview) -> list[tuple[int, str, str, str]]:
    """Return the first faulty rows: number, heading of the column, content of the cell, and message."""
    return [
        (fault.number, fault.column, fault.cell[:LONGEST_SHOWN], error_sentence(fault.error))
        for fault in found.faults[:MOST_SHOWN]
    ]


def table_of(found: Preview) -> str:
    """Return the rows to be written as CSV with the columns of caseflow, for the confirmation."""
    rows = [_cells(listed.row) for listed in found.to_write]
    return csv_table(COLUMNS, rows).decode()


def history_lines(entries: list[RegisterEntry]) -> list[HistoryLine]:
    """Return the history of an acceptance in words."""
    return [
        HistoryLine(
            str(ACTIONS[entry.action]),
            entry.who or _who(entry),
            show_moment(entry.at),
            tuple(
                Change(str(FIELDS[name]), in_words(before), in_words(after))
                for name, (before, after) in entry.changes.items()
                if name in FIELDS
            ),
        )
        for entry in entries
    ]


def _who(entry: RegisterEntry) -> str:
    if entry.by_person:
        return str(_("Someone else"))
    return str(_("caseflow") if entry.action == "acceptance.pack_loaded" else _("The command line"))


def in_words(value: object) -> str:
    """Return a value of an acceptance in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return str(value)


def _can_accept(treaty: Treaty, states: Sequence[str]) -> list[str]:
    return [code for code in states if treaty.open_to is None or code in treaty.open_to.states]


def _state_line(code: str, row: TreatyAcceptance | None) -> StateLine:
    if row is None:
        return StateLine(code, state_name(code), _("Not known"), "neutral", "", "")
    checked = _("Checked on %(day)s", day=show_date(row.checked_on))
    source = f"{row.source} · {checked}"
    if not row.is_accepted:
        return StateLine(code, state_name(code), _("Not accepted"), "warn", "", source)
    if row.ended_on is not None:
        detail = _("Ended on %(day)s", day=show_date(row.ended_on))
        return StateLine(code, state_name(code), _("Accepted, ended"), "warn", detail, source)
    detail = _("Since %(day)s", day=show_date(row.in_force_on)) if row.in_force_on else _("Since when is not known")
    return StateLine(code, state_name(code), _("Accepted"), "good", detail, source)


def _preview_line(listed: ListedRow) -> PreviewLine:
    words, kind = KINDS[listed.kind]
    changes = tuple(
        (str(FIELDS[name]), in_words(_plain(before)), in_words(_plain(after)))
        for name, (before, after) in listed.changes.items()
        if before is not None or after is not None
    )
    return PreviewLine(listed.row.treaty, state_name(listed.row.state), str(words), kind, changes)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _cells(row: Acceptance) -> tuple[str, ...]:
    days = (row.in_force_on, row.ended_on)
    return (
        row.treaty,
        row.state,
        "yes" if row.is_accepted else "no",
        *(day.isoformat() if day else "" for day in days),
        row.source,
        row.checked_on.isoformat() if row.checked_on else "",
    )


def every_row(rows: Mapping[tuple[str, str], TreatyAcceptance]) -> bytes:
    """Return all acceptances as a CSV file that can be imported again."""
    return csv_table(COLUMNS, [_cells(law_row(row)) for _key, row in sorted(rows.items())])
