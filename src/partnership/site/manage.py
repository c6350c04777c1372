"""`wardwise-site`: Django's own commands and ours, with the site's settings."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def run() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.site.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    run()
