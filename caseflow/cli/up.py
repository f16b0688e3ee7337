"""`caseflow up`."""

import os

import click

from caseflow.local.stack import up as run_stack


@click.command()
def up() -> None:
    """Run PostgreSQL, Redis, web, worker and beat on this machine until Ctrl-C.

    \b
    CASEFLOW_HOME     where the data is stored (default: var/ in the checkout)
    PORT              the port of the address (default: 8000)
    CASEFLOW_BIND     the interface it listens on (default: 127.0.0.1)
    CASEFLOW_SERVERS  auto, system or wheel: whose PostgreSQL and Redis
    DATABASE_URL, OWNER_DATABASE_URL, REDIS_URL: servers of your own instead
    """  # noqa: D301 - \b is click's mark for "keep these lines"
    run_stack(os.environ)
