"""All tables, one file per aggregate. Importing this package registers every table."""

from caseflow.models.assessment import Assessment, AssessmentCause, Outlook, ReassessmentRun
from caseflow.models.audit import AuditChain, AuditEntry
from caseflow.models.case import (
    ENDED_STAGES,
    STAGES_AFTER_FILING,
    STAGES_BEFORE_FILING,
    Act,
    Case,
    CaseChild,
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
from caseflow.models.case_listing import NO_DAY, CaseListing
from caseflow.models.case_search import search_text
from caseflow.models.deadline import (
    Deadline,
    DeadlineAcknowledgement,
    DeadlineKind,
    ReminderSyncRequest,
    SectionThresholds,
)
from caseflow.models.filing import Filing, FilingChannel
from caseflow.models.jurisprudence import DecidedCommunication, Holding
from caseflow.models.monitoring import Alarm, AlarmKind, Heartbeat
from caseflow.models.reference import RegisterChange, State, TreatyAcceptance
from caseflow.models.remedy import DomesticRemedy, RemedyKind
from caseflow.models.remedy_map import Effectiveness, LimitFrom, LimitUnit, RemedyMap, RemedyMapStep
from caseflow.models.reminder import (
    Absence,
    CalendarFeed,
    Mail,
    MailBounce,
    MailKind,
    MailStatus,
    Reminder,
    ReminderCause,
    ReminderSetting,
    ReminderStatus,
)
from caseflow.models.request_key import RequestKey
from caseflow.models.section import WORKING_ROLES, Membership, Role, Section, SectionKind, User
from caseflow.models.sign_in import DataKeyCheck, SignInBucket, SigningKey, UserSession

__all__ = [
    "ENDED_STAGES",
    "NO_DAY",
    "STAGES_AFTER_FILING",
    "STAGES_BEFORE_FILING",
    "WORKING_ROLES",
    "Absence",
    "Act",
    "Alarm",
    "AlarmKind",
    "Assessment",
    "AssessmentCause",
    "AuditChain",
    "AuditEntry",
    "CalendarFeed",
    "Case",
    "CaseChild",
    "CaseCounter",
    "CaseGrant",
    "CaseListing",
    "CaseView",
    "Claim",
    "Confidentiality",
    "DataKeyCheck",
    "Deadline",
    "DeadlineAcknowledgement",
    "DeadlineKind",
    "DecidedCommunication",
    "DomesticRemedy",
    "Effectiveness",
    "Filing",
    "FilingChannel",
    "GrantLevel",
    "Heartbeat",
    "Holding",
    "LimitFrom",
    "LimitUnit",
    "Mail",
    "MailBounce",
    "MailKind",
    "MailStatus",
    "Membership",
    "OtherProcedure",
    "Outlook",
    "ReassessmentRun",
    "RegisterChange",
    "RemedyKind",
    "RemedyMap",
    "RemedyMapStep",
    "Reminder",
    "ReminderCause",
    "ReminderSetting",
    "ReminderStatus",
    "ReminderSyncRequest",
    "RequestKey",
    "Role",
    "Section",
    "SectionKind",
    "SectionThresholds",
    "SignInBucket",
    "SigningKey",
    "Stage",
    "State",
    "TreatyAcceptance",
    "Urgency",
    "User",
    "UserSession",
    "search_text",
]
