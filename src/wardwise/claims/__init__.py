"""The claim checker: reads a report and tests what it says."""

from .check import check_file, check_text
from .doubts import Doubt, Level
from .reading import read
from .text import Text

__all__ = ["Doubt", "Level", "Text", "check_file", "check_text", "read"]
