"""The law engine: case facts and a date in, findings with citations out. It reads no clock and no database."""

from caseflow.law.data import load_register, load_vocabularies
from caseflow.law.dates import DateError, UncertainDate, add_months, add_years, ends_before
from caseflow.law.engine import RULES, RULES_OF_THE_PROTOCOL, assess
from caseflow.law.facts import (
    Act,
    Author,
    CaseFacts,
    Claim,
    Delay,
    EarlierCommunication,
    Evidence,
    HousingApplication,
    OtherProcedure,
    OtherTreatyArticle,
    Remedy,
    RemedyNotUsed,
    StateObjection,
    Victim,
)
from caseflow.law.faults import Fault, InvalidFacts
from caseflow.law.findings import Clock, Finding, Findings
from caseflow.law.parsing import decode, read_facts
from caseflow.law.register import Register, StateStatus, entry_into_force
from caseflow.law.vocabularies import Vocabularies

__all__ = [
    "RULES",
    "RULES_OF_THE_PROTOCOL",
    "Act",
    "Author",
    "CaseFacts",
    "Claim",
    "Clock",
    "DateError",
    "Delay",
    "EarlierCommunication",
    "Evidence",
    "Fault",
    "Finding",
    "Findings",
    "HousingApplication",
    "InvalidFacts",
    "OtherProcedure",
    "OtherTreatyArticle",
    "Register",
    "Remedy",
    "RemedyNotUsed",
    "StateObjection",
    "StateStatus",
    "UncertainDate",
    "Victim",
    "Vocabularies",
    "add_months",
    "add_years",
    "assess",
    "decode",
    "ends_before",
    "entry_into_force",
    "load_register",
    "load_vocabularies",
    "read_facts",
]
