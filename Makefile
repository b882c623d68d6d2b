# `make help` lists the targets. `make run` and `make test` do all their own set-up.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p $(NEW_ENOUGH) 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
NO_PACKAGES = echo "The packages could not be installed: pip says why above. They come over the network. Mend that, then run make again." \
	>&2; exit 2
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev

# An environment left half made, or one whose Python is gone, is taken away, so that the rules below make it anew.
MEND := $(shell ! [ -e $(VENV)/pyvenv.cfg ] || $(BIN)/python -m pip --version >/dev/null 2>&1 || \
	rm -rf $(BIN) $(VENV)/lib $(VENV)/pyvenv.cfg $(RUN_STAMP) $(DEV_STAMP))

.DEFAULT_GOAL := help
.PHONY: help run sandbox test measure check lint format lock clean
.SILENT:

help: ## list the targets
	grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: $(RUN_STAMP) ## set up what is missing and start the site; Ctrl-C stops it
	$(MANAGE) start $(ARGS)

sandbox: $(RUN_STAMP) ## the same with a made-up report that has two years of history, kept in var/sandbox/
	PORTAL_SANDBOX=1 $(MANAGE) start

test: $(DEV_STAMP) ## set up what is missing and run the whole suite (ARGS="-k word" for a part)
	$(BIN)/python -m pytest -n auto $(ARGS)

measure: $(DEV_STAMP) ## print one measurement's figures: WHAT=a module of tests/measure
	if ! [ -f "tests/measure/$(WHAT).py" ]; then echo "Say which: make measure WHAT=acceptance, backup_order, drops, files, spam, urgent or words" >&2; exit 2; fi
	$(BIN)/python -m tests.measure.$(WHAT)

lint: $(DEV_STAMP) ## check style of code and templates, and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/mypy

check: lint ## the same, and the arrows between rooms: what CI runs before the suite
	$(BIN)/lint-imports --no-logo

format: $(DEV_STAMP) ## put code and templates in the house format
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/djlint templates --reformat --quiet || true

lock: ## pin the newest allowed dependencies, with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --quiet --upgrade requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --quiet --upgrade requirements-dev.in -o requirements-dev.txt
	grep -v '^pytest' requirements.in | uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet -c requirements.txt - -o requirements-run.txt

clean: ## remove the virtual environment and the test leftovers; the data stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache test-results

$(VENV)/bin/python:
	if ! "$(PYTHON)" $(NEW_ENOUGH) 2>/dev/null; then \
		echo "Python 3.11 or newer is needed. Install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 2; fi
	echo "[1/7] Virtual environment: making $(VENV) with $$("$(PYTHON)" --version)"
	if ! [ -w . ]; then echo "This folder cannot be written to: $$PWD. Copy it to one of your own." >&2; exit 2; fi
	"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "That Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }

$(RUN_STAMP): requirements-run.txt | $(VENV)/bin/python
	echo "[2/7] Packages: installing $$(grep -cE '^[a-z]' requirements-run.txt) pinned packages (a minute or two the first time)"
	$(INSTALL) -r requirements-run.txt || { $(NO_PACKAGES); }
	touch $@

$(DEV_STAMP): requirements-dev.txt requirements.txt $(RUN_STAMP)
	echo "      Packages for the tests: installing $$(grep -cE '^[a-z]' requirements-dev.txt) pinned packages"
	$(INSTALL) -r requirements.txt && $(INSTALL) -r requirements-dev.txt || { $(NO_PACKAGES); }
	touch $@
