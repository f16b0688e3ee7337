"""What the pages of the register show, in words: the list with its counts, a State's facts and history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from caseflow.db.searching import lookup
from caseflow.features.reference.forms import DOUBT, StatesForm
from caseflow.features.reference.importing import ImportedRow, Preview
from caseflow.features.reference.queries import RegisterEntry
from caseflow.features.reference.words import (
    ACTIONS,
    COVENANT,
    DOUBTS,
    FIELDS,
    KIND_OF_STANDING,
    MEANINGS,
    OPT_INS,
    STANDINGS,
    VERIFICATIONS,
    how_in_force,
    in_words,
    standing_sentence,
)
from caseflow.law import Register, StateStatus
from caseflow.web.dates import Kind, show_date, show_moment
from caseflow.web.history import Change, HistoryLine
from caseflow.web.kit import Link
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l
from caseflow.web.words import english, state_name

KIND_OF_VERIFICATION: dict[str, Kind] = {"verified": "good", "secondary": "warn", "unverified": "bad"}
HISTORY_PAGE = 100
"""Changes shown on a State's page; since 2009 no State did more than five acts under the Protocol."""


@dataclass(frozen=True, slots=True)
class Tab(Link):
    """A status by which the list can be filtered, with the number of States."""

    count: int = 0


@dataclass(frozen=True, slots=True)
class StateLine:
    """One row of the list, in words."""

    code: str
    name: str
    covenant: str
    """Set only if the State is not party to the Covenant, which it must be to join the Protocol."""
    standing: str
    kind: Kind
    detail: str
    verification: str
    verification_kind: Kind
    checked: str


@dataclass(frozen=True, slots=True)
class StateList:
    """The list, and the tabs with their numbers."""

    tabs: list[Tab]
    lines: list[StateLine]


def state_list(register: Register, form: StatesForm, on: date) -> StateList:
    """Return the States that match the filters, sorted by name or latest party."""
    typed = form.name.data or ""
    wanted = lookup(typed)
    fitting = [
        state
        for state in register.states.values()
        if _is_wanted(state, form.verification.data, on)
        and (
            not typed
            or (wanted and any(wanted in lookup(name) for name in (shown_name(state), state.name, state.iso2)))
        )
    ]
    chosen = form.status.data if form.status.data in STANDINGS else ""
    shown = [state for state in fitting if not chosen or state.standing(on) == chosen]
    shown.sort(key=_latest_party_first if form.order.data == "joined" else _by_name)
    return StateList(_tabs(fitting, chosen, form.given(), on), [_line(state, on) for state in shown])


def _is_wanted(state: StateStatus, verification: str | None, on: date) -> bool:
    if verification == DOUBT:
        return state.doubt(on) is not None
    return not verification or state.verification == verification


def shown_name(state: StateStatus) -> str:
    """Return a State's name in the language of the page; else the register's name."""
    name = state_name(state.iso2)
    return state.name if name == state.iso2 else name


def _by_name(state: StateStatus) -> Any:
    return lookup(shown_name(state))


def _latest_party_first(state: StateStatus) -> Any:
    return -(state.bound_from or date.min).toordinal(), lookup(shown_name(state))


def _tabs(states: list[StateStatus], chosen: str, given: dict[str, str], on: date) -> list[Tab]:
    counts = {standing: sum(state.standing(on) == standing for state in states) for standing in STANDINGS}
    rest = {name: value for name, value in given.items() if name != "status"}

    def tab(words: object, status: str, count: int) -> Tab:
        address: dict[str, Any] = rest | ({"status": status} if status else {})
        return Tab(str(words), url_for("reference.states", **address), status == chosen, count=count)

    # A rare status has a tab only when a State has it.
    always = {"party", "signed", "none", chosen}
    return [
        tab(_("All"), "", len(states)),
        *(tab(words, code, counts[code]) for code, words in STANDINGS.items() if counts[code] or code in always),
    ]


def _line(state: StateStatus, on: date) -> StateLine:
    standing = state.standing(on)
    return StateLine(
        code=state.iso2,
        name=shown_name(state),
        covenant="" if state.covenant == "party" else str(COVENANT[state.covenant]),
        standing=standing_sentence(state, on),
        kind=KIND_OF_STANDING[standing],
        detail=_detail(state),
        verification=str(VERIFICATIONS[state.verification]),
        verification_kind="warn" if state.doubt(on) == "stale" else KIND_OF_VERIFICATION[state.verification],
        checked=show_date(state.checked_on),
    )


def _detail(state: StateStatus) -> str:
    if state.op_deposit is not None:
        return str(_("Inquiries: %(answer)s", answer=OPT_INS[state.inquiry or "unknown"]))
    return str(_("Signed on %(date)s", date=show_date(state.op_signed))) if state.op_signed else ""


