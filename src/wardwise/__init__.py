"""Wardwise: the working system of a Community Safety Partnership.

The folders are the stages that data passes through, in order:
sources, store, measures, analysis, disclosure, charts, reports, products.
"""

__version__ = "0.1.0"
