"""The nouns: all tables, one file per aggregate. Importing this package registers every table."""

from caseflow.models.assessment import Assessment, AssessmentCause, Outlook, ReassessmentRun
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
    OtherProcedure,
    Stage,
    Urgency,
)
from caseflow.models.deadline import Deadline, DeadlineKind, Reminder, ReminderStatus
from caseflow.models.reference import RegisterChange, State, TreatyAcceptance, VocabularyTerm
from caseflow.models.remedy import DomesticRemedy, RemedyKind
from caseflow.models.remedy_map import Effectiveness, LimitFrom, LimitUnit, RemedyMap, RemedyMapStep
from caseflow.models.section import Membership, Role, Section, SectionKind, User
from caseflow.models.sign_in import SignInDelay, UserSession
from caseflow.models.watch import Heartbeat

__all__ = [
    "Act",
    "Assessment",
    "AssessmentCause",
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
    "Effectiveness",
    "GrantLevel",
    "Heartbeat",
    "LimitFrom",
    "LimitUnit",
    "Membership",
    "OtherProcedure",
    "Outlook",
    "ReassessmentRun",
    "RegisterChange",
    "RemedyKind",
    "RemedyMap",
    "RemedyMapStep",
    "Reminder",
    "ReminderStatus",
    "Role",
    "Section",
    "SectionKind",
    "SignInDelay",
    "Stage",
    "State",
    "TreatyAcceptance",
    "Urgency",
    "User",
    "UserSession",
    "VocabularyTerm",
]
