# The commands of the project; "make help" lists them. Needs Python 3.11 to 3.13, make and git.

PORT ?= 8000
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help setup run test admin lint format messages clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/site $(VENV)/tests ## make the environment with everything for site and tests

run: $(VENV)/site ## install, migrate, load the content, serve on http://127.0.0.1:8000 (PORT=8001 changes it)
	@$(BIN)/python -c "import socket; socket.create_server(('127.0.0.1', $(PORT))).close()" 2>/dev/null || { \
		echo "Port $(PORT) is taken. Stop the program that uses it, or choose another: make run PORT=8001"; exit 1; }
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_compendium --if-empty
	@$(MANAGE) collectstatic --no-input --clear --verbosity 0
	@echo "The compendium is at http://127.0.0.1:$(PORT) (stop it with Ctrl-C)"
	@exec $(BIN)/python -m gunicorn compendium.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
		--no-control-socket --log-level warning

test: $(VENV)/tests ## run all tests on SQLite and on PostgreSQL (ARGS="-k loader" goes to pytest)
	@$(BIN)/python tests/run.py $(ARGS)

admin: $(VENV)/site ## make a staff account (ADMIN_USER and ADMIN_PASSWORD answer instead of you)
	@$(MANAGE) migrate --verbosity 0
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

# A stamp in the environment says which requirements it holds. An environment whose Python no longer runs is made again.
ifneq ($(shell $(BIN)/python -c 'print("runs")' 2>/dev/null),runs)
$(shell rm -rf $(VENV))
endif

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 to 3.13 found. Install one, or name it: make setup PYTHON=/path/to/python3.12"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no module venv. Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/site: requirements.txt | $(BIN)/python
	@echo "Installing what the site needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/tests: requirements-dev.txt $(VENV)/site
	@echo "Installing what tests and checks need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@
