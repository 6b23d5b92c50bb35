"""From child-level records to the Safeguarding and Family Support Scorecard."""

__version__ = "0.1.0"
