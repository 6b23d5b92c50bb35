"""`python -m scorecard`: the same as the command `scorecard`."""

from scorecard.cli import main

main()
