"""Sources: partner files in, checked canonical records out. A new feed is a declaration in definitions/sources."""

from .importing import import_files
from .report import FileReport, ImportReport

__all__ = ["FileReport", "ImportReport", "import_files"]
