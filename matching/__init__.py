"""The engine: compares people with openings and says why. Pure functions, no database, no network."""

from .assignment import Assignment, assign, deferred_acceptance
from .chunks import Runner, match
from .errors import AssignmentError, MatchingError, ProfileError, VocabularyError
from .explaining import Change, Explanation, Level, Limit, Met, Part, explain
from .profiles import (
    EMPLOYMENT_TYPES,
    OFFERED_REMOTE,
    WISHED_REMOTE,
    CandidateProfile,
    CandidateSkill,
    OpeningProfile,
    Requirement,
    Weights,
)
from .ranking import Matches, Pairing
from .tables import CandidateTable, OpeningTable
from .terms import Hit, TermIndex
from .vocabulary import Skill, Vocabulary

# Raised whenever the same input may give another answer; stored with every run.
ENGINE_VERSION = "1.1"

__all__ = [
    "EMPLOYMENT_TYPES",
    "ENGINE_VERSION",
    "OFFERED_REMOTE",
    "WISHED_REMOTE",
    "Assignment",
    "AssignmentError",
    "CandidateProfile",
    "CandidateSkill",
    "CandidateTable",
    "Change",
    "Explanation",
    "Hit",
    "Level",
    "Limit",
    "Matches",
    "MatchingError",
    "Met",
    "OpeningProfile",
    "OpeningTable",
    "Pairing",
    "Part",
    "ProfileError",
    "Requirement",
    "Runner",
    "Skill",
    "TermIndex",
    "Vocabulary",
    "VocabularyError",
    "Weights",
    "assign",
    "deferred_acceptance",
    "explain",
    "match",
]
