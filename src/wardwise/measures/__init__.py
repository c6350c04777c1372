"""Measures: what is counted, over what, and the figures that come of it."""

from .behind import behind
from .calculate import calculate
from .catalogue import every as all  # noqa: A004 -- measures.all() is what people say
from .catalogue import load
from .definition import Measure
from .explain import explain
from .held import held

__all__ = ["Measure", "all", "behind", "calculate", "explain", "held", "load"]
