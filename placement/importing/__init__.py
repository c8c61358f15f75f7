"""Reads the sheets of the office: a file becomes rows, rows become people, companies and openings, or errors."""
