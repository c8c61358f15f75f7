# Every door to the house for a person at a terminal. `make` alone prints this list.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
DATA ?= ../shared/data
WORKERS ?= auto
SIZE ?= 10k,1k
BIN := .venv/bin
SETUP := .venv/.setup-stamp
TOOLS := .venv/.tools-stamp
PEERS := .venv/.peers-stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install -c constraints.txt
FRONT := package.json package-lock.json $(wildcard front/*)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard placement/translations/*/LC_MESSAGES/*.po))
ROOMS := matching employers placement
CODE := $(ROOMS) tests $(wildcard bench front)

.DEFAULT_GOAL := help
.PHONY: help setup run test lint fuzz races bench bench-quality bench-speed bench-peers bench-whole bench-real bench-allocation translations clean

help: ## print this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r name what; \
	do printf '  make %-14s %s\n' "$$name" "$$what"; done

setup: $(SETUP) $(CATALOGUES) ## make .venv with everything pinned, and the front-end assets

run: setup ## start the service with its demo on http://127.0.0.1:8000 (Ctrl-C ends it)
	@$(BIN)/ieum start

# What tests start would compile every module again; sorted by their number of tests, the longest walks would begin last.
test: export PYTHONDONTWRITEBYTECODE =
test: setup $(TOOLS) ## run every test: SQLite, PostgreSQL, browser (ARGS="-k words" picks, WORKERS=0 for one process)
	@.ci/chromium 2>/dev/null || true
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup $(TOOLS) ## ruff, mypy and the import contracts
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config setup.cfg

fuzz: setup $(TOOLS) ## walk 10,000 random steps through all machines on each database; every move must be reached
	@FUZZ=1 $(BIN)/pytest -s -o faulthandler_timeout=0 tests/machines

races: setup $(TOOLS) ## the last seat and its like, 200 rounds each, with threads and processes, on both databases
	@$(BIN)/python -m bench.races

bench: bench-quality bench-speed bench-allocation bench-real ## the benches below

bench-quality: setup ## how good search and suggestions are, beside plain string baselines (DATA=folder)
	@$(BIN)/python -m bench.quality --data "$(DATA)"

bench-speed: setup ## how fast the engine is, beside double loops of string matchers (SIZE="10k,1k 100k,5k")
	@$(BIN)/python -m bench.speed --size $(SIZE)

bench-peers: setup $(PEERS) ## how fast the engine is beside libraries that link records (installs them)
	@$(BIN)/python -m bench.peers

bench-whole: setup ## `ieum match` of 100,000 people and 5,000 openings, from the database to stored suggestions
	@$(BIN)/python -m bench.whole

bench-real: setup ## match real people with real openings (DATA=folder, default ../shared/data)
	@if [ -f "$(DATA)/postings_ko.jsonl.gz" ]; then $(BIN)/python -m bench.real "$(DATA)"; \
	else echo "bench-real: no data at $(DATA); name its folder with DATA=..."; fi

bench-allocation: setup ## whole-cohort rounds of up to 100,000 people, beside greedy and SciPy
	@$(BIN)/python -m bench.allocation

translations: setup ## write the messages of code and templates into the English catalogue; new ones stay empty
	@mkdir -p var
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ -k N_ --no-location --sort-output -o var/messages.pot .
	@$(BIN)/pybabel -q update -i var/messages.pot -d placement/translations -l en -N --ignore-obsolete -w 120 \
		--ignore-pot-creation-date
	@sed -i '/^"\(Report-Msgid-Bugs-To\|POT-Creation-Date\|PO-Revision-Date\|Last-Translator\|Language-Team\|Generated-By\):/d' \
		placement/translations/en/LC_MESSAGES/messages.po

clean: ## remove the environment, the assets and all caches; var/ (your data) stays
	rm -rf .venv node_modules placement/static/vendor build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache .hypothesis .coverage htmlcov $(CATALOGUES)

$(SETUP): setup.cfg pyproject.toml constraints.txt $(FRONT)
	@test -n "$(PYTHON)" || { echo "setup: Python 3.11 or newer is needed"; exit 1; }
	@test -x $(BIN)/python || { echo "setup: making .venv"; $(PYTHON) -m venv .venv; }
	@echo "setup: installing the pinned packages (about a minute the first time)"
	@$(PIP) setuptools
	@$(PIP) --no-build-isolation -e ".[setup]"
	@echo "setup: fetching the front-end assets"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@$(BIN)/python front/copy_assets.py
	@touch $@

$(TOOLS): $(SETUP)
	@echo "setup: installing the test and lint tools"
	@$(PIP) --no-build-isolation -e ".[setup,test,lint,dask]"
	@touch $@

$(PEERS): $(SETUP)
	@echo "setup: installing the libraries to compare with"
	@$(PIP) --no-build-isolation -e ".[setup,peers]"
	@touch $@

%.mo: %.po $(SETUP)
	@$(BIN)/pybabel -q compile -i $< -o $@
