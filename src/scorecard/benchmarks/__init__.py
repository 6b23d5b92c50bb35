"""Published statistics as downloaded, made into figures to compare with: the council's own and those of others."""
