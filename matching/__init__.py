"""The engine: compares people with openings and says why. Pure functions, no database, no network."""

from .allocating.stable import deferred_acceptance
from .assignment import Assignment, Comparison, assign, compare_policies
from .chunks import Runner, match
from .errors import AssignmentError, MatchingError, ProfileError, VocabularyError
from .explaining import Change, Explanation, Level, Limit, Met, Part, explain, explain_pairs
from .leftovers import Leftover, WhatIf, explain_unplaced
from .market import Market
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
from .relaxing import Relaxed, relax_musts
from .resting import collector_at_rest
from .tables import CandidateTable, OpeningTable
from .terms import Hit, TermIndex
from .vocabulary import Reading, Skill, Vocabulary

# Raised whenever the same input may give another answer; stored with every run.
ENGINE_VERSION = "1.4"

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
    "Comparison",
    "Explanation",
    "Hit",
    "Leftover",
    "Level",
    "Limit",
    "Market",
    "Matches",
    "MatchingError",
    "Met",
    "OpeningProfile",
    "OpeningTable",
    "Pairing",
    "Part",
    "ProfileError",
    "Reading",
    "Relaxed",
    "Requirement",
    "Runner",
    "Skill",
    "TermIndex",
    "Vocabulary",
    "VocabularyError",
    "Weights",
    "WhatIf",
    "assign",
    "collector_at_rest",
    "compare_policies",
    "deferred_acceptance",
    "explain",
    "explain_pairs",
    "explain_unplaced",
    "match",
    "relax_musts",
]
