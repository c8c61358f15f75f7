"""Partner companies: tables and rules. Knows nobody of ours."""
