#!/usr/bin/env bash
# Install the pinned libraries into .venv: with uv where PyPI has it, otherwise with pip. Hashes are checked by both.
set -euo pipefail
python=$1 lock=$2
[ -x .venv/bin/python ] || "$python" -m venv .venv
if .venv/bin/python -m pip install -q --disable-pip-version-check "uv>=0.5" 2>/dev/null; then
    export VIRTUAL_ENV="$PWD/.venv"
    .venv/bin/uv pip install -q --require-hashes -r "$lock"
    .venv/bin/uv pip install -q --no-deps -e .
else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
fi
