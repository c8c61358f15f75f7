"""The demo: fictional people and companies around the real counts of the article."""

from placement.demo.loading import SCENARIOS, DemoRefusedError, DemoSummary, load
from placement.demo.removing import remove
from placement.people import DEMO_PASSWORD

__all__ = ["DEMO_PASSWORD", "SCENARIOS", "DemoRefusedError", "DemoSummary", "load", "remove"]
