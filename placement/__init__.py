"""The service: graduates, suggestions, placements, and every door."""
