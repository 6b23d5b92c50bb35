# Every target sets up what it needs: a virtual environment in .venv with the locked packages.
# Without make, see "Without make" in README.md: each line below is one command.

ifeq ($(OS),Windows_NT)
PYTHON ?= py
BIN := .venv/Scripts
else
# The first Python of 3.11 or newer; `make PYTHON=…` names another.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done || echo python3)
BIN := .venv/bin
endif
PY := $(BIN)/python
READY := .venv/.ready

WHEELHOUSE_PLATFORM ?=
WHEELHOUSE_PYTHON ?=

.PHONY: help demo test test-slow test-postgres deep referee lint format docs bench wheels wheelhouse offline lock clean

help:
	@echo "make demo         the invented council's scorecard: set-up, records, the November 2021 pack"
	@echo "make test         every quick test        make test-slow   the slower ring"
	@echo "make deep         killed at random, power cuts, failing disks, many writers: at full size, within the hour"
	@echo "make referee      2,000 invented councils before the definitions and their second opinion"
	@echo "make lint         style, types, layers    make format      put the style right"
	@echo "make docs         write the reference pages anew"
	@echo "make bench        time and memory, one council and twenty; reading speed; ten years of figures"
	@echo "make wheelhouse   everything to install without internet (WHEELHOUSE_PLATFORM=win_amd64 WHEELHOUSE_PYTHON=3.12)"
	@echo "make wheels       proof that no machine needs a compiler"
	@echo "make offline      an empty environment, no network, the wheelhouse, the demo"
	@echo "make lock         after a change of dependencies (needs uv)"
	@echo "make clean        take away what make made"

$(READY): scripts/set_up.py requirements/dev.txt pyproject.toml
	$(PYTHON) scripts/set_up.py

demo: $(READY)
	$(PY) -m scorecard demo

test: $(READY)
	$(PY) -m pytest -n auto -m "not slow"

test-slow: $(READY)
	$(PY) -m pytest -n auto -m slow

test-postgres: $(READY)
	bash scripts/install_postgres.sh
	$(PY) -m pytest -n auto -m postgres

deep: export SCORECARD_DEEP = 1
deep: $(READY)
	$(PY) -m pytest -n auto -m deep

referee: export SCORECARD_COUNCILS = 2000
referee: $(READY)
	$(PY) -m pytest -n auto tests/referee

lint: $(READY)
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(BIN)/lint-imports

format: $(READY)
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

docs: $(READY)
	$(PY) scripts/reference.py

bench: $(READY)
	$(PY) scripts/bench.py
	$(PY) scripts/bench_reading.py
	$(PY) scripts/bench_kept.py
	$(PY) scripts/bench_formats.py

wheels: $(READY)
	$(PY) scripts/check_wheels.py

wheelhouse: $(READY)
	$(PY) scripts/wheelhouse.py --platform "$(WHEELHOUSE_PLATFORM)" --python "$(WHEELHOUSE_PYTHON)"

offline: $(READY)
	$(PY) scripts/offline_check.py

lock:
	$(PYTHON) scripts/lock.py

clean:
	$(PYTHON) scripts/clean.py
