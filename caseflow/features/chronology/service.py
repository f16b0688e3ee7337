"""The chronology of a case: its entries in order, what is not known of that order, and its export.

An entry is placed by the first day that its date can mean, then by the last one, and claims no more than that: between two
entries whose days overlap the order is not known, and `open_order` says so.
"""

from bisect import bisect_left
from collections.abc import Sequence

from caseflow.errors import Invalid
from caseflow.features.chronology.commands import Chosen
from caseflow.models import Case
from caseflow.sources import DatedEntry
from caseflow.unit_of_work import UnitOfWork


def entries(uow: UnitOfWork, case: Case) -> list[DatedEntry]:
    """Return all dated entries of a case that the acting person may see, in order. `whole_case` has loaded the case.

    The number of statements does not depend on the number of entries.
    """
    found = (entry for source in uow.sources.chronology for entry in source(uow, case))
    return sorted(found, key=lambda entry: (entry.on.earliest, entry.on.latest))


def chosen_entries(found: Sequence[DatedEntry], chosen: Chosen) -> list[DatedEntry]:
    """Return those of some entries that are wanted, in the same order."""
    return [
        entry
        for entry in found
        if (not chosen.kinds or entry.kind in chosen.kinds)
        and (chosen.claim_id is None or chosen.claim_id in entry.claim_ids)
        and (chosen.remedy_id is None or chosen.remedy_id in entry.remedy_ids)
    ]


def open_order(found: Sequence[DatedEntry]) -> list[int]:
    """Return for each entry, of entries in order, how many of those after it may have been before it."""
    first_days = [entry.on.earliest for entry in found]
    return [max(bisect_left(first_days, entry.on.latest) - place - 1, 0) for place, entry in enumerate(found)]


def export(uow: UnitOfWork, case: Case, chosen: Chosen, reason: str) -> list[DatedEntry]:
    """Return the entries that are wanted, for a file, and record in the audit trail that they were taken out, and why.

    Raises:
        Invalid: a reason is missing.
    """
    if not reason.strip():
        raise Invalid("Nothing was downloaded.", {"reason": "Say why you need the file, without names."})
    found = chosen_entries(entries(uow, case), chosen)
    changes: dict[str, list[object]] = {"reason": [None, reason.strip()], "entries": [None, len(found)]}
    uow.audit.record("chronology.exported", case, section_id=case.section_id, case_id=case.id, changes=changes)
    return found
