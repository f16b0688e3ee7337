"""`python -m bench.full_case`: a case with 40 persons, 60 files, 300 notes and 2,000 entries of its history, beside the floor.

Printed are the ratio of each of its pages to the floor page of the same run, its statements, and the figures of a case with two
of each. Exit 1 when the summary costs more than twice the floor, another page more than three times, or statements grow.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.coalition import Office
from bench.measure import measure
from bench.pages import PageBenchmark, getting
from bench.persons import add_persons, statements_in_words, two_cases
from bench.seed import seed
from bench.server import make_database, role_url, running_server, runtime_of, settings_of
from caseflow.access import MemberOf, PersonActor
from caseflow.clock import today
from caseflow.db.prepare import WEB, WORKER
from caseflow.demo.papers import pdf
from caseflow.features.cases.service import editable_case
from caseflow.features.evidence.adding import add_files
from caseflow.features.evidence.commands import Arrived, NewEvidence
from caseflow.features.notes.commands import NoteDetails
from caseflow.features.notes.service import add_note
from caseflow.features.tasks.commands import TaskDetails
from caseflow.features.tasks.queries import one_task
from caseflow.features.tasks.service import add_task, tick_steps
from caseflow.models import AuditEntry, NoteKind, Role
from caseflow.storage import Store
from caseflow.storage.folder import FolderStore
from caseflow.storage.settings import FileSettings
from caseflow.unit_of_work import Units

PERSONS: Final = 40
SUMMARY, OTHERS = 2.0, 3.0
PAGES: Final = (
    "",
    "/facts",
    "/people",
    "/remedies",
    "/evidence",
    "/readiness",
    "/tasks",
    "/history",
    "/chronology",
)


def main(arguments: list[str]) -> int:
    """Run the benchmark; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.full_case", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="how many cases the coalition has")
    parser.add_argument("--files", type=int, default=60)
    parser.add_argument("--notes", type=int, default=300)
    parser.add_argument("--history", type=int, default=2_000, help="entries of the history of the case")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    options = parser.parse_args(arguments)
    with running_server() as server, tempfile.TemporaryDirectory() as folder:
        make_database(server, "full_case")
        coalition = seed(server.url("full_case"), options.cases, Random(options.cases), today())
        urls = role_url(server, "full_case", WEB), role_url(server, "full_case", WORKER)
        settings = settings_of(urls[0], WORKER_DATABASE_URL=urls[1])
        benchmark = PageBenchmark(runtime_of(settings), coalition, server.url("full_case"))
        worker = runtime_of(settings.of_process(settings.worker_database_url))  # which may act without a session
        office = coalition.large
        assert office.coordinator is not None
        member = MemberOf(office.id, office.code, Role.SECTION_COORDINATOR)
        actor = PersonActor(office.coordinator, "Coordinator", memberships=(member,))
        small, full = two_cases(benchmark.bare, office)
        store = FolderStore(Path(folder))
        for case_id, persons, files, notes in ((small, 2, 2, 2), (full, PERSONS, options.files, options.notes)):
            add_persons(worker.units, actor, case_id, persons)
            _add_files(worker.units, actor, case_id, store, files)
            _add_notes(worker.units, actor, case_id, notes)
        _fill_history(benchmark, worker.units, actor, full, options.history)
        faults = [*_pages(benchmark, office, small, full, options.rounds), _search(benchmark, office, options.rounds)]
        worker.engine.dispose()
        benchmark.runtime.engine.dispose()
        benchmark.bare.dispose()
    return 1 if any(faults) else 0


def _add_files(units: Units, actor: PersonActor, case_id: UUID, store: Store, files: int) -> None:
    room = FileSettings()
    for number in range(files):
        incoming = store.begin(room.largest_file)
        incoming.write(pdf((f"Decision {number}",)))
        with units.begin(actor) as uow:
            arrived = [Arrived(f"decision-{number}.pdf", incoming)]
            add_files(uow, editable_case(uow, case_id), arrived, NewEvidence(received_on=today()), room)


def _add_notes(units: Units, actor: PersonActor, case_id: UUID, notes: int) -> None:
    for number in range(notes):
        with units.begin(actor) as uow:
            text = f"She says that the bailiff came again, visit {number}. " * 3
            add_note(uow, editable_case(uow, case_id), NoteDetails(kind=NoteKind.INTERVIEW, text=text))


def _fill_history(benchmark: PageBenchmark, units: Units, actor: PersonActor, case_id: UUID, entries: int) -> None:
    """Tick and untick a step of a task until the case has so many entries in its history."""
    with Session(benchmark.bare) as session:
        held = session.scalar(select(func.count()).where(AuditEntry.case_id == case_id)) or 0
    with units.begin(actor) as uow:
        task_id = add_task(uow, editable_case(uow, case_id), TaskDetails(title="Fetch the papers", steps=("Ask",))).id
    for number in range(entries - held):
        with units.begin(actor) as uow:
            case = editable_case(uow, case_id)
            task = one_task(uow, case, task_id)
            tick_steps(uow, case, task, task.version, ("Ask",) if number % 2 == 0 else ())


def _pages(benchmark: PageBenchmark, office: Office, small: UUID, full: UUID, rounds: int) -> Iterator[bool]:
    """Print the pages of the two cases; yield whether one is too slow, or has more statements where there is more."""
    client = benchmark.of_coordinator(office)
    with benchmark.counter.of(benchmark.runtime.engine, benchmark.bare):
        for page in PAGES:
            asks = [getting(client, f"/cases/{case}{page}", {}) for case in (full, small)]
            floor = getting(benchmark.floor, f"/cases/{full}", {})
            of_full, of_small, of_floor = measure([*asks, floor], benchmark.counter, rounds=rounds)
            ratio = of_full.p50 / of_floor.p50
            print(
                f"full case, {page.removeprefix('/') or 'summary'}: {ratio:.2f} x the floor, {of_full.p50:.1f} ms, "
                f"{statements_in_words(of_full)} (small case: {of_small.p50 / of_floor.p50:.2f}, {statements_in_words(of_small)})"
            )
            yield ratio > (OTHERS if page else SUMMARY)
            yield of_full.usual_statements > of_small.usual_statements


def _search(benchmark: PageBenchmark, office: Office, rounds: int) -> bool:
    """Print the search for a word of notes among everything; return whether it is too slow."""
    client, query = benchmark.of_coordinator(office), {"q": "bailiff"}
    with benchmark.counter.of(benchmark.runtime.engine, benchmark.bare):
        asks = [getting(one, "/cases", query) for one in (client, benchmark.floor)]
        found, floor = measure(asks, benchmark.counter, rounds=rounds)
    ratio = found.p50 / floor.p50
    print(f"search for a word of notes: {ratio:.2f} x the floor, {found.p50:.1f} ms, {statements_in_words(found)}")
    return ratio > OTHERS


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
