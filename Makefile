# Two commands do everything, set-up included: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The tests wait for sockets, terminals and clocks more than they compute: three for each processor.
PROCESSES ?= $(shell echo $$((3 * $$(nproc))))

# What was compiled is kept: each process of the tests would do it again, and each program that they start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test format lint types contracts collected tests lock wheel clean

demo: $(READY)
	$(BIN)/python -I -m wsq_huddle demo

test: format lint contracts
	$(MAKE) --jobs=2 types collected
	$(MAKE) tests

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

# pytest rewrites the asserts of all that it collects: once here, while the types are looked at, not in each process.
collected: $(READY)
	$(BIN)/python -m pytest --collect-only --quiet > /dev/null

# Each process begins at another part of the tests: those that compute run beside those that wait.
tests: $(READY)
	$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal

# Debian splits ensurepip from python3; pip itself installs into an environment that has none.
$(READY): requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes -r requirements/dev.lock
	$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Needs uv on the PATH. Lock files carry versions and hashes, no addresses.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
lock:
	$(LOCK) --all-extras --group dev -o requirements/dev.lock
	$(LOCK) --extra postgres -o requirements/run.lock
	$(LOCK) --extra postgres --extra notify -o requirements/run-notify.lock

wheel: $(READY)
	$(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
