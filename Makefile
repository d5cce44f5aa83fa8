# A fresh machine needs Python 3.11 or newer with venv, and make; for `make test` also Node.js with npm.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := pyproject.toml
NPM := tests/browser/node_modules/.ready
CLIENTS := $(patsubst %/package.json,%/node_modules/.ready,$(wildcard tests/clients/*/package.json))
WORKERS := -n auto --dist worksteal  # one per processor

.PHONY: site preview test test-all clients check check-systems format clean bench bench-scale bench-serve eval

site: $(VENV)/.site  ## install newsgen and build the sample site
	$(BIN)/newsgen build
	@echo "To look at it: make preview"

preview: $(VENV)/.site  ## the sample site in a browser, updated at every save
	$(BIN)/newsgen serve --open

test: $(VENV)/.dev $(NPM)  ## the tests; those in a browser need Chromium
	$(BIN)/python -m pytest $(WORKERS)

test-all: $(VENV)/.dev $(NPM)  ## the tests, the long suites too
	$(BIN)/python -m pytest $(WORKERS) -m "long or not long"

clients: $(CLIENTS)  ## the hosts' own clients, with which the long suites compare: some hundred MB each

check: $(VENV)/.dev  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check-systems: $(VENV)/.dev  ## names that Windows or macOS lack, as the types of Python's library have them
	$(BIN)/mypy --no-warn-unreachable --platform win32 newsgen
	$(BIN)/mypy --no-warn-unreachable --platform darwin newsgen

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# bench takes STORIES PAIRS PEERS WHERE CORPUS; bench-scale takes SIZES SITES HUGO PAIRS WHERE CORPUS. What they mean, and
# their defaults: $(BIN)/python -m tests.bench pairs --help, and scale --help. Tools and results are in:
BENCH_CACHE ?= .bench
OPTION = $(if $($1),--$2 "$($1)")

bench: $(VENV)/.site  ## newsgen and other generators, which are installed into BENCH_CACHE
	@$(BIN)/python -m tests.bench pairs --cache "$(BENCH_CACHE)" $(call OPTION,STORIES,stories) \
		$(call OPTION,PAIRS,pairs) $(call OPTION,PEERS,peers) $(call OPTION,WHERE,where) $(call OPTION,CORPUS,corpus)

bench-scale: $(VENV)/.site  ## newsgen by size of archive, up to a million stories: takes tens of GB of disk
	@$(BIN)/python -m tests.bench scale --cache "$(BENCH_CACHE)" $(call OPTION,SIZES,sizes) $(call OPTION,SITES,sites) \
		$(call OPTION,HUGO,hugo) $(call OPTION,PAIRS,pairs) $(call OPTION,WHERE,where) $(call OPTION,CORPUS,corpus)

bench-serve: $(VENV)/.dev  ## the preview and hugo server: STORIES SAVES WHERE CORPUS; in Chromium too if it is installed
	@$(BIN)/python -m tests.bench serve --cache "$(BENCH_CACHE)" $(call OPTION,STORIES,stories) \
		$(call OPTION,SAVES,saves) $(call OPTION,WHERE,where) $(call OPTION,CORPUS,corpus)

eval: $(VENV)/.site  ## how good the related stories are, on Reuters-21578 (MATERIAL: the folder that has it)
	@$(BIN)/python -m tests.eval $(call OPTION,MATERIAL,material)

clean:
	rm -rf build .newsgen $(VENV) tests/browser/node_modules tests/clients/*/node_modules .bench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(SOURCES) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[pictures]'
	@touch $@

$(VENV)/.dev: $(SOURCES) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.site

$(NPM): tests/browser/package.json
	cd tests/browser && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	@touch $@

# No package runs a script but Node.js, which fetches the program for this machine so.
tests/clients/%/node_modules/.ready: tests/clients/%/package.json
	cd tests/clients/$* && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	cd tests/clients/$* && npm rebuild --silent node
	@touch $@
