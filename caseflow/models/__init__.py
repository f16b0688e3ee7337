"""The nouns: all tables, one file per aggregate. Importing this package registers every table."""

from caseflow.models.audit import AuditChain, AuditEntry
from caseflow.models.case import (
    Act,
    Case,
    CaseCounter,
    CaseGrant,
    CaseView,
    Claim,
    Confidentiality,
    GrantLevel,
    Stage,
    Urgency,
)
from caseflow.models.deadline import Deadline, DeadlineKind, Reminder, ReminderStatus
from caseflow.models.reference import State, VocabularyTerm
from caseflow.models.remedy import DomesticRemedy, RemedyKind
from caseflow.models.section import Membership, Role, Section, SectionKind, User
from caseflow.models.sign_in import SignInDelay, UserSession
from caseflow.models.watch import Heartbeat

__all__ = [
    "Act",
    "AuditChain",
    "AuditEntry",
    "Case",
    "CaseCounter",
    "CaseGrant",
    "CaseView",
    "Claim",
    "Confidentiality",
    "Deadline",
    "DeadlineKind",
    "DomesticRemedy",
    "GrantLevel",
    "Heartbeat",
    "Membership",
    "RemedyKind",
    "Reminder",
    "ReminderStatus",
    "Role",
    "Section",
    "SectionKind",
    "SignInDelay",
    "Stage",
    "State",
    "Urgency",
    "User",
    "UserSession",
    "VocabularyTerm",
]
