# Two commands to know: `make demo` and `make test`. Each makes its own environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ENVIRONMENT := $(VENV)/.made-from

.PHONY: demo test test-external lint generate clean
.DELETE_ON_ERROR:

$(ENVIRONMENT): requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	printf '%s\n' '$(CURDIR)/service' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/peil.pth"
	touch $@

demo: $(ENVIRONMENT)
	$(BIN)/python -m peil demo $(if $(ONCE),--once)

test: $(ENVIRONMENT)
	$(BIN)/python -m pytest -m 'not external'

test-external: $(ENVIRONMENT)
	deploy/install-external
	$(BIN)/python -m pytest -m external

lint: $(ENVIRONMENT)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

generate: $(ENVIRONMENT)
	$(BIN)/python -m peil openapi > openapi/openapi.json
	$(BIN)/python -m peil schema graphql > schema/schema.graphql
	$(BIN)/python -m peil schema database > schema/database.sql

clean:
	rm -rf $(VENV) .peil
