"""The register in words: the status of States, and the actions and fields of the history."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from caseflow.law import StateStatus, add_months
from caseflow.law.register import Doubt, Standing
from caseflow.web.dates import Kind, show_date
from caseflow.web.feature import Vocabulary
from caseflow.web.texts import gettext as _
from caseflow.web.texts import lazy_gettext as _l

KIND_OF_STANDING: dict[Standing, Kind] = {
    "party": "good",
    "joining": "info",
    "signed": "warn",
    "none": "neutral",
    "left": "bad",
    "unknown": "warn",
}
STANDINGS = {
    "party": _l("Party"),
    "joining": _l("About to be bound"),
    "signed": _l("Signed only"),
    "none": _l("Not joined"),
    "left": _l("No longer bound"),
    "unknown": _l("Not known"),
}
VOCABULARIES: Final[Mapping[str, Vocabulary]] = {
    "standing": {
        "party": _l("Bound by the Protocol"),
        "joining": _l("Joined, not yet in force"),
        "left": _l("Denounced, no longer bound"),
        "signed": _l("Signed, not joined"),
        "covenant": _l("Covenant only"),
        "neither": _l("Neither Covenant nor Protocol"),
        "unknown": _l("Not known, may have joined"),
    },
}
MEANINGS = {
    "party": _l(
        "The Committee may receive complaints against this State. Facts count from this date, and earlier ones if they continued after it."
    ),
    "joining": _l(
        "The Committee may receive complaints against this State from that date. Earlier facts count only if they continue after it."
    ),
    "signed": _l(
        "A signature is not binding yet: the Committee cannot receive complaints against this State until it has joined."
    ),
    "none": _l("The Committee cannot receive complaints against this State. Look at the other routes of the case."),
    "left": _l(
        "The Committee cannot receive new complaints against this State. It continues with those it received before (article 20)."
    ),
    "unknown": _l(
        "No deposit is recorded, but nobody has verified this: the State may have joined. Look in the depositary's list before you decide anything."
    ),
}
COVENANT = {
    "party": _l("Party to the Covenant"),
    "signatory": _l("Signed the Covenant, not a party"),
    "none": _l("Not a party to the Covenant"),
}
DEPOSITS = {"ratification": _l("Ratification"), "accession": _l("Accession"), "succession": _l("Succession")}
OPT_INS = {"yes": _l("Accepted by the State"), "no": _l("Not accepted by the State"), "unknown": _l("Not known")}
VERIFICATIONS = {
    "verified": _l("Verified"),
    "secondary": _l("Other public source"),
    "unverified": _l("Not verified"),
}
DOUBTS: dict[Doubt, object] = {
    "secondary": _l(
        "This entry is based on a public source other than the depositary. Check it there before you rely on it."
    ),
    "unverified": _l("Nobody has verified this entry. Check it with the depositary before you rely on it."),
    "stale": _l(
        "Nobody has checked this entry for more than a year. Check it with the depositary before you rely on it."
    ),
}
FIELDS = {
    "name": _l("Name"),
    "covenant": _l("Covenant"),
    "op_signed": _l("Signed"),
    "op_deposit": _l("Deposit"),
    "op_deposit_kind": _l("Kind of deposit"),
    "op_in_force": _l("In force for the State"),
    "op_denounced": _l("Denounced"),
    "inquiry": _l("Inquiries (article 11)"),
    "interstate": _l("Communications between States (article 10)"),
    "declarations": _l("Declarations"),
    "verification": _l("How reliable it is"),
    "source": _l("Source"),
    "checked_on": _l("Checked on"),
}
"""Labels of fields, in the order of the State's page."""
ACTIONS = {
    "state.changed": _l("Changed the register"),
    "state.imported": _l("Imported from a file"),
    "state.added": _l("Added to the register from a file"),
    "state.pack_loaded": _l("Updated from a newer data pack"),
}
OF_FIELD = {
    "covenant": COVENANT,
    "op_deposit_kind": DEPOSITS,
    "inquiry": OPT_INS,
    "interstate": OPT_INS,
    "verification": VERIFICATIONS,
}
"""The labels of codes, by field."""


def standing_sentence(state: StateStatus, on: date) -> str:
    """Return a State's status on a day in a short line: "Party since 5 May 2013"."""
    standing = state.standing(on)
    if standing == "left":
        return str(_("No longer bound since %(date)s", date=show_date(state.bound_until)))
    if standing == "party" and state.bound_until is not None:
        return str(_("Party until %(date)s: denounced", date=show_date(state.bound_until)))
    if standing == "party":
        return str(_("Party since %(date)s", date=show_date(state.bound_from)))
    if standing == "joining":
        return str(_("Bound from %(date)s", date=show_date(state.bound_from)))
    return str(STANDINGS[standing])


def how_in_force(state: StateStatus) -> str:
    """Return how the day of entry into force is counted (OP-ICESCR art. 18); empty without a deposit."""
    if state.op_deposit is None:
        return ""
    figures = state.thresholds
    months, first = figures.months_after_deposit.value, figures.protocol_in_force.value
    counted = add_months(state.op_deposit, months)
    values = {"months": months, "counted": show_date(counted), "first": show_date(first)}
    if counted < first:
        return str(
            _(
                "%(months)s months after the deposit would be %(counted)s, but the Protocol itself entered into force on %(first)s and binds nobody before (article 18).",
                **values,
            )
        )
    if counted.day < state.op_deposit.day:
        return str(
            _(
                "%(months)s months after the deposit (article 18). That month has no such day, so it is its last: %(counted)s.",
                **values,
            )
        )
    return str(_("%(months)s months after the deposit (article 18).", **values))


def in_words(field: str, value: object) -> str:
    """Return a value of the register in words; empty for None."""
    if value is None or value == "":
        return ""
    if field in OF_FIELD:
        return str(OF_FIELD[field].get(str(value), value))
    if field.startswith("op_") or field == "checked_on":
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
        return show_date(day)
    return str(value)
