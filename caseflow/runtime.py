"""Builds the objects that web, worker and command line need: one `Runtime` per process."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from caseflow.app import FEATURES
from caseflow.db.data_keys import wrong_data_keys
from caseflow.db.engine import make_engine, make_sessions
from caseflow.db.rights import UnsafeDatabase, unsafe_rights
from caseflow.db.sealing import KeyRing
from caseflow.features.deadlines.service import reassign_to_owner, update_computed
from caseflow.features.jurisprudence.service import load_decisions_pack
from caseflow.features.reference.service import load_packs
from caseflow.features.remedy_maps.service import load_map_pack
from caseflow.features.treaties.service import load_acceptance_pack
from caseflow.logs import configure
from caseflow.outbound.mail import Mailer, make_mailer
from caseflow.outbound.queue import make_sender
from caseflow.storage import Store
from caseflow.storage.opening import open_store
from caseflow.translations import compile_catalogues
from caseflow.unit_of_work import SendJob, UnitOfWork, Units
from caseflow.web.feature import sources_of

if TYPE_CHECKING:
    from config import Settings


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Runtime:
    """What every entry point needs, built from the settings."""

    settings: "Settings"
    engine: Engine
    units: Units
    mailer: Mailer
    store: Store
    """Of the files of evidence."""


def make_runtime(
    settings: "Settings",
    *,
    engine: Engine | None = None,
    sessions: sessionmaker[Session] | None = None,
    send: SendJob | None = None,
) -> Runtime:
    """Return the runtime, with the sources of facts and deadlines of all features.

    Tests pass their own engine and sessions, and a function that receives the jobs.
    """
    configure(settings.log_level)
    compile_catalogues()
    engine = engine or make_engine(settings.database_url)
    units = Units(
        sessions=sessions or make_sessions(engine),
        keys=KeyRing(settings.data_keys, settings.current_data_key),
        send=send or make_sender(settings.celery_broker_url),
        sources=sources_of(FEATURES),
        facts_changed=update_computed,
        owner_changed=reassign_to_owner,
    )
    store = open_store(settings.files)
    return Runtime(settings, engine, units, make_mailer(settings), store)


def check_database(settings: "Settings", process: str) -> None:
    """Refuse a database that gives a process too much, or whose notes its data keys do not open.

    The connection is closed again: a process that forks must not share any. While the database can't be reached, nothing is
    refused: then `/health` says so.

    Args:
        settings: of the process.
        process: its role, of `caseflow.db.prepare.PROCESSES`.

    Raises:
        UnsafeDatabase: with every problem found.
    """
    engine, keys = make_engine(settings.database_url), KeyRing(settings.data_keys, settings.current_data_key)
    try:
        with engine.begin() as connection:
            problems = unsafe_rights(connection, process) or wrong_data_keys(connection, keys)
    except OperationalError as error:
        log.warning("database_not_checked", error=type(error).__name__)
        return
    finally:
        engine.dispose()
    if problems:
        raise UnsafeDatabase(problems)


def load_all_packs(uow: UnitOfWork) -> None:
    """Load the dated data that features ship; called after every migration. Running it again changes nothing."""
    load_packs(uow)
    uow.flush()  # acceptances refer to States
    load_acceptance_pack(uow)
    load_map_pack(uow)
    load_decisions_pack(uow)
