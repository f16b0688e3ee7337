"""What the role of a process must not be able to do in the database: asked at every start, and by `/health`.

Row security binds no superuser, no role with BYPASSRLS and (without FORCE) no owner. Whoever starts a process as one of
them shows everybody everything, and nothing else would tell.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, RowMapping, bindparam, text

from caseflow.db.policies import GUARDED
from caseflow.db.prepare import COMMAND, GROUP, OWNER, marked_leakproof
from caseflow.errors import CaseflowError

SHOWN = 3
"""Functions that a sentence names."""
PREPARE = "run `caseflow prepare` as a superuser (docs/operating.md)"

_ROLE = text(
    """
    SELECT r.rolname AS name, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
      ARRAY(SELECT o.rolname::text FROM pg_roles o WHERE pg_has_role(r.oid, o.oid, 'MEMBER') AND o.oid <> r.oid ORDER BY 1) AS roles,
      EXISTS (SELECT FROM pg_class WHERE relowner = r.oid UNION ALL SELECT FROM pg_proc WHERE proowner = r.oid
        UNION ALL SELECT FROM pg_namespace WHERE nspowner = r.oid
        UNION ALL SELECT FROM pg_database WHERE datdba = r.oid AND datname = current_database()) AS owns,
      has_schema_privilege(r.oid, 'public', 'CREATE') OR has_database_privilege(r.oid, current_database(), 'CREATE') AS creates,
      has_database_privilege(r.oid, current_database(), 'TEMPORARY') AS makes_temporary,
      ARRAY(SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN :guarded
        AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1) AS unguarded
    FROM pg_roles r WHERE r.rolname = current_user
    """
).bindparams(bindparam("guarded", expanding=True))


class UnsafeDatabase(CaseflowError):
    """The database gives this process more than it may have. `problems` has one sentence for each, saying what to do."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(["Caseflow does not start with this database:", *(f"  - {p}" for p in problems)]))


def unsafe_rights(connection: Connection, process: str) -> list[str]:
    """Return what is wrong with the role that a process signed in as, in sentences that say how to mend it.

    Args:
        connection: a connection of the process.
        process: the role of the process, of `caseflow.db.prepare.PROCESSES`.
    """
    values = {"guarded": list(GUARDED)}
    role = connection.execute(_ROLE, values).mappings().one()
    name = role["name"]
    if role["rolsuper"]:
        return [
            f"{name} is a superuser, for whom there is no row security: everybody would see everything. "
            f"Name {process} in DATABASE_URL, and {PREPARE}."
        ]
    if name == OWNER or OWNER in role["roles"]:
        return [f"{name} may act as {OWNER}, which owns the tables. Name {process} in DATABASE_URL, and {PREPARE}."]
    return [*_of_role(role, process), *_of_database(role, marked_leakproof(connection))]


def _of_role(role: RowMapping, process: str) -> Iterator[str]:
    name = role["name"]
    for right in ("bypassrls", "createrole", "createdb", "replication"):
        if role[f"rol{right}"]:
            why = "goes past row security" if right == "bypassrls" else f"has the right {right.upper()}"
            yield f"{name} {why}. As a superuser: ALTER ROLE {name} NO{right.upper()}."
    if name != process and process not in role["roles"]:
        yield f"DATABASE_URL names {name}, and this process is {process}. Name that role, and {PREPARE}."
    more = ", ".join(other for other in role["roles"] if other not in (process, GROUP))
    if more and process != COMMAND:  # which may do all that the others may
        yield f"{name} is a member of {more}. As a superuser: REVOKE {more} FROM {name}."
    if role["owns"]:
        yield f"{name} owns tables or functions. As a superuser: REASSIGN OWNED BY {name} TO {OWNER}."


def _of_database(role: RowMapping, leakproof: Sequence[str]) -> Iterator[str]:
    name = role["name"]
    if role["creates"]:
        yield (
            f"{name} may create objects in this database. As a superuser: REVOKE CREATE ON SCHEMA public "
            f"FROM PUBLIC, {name}; REVOKE CREATE ON DATABASE … FROM {name}."
        )
    if role["makes_temporary"]:
        yield f"{name} may make temporary tables in this database: {PREPARE}."
    if leakproof:
        marked = ", ".join(leakproof[:SHOWN])
        yield f"The functions {marked} are marked LEAKPROOF, though they tell of hidden rows: {PREPARE}."
    if role["unguarded"]:
        yield f"Row security is not forced on {', '.join(role['unguarded'])}: run `caseflow migrate`."
