PYTHON ?= python3
VENV ?= .venv
STORE ?= sqlite
PORT ?= 8501
BIN := $(VENV)/bin
LOCK := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--extra neo4j-server pyproject.toml

.PHONY: demo test lint types bench lock clean

demo: $(VENV)/.run  ## read the sample dossier and open the app on 127.0.0.1
	@PATH="$(BIN):$$PATH" PORT=$(PORT) sh samples/demo.sh $(STORE)

test: $(VENV)/.browser  ## every test, on both stores and in a real browser
	$(BIN)/python -m pytest -q

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m bench.reading ../shared/data/polnear/dev.jsonl
	$(BIN)/python -m bench.ingest

lock:  ## needs uv
	$(LOCK) --group build -o requirements/run.lock
	$(LOCK) --group dev -c requirements/run.lock -o requirements/dev.lock

clean:
	rm -rf $(VENV) .demo dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info[:2] <= (3, 14) or sys.exit("On Record needs Python 3.11 to 3.14: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.browser: tests/browser.py $(VENV)/.dev
	$(BIN)/python tests/browser.py
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(BIN)/python -m pip install -q --require-hashes -r requirements/dev.lock
	@touch $@
