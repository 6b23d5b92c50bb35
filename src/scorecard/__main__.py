"""`python -m scorecard`: the same as the command `scorecard`."""

from scorecard.cli import main

# Guarded, because the demo's helper processes read this file again when they start.
if __name__ == "__main__":
    main()
