"""The first contents of a one-machine caseflow, and the lines that every start prints."""

import os
from dataclasses import replace

from caseflow.access.actor import JobActor, SystemRole
from caseflow.db.engine import make_sessions_within
from caseflow.demo.people import sign_ins
from caseflow.demo.seed import seed
from caseflow.features.accounts.queries import has_sections
from caseflow.runtime import load_all_packs, make_runtime
from config import Settings

DEMO_PASSWORD = "CASEFLOW_DEMO_PASSWORD"  # noqa: S105 - the name of the variable that carries it
"""Set by `caseflow up` for this process alone; kept in the home, so that every start can print it."""
NO_DEMO = "There are no people yet: caseflow section add, then caseflow user add."


def first_start(settings: Settings) -> list[str]:
    """Load the reference packs and fill an empty database; return the lines to print below the address (on every start)."""
    password = os.environ.get(DEMO_PASSWORD, "") if settings.demo_data else ""
    # No queue is needed: the beat finds what is due in the tables.
    runtime = make_runtime(settings, send=lambda _job, _arguments: None)
    try:
        with runtime.units.begin(JobActor(SystemRole.ACCOUNTS_ADMIN)) as uow:
            load_all_packs(uow)
            is_empty = not has_sections(uow)
        if not password:
            return [NO_DEMO] if is_empty else []
        if is_empty:
            # One transaction: a start that is stopped here leaves nothing, and the next one begins again.
            with runtime.engine.begin() as connection:
                units = replace(runtime.units, sessions=make_sessions_within(connection))
                seed(units, runtime.store, settings.argon2, password)
    finally:
        runtime.engine.dispose()
    return [f"Demo coalition: all names are invented. The password of everybody is {password}", *sign_ins()]
