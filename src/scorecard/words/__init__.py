"""Rounding and wording of numbers, and the grammar of sentences: the one place that does either."""
