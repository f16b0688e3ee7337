"""Fixtures of the attempts to go past row security: `attacker`, `ana` (a caseworker), `who` (nobody, or Ana)."""

from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy.orm import Session

from caseflow.db.prepare import WEB
from caseflow.models import Role
from tests.leaks.attacker import Attacker
from tests.leaks.world import make_world
from tests.servers import PASSWORD, own_database


@pytest.fixture(scope="module")
def attacker(run_servers) -> Iterator[Attacker]:
    """The attacker on a coalition in its own database."""
    with own_database(run_servers) as database, database.as_superuser() as engine:
        with Session(engine, expire_on_commit=False) as session:
            world = make_world(session, Random("a coalition under attack"))
            for user in world.users:
                user.password_hash = f"$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ${user.email.encode().hex()}"
            session.commit()
            session.expunge_all()
        url = engine.url.set(username=WEB, password=PASSWORD).render_as_string(hide_password=False)
        yield Attacker(url, database.superuser_url, world)


@pytest.fixture(scope="module")
def ana(attacker):
    """A caseworker who may change a case, and not all."""
    world = attacker.world
    return next(
        user.id
        for user in world.users
        if world.roles(user.id) == {Role.CASEWORKER} and any(world.may_change(user.id, case) for case in world.cases)
    )


@pytest.fixture(params=["nobody", "ana"])
def who(request, ana):
    """As whom the transaction runs: nobody yet, or a caseworker."""
    return ana if request.param == "ana" else None
