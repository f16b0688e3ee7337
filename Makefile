# One command each. Needs only Python 3.11 or newer, make and pip; no server has to be there.
#
#   make run          everything on this machine: http://localhost:8000 (PORT, CASEFLOW_HOME, CASEFLOW_SERVERS)
#   make test         the test suite without what is marked slow
#   make lint         style, types, layers, templates
#   make check        all that the continuous integration does
#   make bench        how fast, with N=100000 cases
#   make oracle       the engine of the law against a second computation, with N=200000 SEED=… (random without),
#                     and its properties on documents drawn anew; make test draws the same every time
#   make mutations    planted faults in the engine of the law: does every test of it find them?
#   make chaos        reminders under kill -9 for ten minutes: nothing lost, nothing twice (bench/chaos)
#   make crawl        people of eight sections open all they can reach: nothing of another section (N=20000 requests)
#   make messages     collect what is to be translated, and compile the catalogues
#   make vendor       fetch the front-end files anew
#   make screenshots  draw docs/screenshots again
#   make requirements pin all packages again (needs uv)
#   make advisories   do the pinned packages have known faults? (needs pip-audit and a network, or DATABASE=all.zip)

PY ?= python3
N ?= 100000
VENV := .venv
BIN := $(VENV)/bin
NO_NOISE := --quiet --disable-pip-version-check
EDITABLE := $(BIN)/python -m pip install $(NO_NOISE) --no-deps --no-build-isolation --editable .

.PHONY: run test lint check bench chaos crawl oracle mutations messages vendor screenshots requirements advisories help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^#   //p' Makefile

# --- the environment ---------------------------------------------------------------------------------------------

$(BIN)/python:
	@command -v $(PY) >/dev/null || { echo "No $(PY) on this machine. Install Python 3.11 or newer, or name it: make PY=/path/to/python3 $(MAKECMDGOALS)"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "caseflow needs Python 3.11 or newer, and $(PY) is $$($(PY) -V 2>&1). Name another: make PY=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PY) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PY) can't make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what caseflow needs (once) ..."
	@$(BIN)/python -m pip install $(NO_NOISE) --require-hashes -r requirements.txt
	@$(EDITABLE)
	@touch $@

# The test requirements hold the others too, so this stamp makes the first one unnecessary.
$(VENV)/installed-test: requirements-test.txt requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install $(NO_NOISE) --require-hashes -r requirements-test.txt
	@$(EDITABLE)
	@touch $(VENV)/installed $@

# --- the commands ------------------------------------------------------------------------------------------------

run: $(VENV)/installed
	@exec $(BIN)/caseflow up

# Where the time goes is printed. Compiled files are kept, or every process of the tests compiles all of them each time.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal --durations=15 --durations-min=1

test: $(VENV)/installed-test
	@$(PYTEST) -m "not slow"

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

# Floors, untranslated words, unguarded routes and models without migration are tests too (tests/architecture).
check: lint
	@$(PYTEST)

bench: $(VENV)/installed-test
	@$(BIN)/python -m bench --cases $(N)

oracle: N = 200000
oracle: $(VENV)/installed-test
	@$(BIN)/python -m tests.law.oracle --count $(N) $(if $(SEED),--seed $(SEED))
	@$(BIN)/python -m pytest -n auto --hypothesis-profile=random $(if $(SEED),--hypothesis-seed=$(SEED)) tests/law/test_properties.py tests/law/routes/test_properties.py

mutations: $(VENV)/installed-test
	@$(BIN)/python -m tests.law.mutations

crawl: N = 20000
crawl: $(VENV)/installed-test
	@$(BIN)/python -m bench.crawl --requests $(N) $(if $(SEED),--seed $(SEED))

chaos: $(VENV)/installed-test
	@$(BIN)/python -m bench.chaos

# Says what is left to translate, and fails while something is (docs/translating.md).
messages: $(VENV)/installed-test
	$(BIN)/python deploy/messages.py

# Fetches the front-end files anew and writes their manifest; nothing is fetched when running.
vendor: $(VENV)/installed-test
	$(BIN)/python deploy/vendor.py

screenshots: $(VENV)/installed-test
	$(BIN)/python docs/screenshots.py

# uv writes hashes and no registry addresses (a lock file would hold them).
requirements:
	@command -v uv >/dev/null || { echo "make requirements needs uv: https://docs.astral.sh/uv"; exit 1; }
	uv pip compile pyproject.toml --extra local --universal --generate-hashes -o requirements.txt
	uv pip compile pyproject.toml --extra local --extra test --universal --generate-hashes -o requirements-test.txt
	@$(MAKE) --no-print-directory $(VENV)/installed-test
	$(BIN)/python deploy/pins.py

# Not part of check: it needs a service. Ends with 3 and says so loudly where the pins were not checked.
advisories: $(VENV)/installed-test
	@$(BIN)/python deploy/advisories.py $(if $(DATABASE),--database $(DATABASE))
