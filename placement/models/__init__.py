"""Gathers every table of the service, so that importing this room fills the metadata."""

from employers.models import Agreement, Company, Contact, Opening, OpeningRequirement
from placement.models.aftercare import ContactNote, Outcome, RetentionAnswer, RetentionCheck
from placement.models.caseloads import HandedRow, HandOver
from placement.models.events import Event
from placement.models.graduates import Graduate, GraduateSkill
from placement.models.guidances import Guidance
from placement.models.notices import AgreementDocument, Notice
from placement.models.papers import AgreementSignature, Assessment, InternshipAgreement
from placement.models.placements import Conversion, Placement
from placement.models.programs import (
    AgreementProgram,
    Application,
    Cohort,
    CourseModule,
    CourseSession,
    Enrolment,
    ModuleSkill,
    Organisation,
    Program,
)
from placement.models.referrals import (
    AnswerLink,
    Consent,
    ConsentDocument,
    Interview,
    Provision,
    Referral,
)
from placement.models.service import Account, Heartbeat, Job, Setting
from placement.models.skills import Skill, SkillName, SkillRelation
from placement.models.suggestions import MatchRun, Suggestion

__all__ = [
    "Account",
    "Agreement",
    "AgreementDocument",
    "AgreementProgram",
    "AgreementSignature",
    "AnswerLink",
    "Application",
    "Assessment",
    "Cohort",
    "Company",
    "Consent",
    "ConsentDocument",
    "Contact",
    "ContactNote",
    "Conversion",
    "CourseModule",
    "CourseSession",
    "Enrolment",
    "Event",
    "Graduate",
    "GraduateSkill",
    "Guidance",
    "HandOver",
    "HandedRow",
    "Heartbeat",
    "InternshipAgreement",
    "Interview",
    "Job",
    "MatchRun",
    "ModuleSkill",
    "Notice",
    "Opening",
    "OpeningRequirement",
    "Organisation",
    "Outcome",
    "Placement",
    "Program",
    "Provision",
    "Referral",
    "RetentionAnswer",
    "RetentionCheck",
    "Setting",
    "Skill",
    "SkillName",
    "SkillRelation",
    "Suggestion",
]
