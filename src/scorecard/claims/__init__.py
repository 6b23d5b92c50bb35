"""What prose claims: each number, month and direction in it tied to a figure, or flagged."""
