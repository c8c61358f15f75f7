"""Decides what the engine calls wrong input: one family of errors, each also a ValueError."""


class MatchingError(ValueError):
    """The engine was given something that it cannot use; the message names the field, what is wrong and what would be right."""


class ProfileError(MatchingError):
    """A candidate, opening, requirement, skill or weight is not valid."""


class VocabularyError(MatchingError):
    """A vocabulary cannot be built: a key twice, a link to nowhere, a file without its columns."""


class AssignmentError(MatchingError):
    """An allocation was asked with impossible terms, or its answer does not hold its own rules."""
