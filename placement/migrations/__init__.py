"""The history of the schema; the newest state is what placement.models says."""
