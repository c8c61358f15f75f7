"""Whole-cohort rounds: who takes which seat by each policy, and what one seat or one pair more would change."""
