"""Stage folder: disclosure (see docs/explanation/house.md). Only released findings may be drawn or written."""

from .register import Entry
from .release import Release, release
from .released import Audience, Released, Sentence
from .thresholds import SHIPPED, Rule, Thresholds

__all__ = ["SHIPPED", "Audience", "Entry", "Release", "Released", "Rule", "Sentence", "Thresholds", "release"]
