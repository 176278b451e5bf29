# Everything starts here; `make help` lists the targets. No target needs root but test-all, which installs Debian packages.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
STAMP := .venv/.installed
DEV_STAMP := .venv/.installed-dev

.PHONY: help demo test test-all test-compiled test-editors test-pythons lint soak differential bench docs lock pack clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e .
	@$(BIN)/python -c "open('$(STAMP)', 'w').close()"

$(DEV_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	@$(BIN)/python -c "open('$(DEV_STAMP)', 'w').close()"

demo: $(STAMP) ## check the deliberately vulnerable sample app and show what secloop says
	$(BIN)/python scripts/demo.py

test: $(DEV_STAMP) lint ## lint, types, layers and the tests that run anywhere
	$(BIN)/python -m pytest -n 2 --ignore=tests/validators --ignore=tests/compiled --ignore=tests/editors

lint: $(DEV_STAMP) ## ruff, mypy --strict and the layers of the design
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

test-all: test docs ## what CI runs: also the site, and the tests that need packages from Debian and npm
	$(BIN)/python scripts/test_validators.py
	$(MAKE) test-editors

test-compiled: $(DEV_STAMP) ## the engine's tests on the wheel that users install, compiled, in an environment of its own
	$(BIN)/python scripts/compiled.py -m pytest -q -n 2 tests/compiled tests/native tests/engine tests/parity tests/differential

test-editors: $(DEV_STAMP) ## the extension in a real VS Code, the plugin in a real Neovim, and Emacs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[editors]'
	$(BIN)/python scripts/test_editors.py

test-pythons: $(DEV_STAMP) ## the tests on every supported Python that is present
	$(BIN)/python scripts/test_pythons.py

soak: $(DEV_STAMP) ## thousands of random edit sequences: server = check, and every tree that of a fresh parse
	SECLOOP_SEQUENCES=$${SECLOOP_SEQUENCES:-3000} SECLOOP_EDITS=$${SECLOOP_EDITS:-100000} SECLOOP_NATIVE_EDITS=$${SECLOOP_NATIVE_EDITS:-20000} $(BIN)/python -m pytest tests/parity tests/syntax/test_python_text.py tests/native/test_incremental.py -q --timeout=0

differential: $(DEV_STAMP) ## native engine = semgrep-core, on generated rules and real code, for MINUTES (30)
	$(BIN)/python tests/differential/campaign.py --minutes $${MINUTES:-30} $${SEED:+--seed $$SEED}

bench: $(DEV_STAMP) ## latency, time and memory of what users install, side by side with peers
	$(BIN)/python scripts/compiled.py benchmarks/run.py --pack
	$(BIN)/python scripts/compiled.py benchmarks/run.py
	$(BIN)/python scripts/compiled.py benchmarks/editor_latency.py

docs: $(STAMP) ## a page for each rule in docs/rules, and a site of them in site/; a link that leads nowhere is an error
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[docs]'
	$(BIN)/python -m secloop rules docs docs/rules rules
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

lock: $(DEV_STAMP) ## write requirements.lock anew from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.10 --all-extras --no-emit-index-url --no-annotate --no-header -o requirements.lock pyproject.toml

pack: $(DEV_STAMP) ## write what rules share into them, the bundled pack as it ships, and docs/peers.md, after a rule or a shared part changed
	$(BIN)/python scripts/write_rules.py
	$(BIN)/python scripts/write_shipped_rules.py
	$(BIN)/python scripts/peers_table.py

clean: ## remove what the targets above made
	$(PYTHON) -c "import shutil; [shutil.rmtree(p, ignore_errors=True) for p in ('.venv', 'dist', 'docs/rules', 'site', '.mypy_cache', '.ruff_cache', '.pytest_cache', '.hypothesis')]"
