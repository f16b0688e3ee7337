"""`caseflow import-facts` and `caseflow case-facts`: import and export of cases in the engine's format."""

import json
from datetime import date
from pathlib import Path

import click

from caseflow.access import JobActor, PersonActor
from caseflow.access.actor import SystemRole
from caseflow.cli.law import Day, facts_in, refuse_document
from caseflow.cli.settings import current_settings
from caseflow.clock import today
from caseflow.errors import CaseflowError
from caseflow.features.accounts.queries import person_actor, section_by_code, user_by_email
from caseflow.features.cases.queries import case_by_reference, whole_case
from caseflow.features.readiness.facts import case_document
from caseflow.features.readiness.importing import import_facts as import_case
from caseflow.law import InvalidFacts, decode, read_facts
from caseflow.law.writing import facts_document
from caseflow.runtime import Runtime, make_runtime


def actor_of(runtime: Runtime, email: str) -> PersonActor:
    """Return the person as whom a command runs: row security applies to commands too."""
    with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
        user = user_by_email(uow, email)
        actor = person_actor(uow, user.id) if user else None
    if actor is None:
        raise CaseflowError(f"There is no active account {email}.")
    return actor


@click.command("import-facts")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--section", "code", required=True, help="Code of the section that gets the case.")
@click.option("--as", "email", required=True, help="Mail address of the person in whose name it is opened.")
@click.option("--again", is_flag=True, help="Open another case from facts that were imported before.")
def import_facts(path: Path, code: str, email: str, *, again: bool) -> None:
    """Import a file of case facts as a case. Facts for which a case has no field yet are listed."""
    try:
        facts = read_facts(decode(facts_in(path)))
    except InvalidFacts as invalid:
        refuse_document(path, invalid)
    runtime = make_runtime(current_settings())
    with runtime.units.begin(actor_of(runtime, email)) as uow:
        section = section_by_code(uow, code)
        if section is None:
            raise CaseflowError(f"There is no section {code}.")
        try:
            imported = import_case(uow, section.id, facts, again=again)
        except InvalidFacts as invalid:
            refuse_document(path, invalid)
    click.echo(f"{imported.case.reference} is open.")
    for what in imported.left_out:
        click.echo(f"Not brought in: {what}.")


@click.command("case-facts")
@click.argument("reference")
@click.option("--as", "email", required=True, help="Mail address of the person who may see the case.")
@click.option("--on", type=Day(), help="The day to write into the document; today if left out.")
def case_facts(reference: str, email: str, on: date | None) -> None:
    """Print a case as a document of case facts, without names."""
    runtime = make_runtime(current_settings())
    with runtime.units.begin(actor_of(runtime, email)) as uow:
        case = whole_case(uow, case_by_reference(uow, reference).id)
        document = case_document(uow, case)
        day = on or today(case.section.time_zone)
    click.echo(json.dumps(facts_document(document.facts, day), indent=2, ensure_ascii=False))
