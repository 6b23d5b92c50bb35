"""Facts judged: against the month before, a target, other councils."""
