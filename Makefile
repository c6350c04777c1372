# Every job is one command. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3.11
ifeq (, $(shell command -v $(PYTHON) 2>/dev/null))
PYTHON := python3
endif
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help assets demo test test-scale check fix bench serve figures docs look lock clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

.venv/ready: requirements.lock pyproject.toml
	@tools/install.sh "$(PYTHON)" requirements.lock
	@touch $@

.venv/ready-web: .venv/ready requirements-web.lock
	@tools/install.sh "$(PYTHON)" requirements-web.lock
	@touch $@

.venv/ready-dev: .venv/ready-web requirements-dev.lock
	@tools/install.sh "$(PYTHON)" requirements-dev.lock
	@touch $@

.venv/ready-bench: .venv/ready-dev requirements-bench.lock
	@tools/install.sh "$(PYTHON)" requirements-bench.lock
	@touch $@

STATIC := src/partnership/site/static/ready

$(STATIC): tools/assets.sh package.json package-lock.json $(wildcard src/partnership/site/assets/*) | .venv/ready
	@tools/assets.sh $(BIN)/python

assets: $(STATIC)  ## the site's styles, script and type

demo: .venv/ready  ## from a bare clone to two products of the synthetic partnership, in ./demo
	@$(BIN)/wardwise demo --out demo

test: .venv/ready-dev $(STATIC)  ## the quick tests: what CI runs
	@$(BIN)/python -m pytest -q -m "not scale" -n auto --dist loadfile
	@$(BIN)/python tools/with_postgresql.py $(BIN)/python -m pytest -q -m "not scale and not browser" tests/access $(wildcard tests/functional/test_site*.py)

test-scale: .venv/ready-dev  ## the long generative, kill and scale runs
	@$(BIN)/python -m pytest -q -m scale

check: .venv/ready-dev  ## format, lint, types, import contracts, and whether generated docs are fresh
	@$(BIN)/ruff format --check src tests benchmarks tools
	@$(BIN)/ruff check src tests benchmarks tools docs
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/docs.py --check

fix: .venv/ready-dev  ## put the format and the mendable lint right
	@$(BIN)/ruff format src tests benchmarks tools
	@$(BIN)/ruff check --fix src tests benchmarks tools docs

bench: .venv/ready-bench  ## speeds, as ratios against a peer in the same run
	@$(BIN)/python -m benchmarks

serve: .venv/ready-web $(STATIC)  ## the partnership's own site with the synthetic partnership, at http://127.0.0.1:8300
	@tools/serve.sh

figures: .venv/ready  ## look at the demo's products and figures in a browser (local, read only)
	@test -d demo/store || $(MAKE) --no-print-directory demo
	@$(BIN)/wardwise --store demo/store serve --products demo/products

docs: .venv/ready-dev  ## write the generated parts of the documentation
	@$(BIN)/python tools/docs.py

look: .venv/ready-dev  ## every page of the demo's products as a picture, in ./look
	@test -d demo/products || $(MAKE) --no-print-directory demo
	@$(BIN)/python tools/look.py demo/products look

lock: .venv/ready-dev  ## resolve the pinned versions anew
	@tools/lock.sh

clean:  ## remove what the commands above made
	@rm -rf .venv node_modules src/partnership/site/static demo site-data look build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage
