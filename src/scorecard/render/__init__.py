"""Documents into bytes: the same document gives the same bytes."""
