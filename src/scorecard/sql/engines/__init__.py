"""Connect and run, nothing else."""
