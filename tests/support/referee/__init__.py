"""A second opinion: the fifteen hardest indicators once more, in plain Python, and councils to try both on.

Nothing here is shared with the definitions' SQL or with `scorecard.calendar`; it is written from their prose.
"""
