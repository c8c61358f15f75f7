"""Gathers every table of the service, so that importing this room fills the metadata."""

from employers.models import Agreement, Company, Contact, Opening, OpeningRequirement
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
from placement.models.service import Account, Heartbeat, Job, Setting
from placement.models.skills import Skill, SkillName, SkillRelation
from placement.models.suggestions import MatchRun, Suggestion

__all__ = [
    "Account",
    "Agreement",
    "AgreementProgram",
    "Application",
    "Cohort",
    "Company",
    "Contact",
    "Conversion",
    "CourseModule",
    "CourseSession",
    "Enrolment",
    "Event",
    "Graduate",
    "GraduateSkill",
    "Heartbeat",
    "Job",
    "MatchRun",
    "ModuleSkill",
    "Opening",
    "OpeningRequirement",
    "Organisation",
    "Placement",
    "Program",
    "Setting",
    "Skill",
    "SkillName",
    "SkillRelation",
    "Suggestion",
]
