# Two commands on a clean machine: `make demo` and `make test`. Python 3.11 or newer and make are all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

$(INSTALLED): pyproject.toml constraints.txt
	@echo "Installing into $(VENV): about two minutes the first time (torch is the largest part)."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "matcher needs Python 3.11 or newer; call make with PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --progress-bar on -c constraints.txt -e ".[dev]"
	@touch $(INSTALLED)

.PHONY: install
install: $(INSTALLED) ## the virtual environment in .venv

.PHONY: demo
demo: $(INSTALLED) ## a TeXchange shortlist from the invented samples, with a reason for each pair
	@$(BIN)/matcher demo

.PHONY: test
test: $(INSTALLED) ## every test but the long ones
	$(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: check
check: $(INSTALLED) ## style, types and the floors
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/architecture

.PHONY: serve
serve: $(INSTALLED) ## the service (comes with the API)
	@echo "There is no service yet in this version; use $(BIN)/matcher. See CHANGELOG.md." >&2; exit 1

.PHONY: bench
bench: $(INSTALLED) ## speed: ratios, side by side, in one run
	$(BIN)/python -m pytest -m long tests/benchmarks -s

.PHONY: kill
kill: $(INSTALLED) ## kill -9 at random moments: nothing lost, half-written or doubled
	$(BIN)/python -m pytest -m long tests/flows --ignore tests/flows/test_pack.py -s

.PHONY: pack
pack: $(INSTALLED) ## the briefing pack as LibreOffice prints it: nothing cut, no live formula
	$(BIN)/python -m pytest -m long tests/flows/test_pack.py -s

.PHONY: real
real: $(INSTALLED) ## the real records of ../shared/data: import, match, score
	$(BIN)/python -m pytest -m long tests/real -s

.PHONY: ablation
ablation: $(INSTALLED) ## what each feature adds on the real records, and what else was tried (docs/ablation.md)
	$(BIN)/python -m tests.real.ablation $(FOLDER)

TECHSTARS := ../shared/data/techstars
RANKER := models/ranker/v2

.PHONY: ranker
ranker: $(INSTALLED) ## the shipped ranker again, learned from ../shared/data/techstars
	@if [ ! -d $(TECHSTARS) ]; then echo "$(TECHSTARS) is not here: there is nothing to learn the ranker from." >&2; exit 1; fi; \
	workspace=$$(mktemp -d) && trap 'rm -rf "$$workspace"' EXIT && \
	export MATCHER_WORKSPACE="$$workspace" MATCHER_RANKER=v1 MATCHER_DATABASE_URL= MATCHER_ENCODER= && \
	echo "Learning $(RANKER) from $(TECHSTARS) in $$workspace, which is thrown away; about a minute." && \
	for kind in startups partners history; do \
		$(BIN)/matcher import $$kind $(TECHSTARS)/$$kind.csv --quiet >/dev/null || exit 1; \
	done && \
	$(BIN)/matcher train --as-of 2026-11-25 --name v2 --output $(RANKER) --force && \
	echo "Written to $(RANKER). Now measure it, which completes its card: $(BIN)/python -m tests.real.measure_ranker"
