"""Row security: who may see and change which rows, defined once, in the database.

One file per aggregate, each with its `RULES`. `db/row_security.py` installs them all after every migration.
Every policy speaks of the acting person (`caseflow_actor()`) or the named job (`caseflow_job()`) of the transaction, whom the
database believes only with a signature or for a role that may (`db/sql/actor.sql`); without either no row of case data is seen.

Roles: `caseflow_owner` owns the tables (and is bound too: FORCE), `caseflow_app` holds what web, worker and command line share,
who connect as roles of their own (`db/prepare.py`), `caseflow_guard` owns the functions that policies call, so that they can read memberships and grants, and
`caseflow_counter` owns the functions that count cases for people who may see counts but no cases.
"""

from importlib import import_module
from pkgutil import iter_modules

from caseflow.db.policies.policy import AccessRules, Policy

_NOT_RULES = {"conditions", "policy"}
AGGREGATES: tuple[AccessRules, ...] = tuple(
    import_module(f"{__name__}.{module.name}").RULES
    for module in sorted(iter_modules(__path__), key=lambda module: module.name)
    if module.name not in _NOT_RULES
)

POLICIES: tuple[Policy, ...] = tuple(policy for rules in AGGREGATES for policy in rules.policies)
GRANTS: tuple[str, ...] = tuple(grant for rules in AGGREGATES for grant in rules.grants)
GUARDED: tuple[str, ...] = tuple(sorted({policy.table for policy in POLICIES}))
OPEN_TABLES: tuple[str, ...] = tuple(table for rules in AGGREGATES for table in rules.open_tables)
"""Tables without case data that can be read without an actor."""
