# make run   – the dashboard on http://127.0.0.1:8501 (PORT=… for another port)
# make test  – lint, types, import direction, tests and browser tests
# make bench – how fast pages and publishing are, as ratios
.POSIX:
.PHONY: help run test bench format words clean

PYTHON ?= python3
PORT ?= 8501
VENV = .venv
BIN = $(VENV)/bin

help: ## this list
	@grep -hE '^[a-z]+:.*##' Makefile | sed 's/:.*## /\t/'

run: $(VENV)/run-installed ## start the dashboard; makes a store with sample data if there is none
	@$(BIN)/python -m data prepare
	@echo "http://127.0.0.1:$(PORT)"
	@$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

test: $(VENV)/test-installed ## everything that a change must pass
	@.ci/test-needs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 --ignore tests/browser
	$(BIN)/python -m pytest -q -n 2 tests/browser

bench: $(VENV)/test-installed ## page runs against an empty page, publishing against DuckDB's own reading
	$(BIN)/python tests/bench/run.py

format: $(VENV)/test-installed ## put the code into its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

words: $(VENV)/test-installed ## bring new sentences of the code into the catalogue of translations
	$(BIN)/pybabel -q extract -F babel.cfg -k n_:1,2 -k N_ --omit-header --no-location --sort-output -o messages.pot dashboard.py data queries pages
	$(BIN)/pybabel -q update --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date -w 120 -i messages.pot -d data/locale
	@sed -i -e '/^"\(Project-Id-Version\|Report-Msgid-Bugs-To\|POT-Creation-Date\|PO-Revision-Date\|Last-Translator\|Language-Team\|Generated-By\): /d' \
		-e '/^#, python-brace-format$$/d' data/locale/*/LC_MESSAGES/messages.po
	@rm messages.pot

clean: ## remove the environment and what tests leave behind; never the store
	rm -rf $(VENV) artefacts .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/python-made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $$($(PYTHON) --version 2>&1) was found. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run-installed: $(VENV)/python-made requirements.txt constraints.txt
	@echo "Installing the packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test-installed: $(VENV)/run-installed requirements-test.txt
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@
