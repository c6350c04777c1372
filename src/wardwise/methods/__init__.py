"""Arithmetic only: rates, comparisons, control charts, ranks, rounding. Numbers in, numbers out; nothing of crime, files or queries."""
