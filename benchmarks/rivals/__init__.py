"""What Dateline is compared with, on the same rows: written by hand for the benchmark, and for nothing else."""
