"""How migrations run: one transaction, one at a time, giving up early rather than blocking people at work."""

from alembic import context
from sqlalchemy import NullPool, create_engine, text

from caseflow.db.base import Base
from caseflow.db.row_security import install
from caseflow.models.case_search import renew_search_text

ONE_AT_A_TIME = 7243_0001
"""Key of the advisory lock: two machines that start together migrate one after the other."""


def run() -> None:
    """Run the asked-for migrations on the address that the caller handed in."""
    engine = create_engine(context.config.attributes["url"], hide_parameters=True, poolclass=NullPool)
    with engine.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=False,
        )
        context.run_migrations()
        # Row security is written for the newest schema; an older one, on the way down, keeps the policies that it has.
        is_newest = context.get_context().get_current_revision() == context.script.get_current_head()
        if is_newest:
            install(connection)
    if is_newest:
        renew_search_text(engine)


run()
