"""Row security: who may see and change which rows, defined once, in the database.

One file per aggregate; a new one is added to `AGGREGATES`. `db/row_security.py` installs them all after every migration.
Every policy speaks of the acting person (`caseflow.user`) or the named job (`caseflow.job`), which `UnitOfWork` sets for
each transaction; without either no row of case data is seen.

Roles: `caseflow_owner` owns the tables (and is bound too: FORCE), `caseflow_app` is what the application connects as,
`caseflow_guard` owns the functions that policies call, so that they can read memberships and grants, and
`caseflow_counter` owns the functions that count cases for people who may see counts but no cases.
"""

from caseflow.db.policies import (
    accounts,
    assessments,
    audit,
    calendar,
    case_grants,
    cases,
    deadlines,
    mails,
    monitoring,
    reference,
    remedies,
    remedy_maps,
    reminders,
    sections,
)
from caseflow.db.policies.policy import AccessRules, Policy

AGGREGATES: tuple[AccessRules, ...] = (
    accounts.RULES,
    assessments.RULES,
    audit.RULES,
    calendar.RULES,
    case_grants.RULES,
    cases.RULES,
    deadlines.RULES,
    mails.RULES,
    monitoring.RULES,
    reference.RULES,
    remedies.RULES,
    remedy_maps.RULES,
    reminders.RULES,
    sections.RULES,
)

POLICIES: tuple[Policy, ...] = tuple(policy for rules in AGGREGATES for policy in rules.policies)
GRANTS: tuple[str, ...] = tuple(grant for rules in AGGREGATES for grant in rules.grants)
GUARDED: tuple[str, ...] = tuple(sorted({policy.table for policy in POLICIES}))
OPEN_TABLES: tuple[str, ...] = tuple(table for rules in AGGREGATES for table in rules.open_tables)
"""Tables without case data that can be read without an actor."""