Row = tuple[str, object]


@dataclass(frozen=True, slots=True)
class StatePage:
    """One State's page, in words."""

    name: str
    standing: str
    kind: Kind
    meaning: str
    """What follows for complaints."""
    doubt: str
    protocol: list[Row]
    opt_ins: list[Row]
    covenant: str
    record: list[Row]


def state_page(state: StateStatus, on: date) -> StatePage:
    """Return the page of a State."""
    doubt = state.doubt(on)
    deposit = ""
    if state.op_deposit is not None:
        deposit = f"{show_date(state.op_deposit)} ({in_words('op_deposit_kind', state.op_deposit_kind).lower()})"
    none = _("None recorded") if state.may_have_joined else ""
    left: list[Row] = [] if state.op_denounced is None else [(str(FIELDS["op_denounced"]), _denounced(state))]
    return StatePage(
        name=shown_name(state),
        standing=standing_sentence(state, on),
        kind=KIND_OF_STANDING[state.standing(on)],
        meaning=str(MEANINGS[state.standing(on)]),
        doubt=str(DOUBTS[doubt]) if doubt else "",
        protocol=[
            (str(FIELDS["op_signed"]), show_date(state.op_signed) if state.op_signed else none or _("Not signed")),
            (str(FIELDS["op_deposit"]), deposit or none or _("None")),
            (str(FIELDS["op_in_force"]), _in_force(state)),
            *left,
        ],
        opt_ins=[(str(FIELDS[name]), _opt_in(state, name)) for name in ("inquiry", "interstate")],
        covenant=str(COVENANT[state.covenant]),
        record=[
            (str(FIELDS["source"]), english(state.source)),
            (str(FIELDS["verification"]), str(VERIFICATIONS[state.verification])),
            (str(FIELDS["checked_on"]), show_date(state.checked_on)),
        ],
    )


def _in_force(state: StateStatus) -> str:
    if state.bound_from is None:
        return str(_("Not known") if state.may_have_joined else _("Not in force"))
    return Markup('{}<br><span class="cf-small cf-soft">{}</span>').format(
        show_date(state.bound_from), how_in_force(state)
    )


def _denounced(state: StateStatus) -> str:
    return str(
        _(
            "Received on %(received)s, with effect from %(effect)s (six months later, article 20)",
            received=show_date(state.op_denounced),
            effect=show_date(state.bound_until),
        )
    )


def _opt_in(state: StateStatus, field: str) -> str:
    if state.op_deposit is None:
        return str(_("Only a party to the Protocol can accept this"))
    return in_words(field, getattr(state, field) or "unknown")


def shown_history(entries: Iterable[RegisterEntry]) -> list[HistoryLine]:
    """Return the history in words, in UTC as the register belongs to no section."""
    return [_entry(entry) for entry in entries]


def _entry(entry: RegisterEntry) -> HistoryLine:
    unnamed = _("An administrator") if entry.by_person else _("caseflow")
    changes = [
        Change(str(words), in_words(name, entry.changes[name][0]), in_words(name, entry.changes[name][1]))
        for name, words in FIELDS.items()
        if name in entry.changes
    ]
    return HistoryLine(str(ACTIONS[entry.action]), entry.who or str(unnamed), show_moment(entry.at), changes)


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a file in words: what it would change, or what is wrong with it."""

    line: int
    name: str
    kind: Kind
    words: str
    changes: list[Change]
    faults: list[tuple[str, str, str]]
    """Column, content of the cell, and how to correct it."""


LONGEST_SHOWN = 80
"""Characters of a cell shown beside what is wrong with it."""
KIND_OF_ROW: dict[str, tuple[object, Kind]] = {
    "faulty": (_l("With errors"), "bad"),
    "new": (_l("New"), "info"),
    "changed": (_l("Changed"), "warn"),
}


def shown_rows(found: Preview) -> list[RowLine]:
    """Return the rows of a file that would change the register, the faulty ones first."""
    lines = [_row_line(row) for row in found.rows if row.kind != "unchanged"]
    return sorted(lines, key=lambda line: (line.kind != "bad", line.line))


def _row_line(row: ImportedRow) -> RowLine:
    words, kind = KIND_OF_ROW[row.kind]
    changes = [
        Change(str(FIELDS[name]), in_words(name, before), in_words(name, after))
        for name, (before, after) in row.changes.items()
    ]
    faults = [
        (fault.column, fault.cell[:LONGEST_SHOWN], str(_(fault.sentence, **fault.values))) for fault in row.faults
    ]
    return RowLine(row.line, row.name or row.code, kind, str(words), [] if row.faults else changes, faults)
