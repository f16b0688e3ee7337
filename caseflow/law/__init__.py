"""The engine of the law: case facts and a date in, findings with citations out. It reads no clock and no database."""

from caseflow.law.data import load_register, load_vocabularies
from caseflow.law.dates import DateError, UncertainDate, add_months, add_years
from caseflow.law.register import Register, StateStatus, entry_into_force
from caseflow.law.vocabularies import Vocabularies

__all__ = [
    "DateError",
    "Register",
    "StateStatus",
    "UncertainDate",
    "Vocabularies",
    "add_months",
    "add_years",
    "entry_into_force",
    "load_register",
    "load_vocabularies",
]
