"""The command line: thin doors over the rules, one module per kind of work. The names stay as the papers say them."""
