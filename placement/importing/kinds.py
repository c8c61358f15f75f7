"""Decides which kinds of sheet there are, and who takes each in."""

from placement.importing.agreements import AgreementIntake
from placement.importing.companies import CompanyIntake
from placement.importing.desk import Intake
from placement.importing.employer_columns import AGREEMENTS, COMPANIES, OPENINGS
from placement.importing.enrolments import EnrolmentIntake
from placement.importing.graduates import GraduateIntake
from placement.importing.openings import OpeningIntake
from placement.importing.outcomes import OutcomeIntake
from placement.importing.people_columns import COHORTS, ENROLMENTS, GRADUATES, OUTCOMES, PROGRAMS, SKILLS
from placement.importing.programs import CohortIntake, ProgramIntake
from placement.importing.sheets import Kind
from placement.importing.skills import SkillIntake

INTAKES: dict[str, tuple[Kind, type[Intake]]] = {
    kind.name: (kind, intake)
    for kind, intake in (
        (SKILLS, SkillIntake),
        (PROGRAMS, ProgramIntake),
        (COHORTS, CohortIntake),
        (GRADUATES, GraduateIntake),
        (ENROLMENTS, EnrolmentIntake),
        (COMPANIES, CompanyIntake),
        (AGREEMENTS, AgreementIntake),
        (OPENINGS, OpeningIntake),
        (OUTCOMES, OutcomeIntake),
    )
}
KINDS = tuple(INTAKES)
