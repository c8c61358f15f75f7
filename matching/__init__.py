"""The engine: compares people with openings and says why. Pure functions, no database, no network."""
