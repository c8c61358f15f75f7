"""The demo: fictional people and companies around the real counts of the article."""
