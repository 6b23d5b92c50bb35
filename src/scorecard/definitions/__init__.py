"""Definition files read into indicators, measures and dimensions, and their worked examples run."""
