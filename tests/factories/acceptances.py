"""Acceptances of other treaties: every database of tests begins with those of the pack."""

from sqlalchemy import text


def forget_acceptances(database):
    """Delete all acceptances, for tests of what is not known and of lists that bring the first ones."""
    with database.sessions() as session, session.begin():
        session.execute(text("SELECT tests_forget_acceptances()"))
