# `make run` to look around, `make test` to be sure. Both need only make and Python 3.11 or newer: they make
# the environment in .venv by themselves, and again only when requirements.lock changes.

ADDRESS ?= 127.0.0.1:8000
ARGS ?=
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
INSTALLED := .venv/installed
MANAGE := $(BIN)/python manage.py

.PHONY: run test bench lint lock screenshot clean
.DEFAULT_GOAL := run

run: export DEBUG = 1
run: $(INSTALLED)
	@$(MANAGE) prepare
	@$(MANAGE) work & worker=$$!; trap "kill $$worker 2>/dev/null" EXIT INT TERM; $(MANAGE) runserver $(ADDRESS)

test: $(INSTALLED)
	@sh tests/install_chromium.sh
	@DEBUG=1 $(MANAGE) compile_locale
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

bench: $(INSTALLED)
	@$(BIN)/python -m bench $(ARGS)

lint: export DEBUG = 1
lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet

# Resolves every version anew from pyproject.toml. uv.lock names the hosts it came from, so it does not stay.
lock: $(INSTALLED)
	$(BIN)/uv export --quiet --format requirements-txt --no-emit-project --output-file requirements.lock >/dev/null
	@rm -f uv.lock

screenshot: $(INSTALLED)
	@DEBUG=1 $(MANAGE) prepare
	@$(BIN)/python -m bench.screenshot docs/home.png

# The environment and what the tools left behind; the database in var/ stays.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements.lock
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed and was not found. Install it, or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || { echo "Making the environment in .venv …"; $(PYTHON) -m venv --clear .venv; }
	@echo "Installing what requirements.lock names …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	@if $(BIN)/uv --version >/dev/null 2>&1; then \
		VIRTUAL_ENV=.venv $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock; \
	else \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	@touch $@
