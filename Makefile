# The front door of estrado. `make run` and `make test` do all the set-up that is missing by themselves.

SHELL := /bin/bash -o pipefail
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3.11
PY := .venv/bin/python
DONE := .setup

# Live sound and pictures need the processors for themselves, as they have them in a court.
TESTS_IN_PARALLEL = $(PY) -m pytest -m "not live_media" --numprocesses 3 --dist loadfile --no-loadscope-reorder \
	--timeout-method=thread
# Real servers in real time: what fails beside others is asked once more with nothing beside it, and named either way.
# Only where every test was run (1): a run that was cut short has failed.
FAILED_TESTS_ALONE = $(PY) -m pytest -m "not live_media" --last-failed --last-failed-no-failures none
LIVE_MEDIA = tests/rooms tests/journeys/test_browser.py tests/journeys/test_first_act.py tests/journeys/test_rare_acts.py tests/pages/test_room_words.py
TESTS_ALONE = $(PY) -m pytest -m live_media $(LIVE_MEDIA)

.PHONY: help setup run demo test check words bench outsized chaos verify lock clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(DONE)/system $(DONE)/python $(DONE)/node ## install everything into this folder; instant the second time

run: setup ## start the whole local stack and watch it (Ctrl-C stops it, state is kept)
	@$(PY) -m deploy up

demo: setup ## play eight procedures by themselves, with kills; results under var/demo
	@$(PY) -m bench.demo

test: setup ## everything that a release needs (some of it: make test ARGS="tests/domain -k merkle")
	@$(if $(ARGS),$(PY) -m pytest $(ARGS),mkdir -p var/tests; rm -f var/tests/*.txt; \
		$(TESTS_IN_PARALLEL) | tee var/tests/in-parallel.txt; failed=$$?; \
		if [ $$failed = 1 ]; then $(FAILED_TESTS_ALONE) | tee var/tests/once-more-alone.txt; failed=$$?; fi; \
		$(TESTS_ALONE) | tee var/tests/live-media.txt; failed=$$((failed | $$?)); \
		grep -E '^(FAILED|ERROR) ' var/tests/*.txt; exit $$failed)

check: setup ## formatting, lints, types, import contracts, budgets; of Python, scripts, style sheets and shell
	@echo "ruff";         $(PY) -m ruff check .
	@echo "ruff format";  $(PY) -m ruff format --check .
	@echo "mypy";         $(PY) -m mypy .
	@echo "lint-imports"; .venv/bin/lint-imports --no-logo
	@echo "tsc";          node_modules/.bin/tsc --project .
	@echo "eslint";       node_modules/.bin/eslint --max-warnings 0 .
	@echo "stylelint";    node_modules/.bin/stylelint '**/*.css'
	@echo "shellcheck";   .venv/bin/shellcheck .ci/run deploy/system-packages
	@echo "architecture"; $(PY) -m pytest -q tests/architecture

words: setup ## bring the PO files of the pages up to date, and tell what every language still needs
	@$(PY) -m templates

bench: setup ## measure against the floor, live rooms, and the lists of a large register; results in var/bench
	@$(PY) -m bench && $(PY) -m bench.interface && $(PY) -m bench.rooms && $(PY) -m bench.board

outsized: setup ## hold a case larger than any court's, and judge it: figures in var/bench/outsized.json
	@$(PY) -m bench.outsized $(ARGS)

chaos: setup ## hold procedures while every part is killed or hangs: make chaos ARGS="--minutes 30 --procedures 40 --seed 1"
	@$(PY) -m bench.chaos $(ARGS)

verify: $(DONE)/python ## judge a bundle offline: make verify FILE=bundle.zip TRUST=folder
	@$(PY) -m evidence verify "$(FILE)" $(if $(TRUST),--trust "$(TRUST)")

lock: $(DONE)/python ## resolve requirements.in and package.json anew, with hashes and without addresses
	$(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock requirements.in
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

clean: ## forget all local state and caches (what setup installed stays)
	@if [ -x $(PY) ]; then $(PY) -m deploy down; fi
	rm -rf var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +

$(DONE)/system: deploy/system-packages
	@deploy/system-packages
	@mkdir -p $(DONE) && touch $@

$(DONE)/python: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "estrado needs Python 3.11; say where it is: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@[ -x $(PY) ] || { echo "Making .venv"; $(PYTHON) -m venv .venv; }
	@echo "Installing Python packages ($$(grep -c '==' $<); a few minutes the first time)"
	@$(PY) -m pip install --disable-pip-version-check --require-hashes -r $< 2>&1 \
		| awk '/^Collecting/ { print "  " $$2; fflush() } /^ERROR/ { print > "/dev/stderr" }'
	@mkdir -p $(DONE) && touch $@

$(DONE)/node: package-lock.json
	@echo "Installing npm packages"
	@npm ci --no-audit --no-fund --ignore-scripts
	@mkdir -p $(DONE) && touch $@
