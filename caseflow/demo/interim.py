"""Interim measures in the demo: a request that is signed and not sent yet, a breach in another case, and a weekly check that was made."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Final
from uuid import UUID

from caseflow.access import PersonActor
from caseflow.clock import today
from caseflow.demo.reviews import coordinators
from caseflow.features.cases.queries import locked_whole_case, whole_case
from caseflow.features.cases.service import editable_case
from caseflow.features.communications.interim.commands import BreachDetails, RequestDetails, SignRequest
from caseflow.features.communications.interim.service import (
    record_breach,
    request_of_case,
    sign_request,
    words_of,
    write_request,
)
from caseflow.features.deadlines.commands import NewDeadline
from caseflow.features.deadlines.queries import deadlines_of_case
from caseflow.features.deadlines.service import add_deadline, complete
from caseflow.features.evidence.queries import evidence_of_case
from caseflow.models import DeadlineKind
from caseflow.unit_of_work import Units

EMERGENCY: Final = "Mother with three children to be evicted without alternative housing"
BREACHED: Final = "Eviction of a couple suspended, then carried out against interim measures"
TEXTS: Final[Mapping[str, str]] = {
    "threat": "Officers of the court and the police will evict V1 and the children V2 (eleven), V3 (seven) and V4 (two) from the flat in Las Eras in which they have lived for two years.",
    "harm": "The family has no other place to go. The parish can keep two rooms for a fortnight; after that V1 and three children sleep in the street. V4 is two years old, and V3 is being treated for asthma.",
    "prima_facie": "Article 11(1) of the Covenant. The court ordered the eviction without looking at what it means for three children, and held that it may not examine whether it is proportionate. No authority has offered another home.",
    "alternatives": "The court refused to suspend the eviction.\n\nSocial services of Valdeoliva refused a place: none is free.\n\nThe municipal housing office has not answered the request of two months ago.",
    "who_can_stop": "The court of first instance of Valdeoliva, which set the day, and the city, which can offer a home. The telephone numbers of both offices are in the file.",
    "measures": "Suspend the eviction of V1, V2, V3 and V4 while the communication is examined, or offer them adequate housing in genuine consultation with V1.",
}


def _write(units: Units, worker: PersonActor, case_id: UUID, texts: Mapping[str, str], in_days: int) -> None:
    """Record when an act is threatened, and write the request of the case."""
    with units.begin(worker) as uow:
        case = editable_case(uow, case_id)
        zone = case.section.time_zone
        on, kind = today(zone) + timedelta(days=in_days), DeadlineKind.THREATENED_ACT
        add_deadline(uow, case.id, NewDeadline(title="Eviction", due_on=on, kind=kind, hour=time(9), zone=zone))
    with units.begin(worker) as uow:
        case = editable_case(uow, case_id)
        whole_case(uow, case.id)
        chosen = tuple(one.id for one in evidence_of_case(uow, case) if one.removed_at is None)[:3]
        write_request(uow, case, RequestDetails(version=0, evidence_ids=chosen, **texts))


def add_interim_measures(units: Units, people: Mapping[str, PersonActor], case_ids: Mapping[str, UUID]) -> None:
    """Write and sign the request of one case, record the breach of another, and that its last weekly check was made."""
    worker = people["lucia"]
    if EMERGENCY in case_ids:
        _write(units, worker, case_ids[EMERGENCY], TEXTS, 2)
        _sign(units, people, worker, case_ids[EMERGENCY])
    if BREACHED in case_ids:
        _record_breach(units, worker, case_ids[BREACHED])


def _sign(units: Units, people: Mapping[str, PersonActor], worker: PersonActor, case_id: UUID) -> None:
    with units.begin(worker) as uow:
        leader = coordinators(people, editable_case(uow, case_id), worker)[0]
    with units.begin(leader) as uow:
        case = editable_case(uow, case_id)
        locked_whole_case(uow, case.id)
        request = request_of_case(uow, case)
        assert request is not None
        digest = words_of(uow, case, request).sha256.hex()
        sign_request(uow, case, request, SignRequest(version=request.version, fingerprint=digest))


def _record_breach(units: Units, worker: PersonActor, case_id: UUID) -> None:
    with units.begin(worker) as uow:
        case = editable_case(uow, case_id)
        whole_case(uow, case.id)
        record_breach(
            uow,
            case,
            BreachDetails(
                claim_id=case.claims[0].id,
                what="V1 and V2 were evicted while interim measures were in force",
                happened_on=today(case.section.time_zone) - timedelta(days=301),
            ),
        )
        for one in deadlines_of_case(uow, case.id):
            if (
                one.kind is DeadlineKind.INTERIM_CHECK
                and one.done_at is None
                and one.due_on <= today(case.section.time_zone)
            ):
                complete(uow, one.id, one.version, "V1 and V2 still have no home: the Committee knows")
