"""People's screens, one module per reader."""
