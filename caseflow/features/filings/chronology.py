"""When a case was filed, for the chronology."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from caseflow.features.filings.queries import filings_of_case
from caseflow.law.dates import UncertainDate
from caseflow.models import Case
from caseflow.sources import DatedEntry, Term
from caseflow.unit_of_work import UnitOfWork


def chronology(uow: UnitOfWork, case: Case) -> Sequence[DatedEntry]:
    """Return when the case was filed, and when a record of that ended, in the section's time zone: one statement."""
    found: list[DatedEntry] = []
    zone, place = ZoneInfo(case.section.time_zone), {"page": "committee"}
    for one in reversed(filings_of_case(uow, case)):
        channel: Term = ("filing_channel", one.channel.value)
        hour = (f"{one.filed_hour:%H:%M}",) if one.filed_hour else ()
        what = "filing.sent" if one.ended_at is None else "filing.sent_and_ended"
        day = UncertainDate.of(one.filed_on)
        found.append(
            DatedEntry(
                on=day,
                kind="filing",
                what=what,
                subject=channel,
                details=(*hour, one.proof),
                values=place,
                anchor="filing",
            )
        )
        if one.ended_at is not None:
            ended = UncertainDate.of(one.ended_at.astimezone(zone).date())
            details = (one.ended_because,)
            found.append(
                DatedEntry(on=ended, kind="filing", what="filing.ended", details=details, values=place, anchor="filing")
            )
    return found
