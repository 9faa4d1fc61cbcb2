# The commands of the project; "make help" lists them. Needs Python 3.11 to 3.13, make and git.

PORT ?= 8000
ENTRIES ?= 10000
SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(SUITABLE)' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help setup run test audit bench-search bench-lists pictures admin lint format messages clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/site $(VENV)/tests ## make the environment with everything for site and tests

run: $(VENV)/site ## install, migrate, load the content, serve on http://127.0.0.1:8000 (PORT=8001 changes it)
	@$(BIN)/python -c "import socket, sys; socket.create_server(('127.0.0.1', int(sys.argv[1]))).close()" \
		"$(PORT)" 2>/dev/null || { echo "Port $(PORT) is taken or cannot be used." \
		"Stop the program that uses it, or choose another from 1024 to 65535: make run PORT=8001"; exit 1; }
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) load_compendium --if-empty
	@$(MANAGE) rebuild_search --if-needed
	@$(MANAGE) collectstatic --no-input --clear --verbosity 0
	@echo "The compendium is at http://127.0.0.1:$(PORT) (stop it with Ctrl-C)"
	@echo "Next, in a second terminal: make admin – an account for the desk at http://127.0.0.1:$(PORT)/admin/"
	@exec $(BIN)/python -m gunicorn compendium.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --limit-request-line 8190 \
		--no-control-socket --log-level warning

test: $(VENV)/tests ## run all tests on SQLite and on PostgreSQL (ARGS="-k loader" goes to pytest)
	@$(BIN)/python tests/browser/find.py
	@$(BIN)/python tests/run.py $(ARGS)

bench-search: $(VENV)/bench ## measure the search beside others (SIZES=113,10000,100000; WRITE=1 writes docs/suche-messung.md)
	@$(BIN)/python -m bench

audit: $(VENV)/tests ## measure the main pages with Lighthouse and check their HTML with vnu, if these are installed
	@$(BIN)/python -m tests.audit

bench-lists: $(VENV)/tests ## measure the lists of the admin on PostgreSQL, with 10,000 entries (ENTRIES=1000 changes it)
	@$(BIN)/python -W ignore -m tests.measure_lists $(ENTRIES)

pictures: $(VENV)/tests ## take the pictures of the handbook (docs/redaktion.md) anew
	@$(BIN)/python tests/browser/find.py
	@PICTURES=1 $(BIN)/python -m pytest -n 2 --dist loadfile tests/browser/test_admin.py tests/browser/test_desk.py

admin: $(VENV)/site ## make a staff account (ADMIN_USER and ADMIN_PASSWORD answer instead of you)
	@$(MANAGE) migrate --verbosity 0 --skip-checks
	@$(MANAGE) create_admin

lint: $(VENV)/tests ## check code, templates and migrations
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m djlint templates --lint --quiet
	@$(MANAGE) makemigrations --check --dry-run

format: $(VENV)/tests ## put the code into its standard form
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

messages: $(VENV)/tests ## collect the strings of the interface and compile the German catalogue
	@$(BIN)/python locale/catalogue.py

clean: ## remove the environment and everything that is made again
	rm -rf $(VENV) staticfiles .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# A stamp in the environment says which requirements it holds. An environment that is half made, or whose Python is gone
# or has become another version, cannot import its pip and is made again.
ifneq ($(shell $(BIN)/python -c 'import pip; print("sound")' 2>/dev/null),sound)
$(shell rm -rf $(VENV))
endif

$(BIN)/python:
	@"$(PYTHON)" -c '$(SUITABLE)' 2>/dev/null || { echo "No Python 3.11 to 3.13 $(if $(PYTHON),at $(PYTHON),found)." \
		"Install one, or name it: make setup PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) lacks the module venv or ensurepip. Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/site: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt requirements-semantic.txt $(VENV)/site
	@echo "Installing what tests and checks need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

$(VENV)/bench: requirements-bench.txt $(VENV)/tests
	@echo "Installing what the search is compared with …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-bench.txt
	@touch $@
