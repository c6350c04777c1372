#!/usr/bin/env bash
# Resolve the pinned versions anew. The locks hold hashes and no addresses.
set -euo pipefail
uv=${UV:-.venv/bin/uv}
"$uv" pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -o requirements.lock
"$uv" pip compile -q pyproject.toml --extra web --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements.lock -o requirements-web.lock
"$uv" pip compile -q pyproject.toml --extra spark --extra web --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements-web.lock -o requirements-dev.lock
"$uv" pip compile -q pyproject.toml --extra spark --extra web --group dev --group bench --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements-dev.lock -o requirements-bench.lock
