"""What happens because time passed: the clock, the worker, and the jobs they run."""
