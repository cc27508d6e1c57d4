# RDM Twente. `make demo` starts it, `make test` proves it.
PYTHON = $(or $(shell sh tools/python.sh),$(error Er is geen Python die past))
BIN = .venv/bin
LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-config --quiet

.PHONY: demo test check nightly bench format lock setup audit clean

demo: ## everything set up and started; prints the address (PORT=8001 for another port)
	@exec $(PYTHON) tools/demo.py $(if $(PORT),--port $(PORT))

test: ## checks, then all tests on SQLite, and on PostgreSQL and Redis where they answer
	@$(PYTHON) tools/test.py

check: ## ruff, mypy, import directions, migrations, Django's own checks
	@$(PYTHON) tools/check.py

nightly: ## the long runs: stateful, fuzz, bench
	@$(PYTHON) tools/test.py --nightly

bench: setup ## time, queries and bytes per page at 1,000 and 20,000 cases
	@$(BIN)/python -m bench

format: setup
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .

setup:
	@$(PYTHON) tools/setup.py --dev

lock: setup ## resolve pyproject.toml anew into requirements/*.txt
	@$(LOCK) --upgrade pyproject.toml -o requirements/base.txt
	@$(LOCK) --upgrade pyproject.toml --extra dev -c requirements/base.txt -o requirements/dev.txt
	@$(LOCK) --upgrade --group node -o requirements/node.txt

audit: setup ## known weaknesses in the locked packages (asks the internet)
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements/base.txt

clean: ## remove the environment and everything that was made; the source stays
	rm -rf .venv var frontend/node_modules
