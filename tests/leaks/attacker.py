"""SQL of a stranger in the name of the web server: a connection with its role, and what it must be refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql

from tests.leaks.world import World, session_token

REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedObject)


class Attacker:
    """A connection of the web server's role, in other hands."""

    def __init__(self, url: str, superuser: str, world: World) -> None:
        self.url, self.superuser, self.world = url, superuser, world

    @contextmanager
    def connection(self, user: object = None) -> Iterator[psycopg.Connection]:
        """Yield a transaction, of a person whose session the web server found if `user` is given. It is rolled back."""
        with psycopg.connect(self.url) as connection:
            if user is not None:
                self.enter(connection, user)
            yield connection
            connection.rollback()

    def enter(self, connection: psycopg.Connection, user: object) -> None:
        """Make a person the actor of a transaction, as the web server does."""
        enter = "SELECT user_id FROM caseflow_enter(%s, now(), '1 day', '1 day')"
        assert connection.execute(enter, [self.token_of(user)]).fetchone() == (user,)

    def known(self, query: str, *values: object) -> list[tuple]:
        """Return rows as the superuser sees them."""
        with psycopg.connect(self.superuser) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def token_of(self, user: object) -> bytes:
        return session_token(user)


def rows(connection: psycopg.Connection, table: str) -> int:
    return connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()[0]


def refused(connection: psycopg.Connection, statement: str, *values: object) -> None:
    """Run a statement that must be refused for want of rights."""
    with pytest.raises(REFUSED):
        connection.execute(statement.encode(), values or None)
