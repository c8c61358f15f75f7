"""Gathers every table of the service, so that importing this room fills the metadata."""

from employers.models import Agreement, Company, Contact, Opening, OpeningRequirement
from placement.models.aftercare import ContactNote, Outcome, RetentionAnswer, RetentionCheck
from placement.models.events import Event
from placement.models.graduates import Graduate, GraduateSkill
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
    "AgreementProgram",
    "AnswerLink",
    "Application",
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
    "Heartbeat",
    "Interview",
    "Job",
    "MatchRun",
    "ModuleSkill",
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
