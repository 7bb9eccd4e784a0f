# Leadgate: `make demo` and `make test` need git, make and Python 3.11–3.13, nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
# The newest Python that fits; a version manager's empty shim does not count.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& { echo $$p; break; }; done)

export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

PACKAGES := leadgate flows steward reports crm dedupe validators connectors
CODE := $(PACKAGES) tests benchmarks soak samples

.PHONY: help install demo test check format bench soak bench-quality bench-lead bench-peers lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

install: $(VENV)/installed ## set everything up in .venv, as locked

$(VENV)/installed: lock/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Leadgate needs Python 3.11, 3.12 or 3.13; name it: make PYTHON=/path/to/python install" >&2; exit 2; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); the first time takes a minute or two."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@

demo: install ## import samples/ into an embedded CRM store and show where the report is
	@mkdir -p build && rm -rf build/demo && mkdir build/demo
	@$(BIN)/leadgate --config samples/leadgate.toml import --store sqlite:///build/demo/leadgate.db \
		--reports build/demo/reports crm_export tradeshow webinar web_forms calls \
		|| test $$? -eq 1  # 1: some sample rows are bad on purpose
	@$(BIN)/leadgate verify --store sqlite:///build/demo/leadgate.db

# One worker more than cores: some wait for a browser, a server or a disk.
test: install ## run the tests
	@$(BIN)/pytest -q -n $$($(BIN)/python -c "import os; print(os.cpu_count() + 1)") --dist loadfile

check: install ## format, lint, types, import rules
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: install ## format the code and mend what can be mended
	@$(BIN)/ruff format --quiet $(CODE)
	@$(BIN)/ruff check --quiet --fix $(CODE)

bench: install ## measure speed and memory
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.both_stores
	@$(BIN)/python -m benchmarks.readers
	@$(BIN)/python -m benchmarks.pollock
	@$(BIN)/python -m benchmarks.receiver
	@$(BIN)/python -m benchmarks.prefect_overhead
	@$(BIN)/python -m benchmarks.desk

soak: install ## long runs that look for what short tests cannot find
	@$(BIN)/python -m soak

bench-quality: install ## measure duplicates found, on generated leads and on public sets
	@$(BIN)/python -m benchmarks.quality

bench-lead: install ## measure how long one lead waits, against a million stored contacts
	@$(BIN)/python -m benchmarks.one_lead

bench-peers: install build/peers/installed ## the same, side by side with Splink and goldenmatch
	@$(BIN)/python -m benchmarks.quality --tools leadgate splink goldenmatch

build/peers/installed: benchmarks/peers/requirements.txt
	@echo "Setting up build/peers for the tools to compare with."
	@$(BIN)/python -m venv --clear build/peers
	@build/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

lock: install ## renew the locks
	@for set in runtime dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
			--no-emit-index-url --no-emit-find-links --no-header --no-annotate \
			$$(test $$set = dev && echo --group dev) pyproject.toml -o lock/$$set.txt; done

clean: ## remove what was built
	@rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
