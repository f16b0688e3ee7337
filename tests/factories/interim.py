"""Requests for interim measures, signed and sent, and the act that they are to stop."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from caseflow.access import PersonActor
from caseflow.clock import now
from caseflow.features.cases.queries import locked_whole_case, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.communications.interim import service
from caseflow.features.communications.interim.commands import RequestDetails, RequestSent, SignRequest
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.features.deadlines.service import add_deadline
from caseflow.models import Case, DeadlineKind, FilingChannel, InterimRequest
from caseflow.unit_of_work import Units

TEXTS = {
    "threat": "V1 and two children will be evicted.",
    "harm": "They have no other place to sleep; the younger child is ill.",
    "prima_facie": "Nobody looked at whether the eviction is proportionate.",
    "alternatives": "The court refused to suspend it on Monday. The city offered no home.",
    "who_can_stop": "Court no. 3 of Valencia, file 77/2026.",
    "measures": "Suspend the eviction while the communication is examined.",
}


def threaten(units: Units, by: PersonActor, case: Case, hours: int = 30) -> None:
    """Record the threatened act of a case, so many hours from now."""
    with units.begin(by) as uow:
        zone = editable_case(uow, case.id).section.time_zone
        at = (now() + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
        kind = DeadlineKind.THREATENED_ACT
        new = NewDeadline(title="Eviction", due_on=at.date(), kind=kind, hour=at.time().replace(second=0), zone=zone)
        add_deadline(uow, case.id, new)


def make_request(units: Units, by: PersonActor, case: Case, **texts: Any) -> InterimRequest:
    """Write the request of a case, or change the one that was not sent."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        whole_case(uow, case.id)
        last = service.request_of_case(uow, editable)
        version = last.version if last and not last.is_sent else 0
        return service.write_request(uow, editable, RequestDetails(**{"version": version, **TEXTS, **texts}))


def sign_request(units: Units, by: PersonActor, case: Case, **details: Any) -> InterimRequest:
    """Sign the request of a case as it is."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        locked_whole_case(uow, case.id)
        request = service.request_of_case(uow, editable)
        assert request is not None
        digest = service.words_of(uow, editable, request).sha256.hex()
        return service.sign_request(
            uow, editable, request, SignRequest(**{"version": request.version, "fingerprint": digest} | details)
        )


def send_request(units: Units, by: PersonActor, case: Case, **details: Any) -> InterimRequest:
    """Record that the request of a case was sent, by default today by email."""
    with units.begin(by) as uow:
        editable = editable_case(uow, case.id)
        locked_whole_case(uow, case.id)
        request = service.request_of_case(uow, editable)
        assert request is not None
        today = now().astimezone(ZoneInfo(editable.section.time_zone)).date()
        given = {"sent_on": today, "channel": FilingChannel.EMAIL, "proof": "Confirmation 7"} | details
        return service.record_sent(uow, editable, request, RequestSent(version=request.version, **given))
