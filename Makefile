# Each target first lets tools/bootstrap install what is missing; where nothing is, that takes a moment only.
.DEFAULT_GOAL := briefs
.PHONY: briefs test quick lint format golden bench bench-full regress cases trust fuzz docs reference pins lowest matrix clean help run dev judges
PYTHON := .venv/bin/python
COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)
# The inner loop, which also tells whether another version of a package or of Python will do.
QUICK = -n 2 --dist loadgroup -m "not slow and not judge"

briefs: run ## render every summary in inputs/ to outputs/, for all audiences, as PDF and Word (the main job)
	@for file in inputs/*.yaml inputs/*.yml inputs/*.json; do case $$file in *.schema.json) ;; *) [ ! -e "$$file" ] || set -- "$$@" "$$file";; esac; done; \
	.venv/bin/briefgen render "$$@"

test: lint judges ## lint, then all the tests; what a missing validator leaves unchecked is said at the end
	@$(PYTHON) -m pytest -n 2 --dist loadgroup -rs

quick: dev ## the tests that take no time, for the inner loop; what they leave out is marked slow or judge
	@$(PYTHON) -m pytest $(QUICK)

lint: dev ## ruff and mypy --strict
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check --quiet --output-format concise .
	@$(PYTHON) -m mypy

format: dev ## put the code into ruff's format
	@$(PYTHON) -m ruff check --fix-only --quiet .
	@$(PYTHON) -m ruff format .

golden: dev judges ## rewrite the expected results of the tests; read the difference before you commit it
	@$(PYTHON) -m pytest --update

bench: dev ## measure the time and the memory of the main job; docs/performance.md shows what came of it
	@tools/bootstrap bench
	@$(PYTHON) -m bench
	@$(PYTHON) -m tools.docs

bench-full: dev ## measure batches of 250 summaries and of 10,000 documents, and many ladders; an hour
	@tools/bootstrap bench
	@$(PYTHON) -m bench --full
	@$(PYTHON) -m tools.docs

regress: dev ## trust, cases, readers, tests, code and speed beside the last issue's; LABEL=11 stores them
	@tools/bootstrap bench
	@$(PYTHON) -m bench.regress $(if $(LABEL),--label $(LABEL))

cases: dev ## the inputs that failed once: what they do now, and whether that is right; CASES=html names some
	@$(PYTHON) -m bench.regress.cases $(CASES)

trust: dev ## how far the checker is to be believed, on a set of honest and bad items; SET=folder names another
	@$(PYTHON) -m bench.trust $(SET)

fuzz: dev ## damaged files of every kind, checked, read and rendered for ten minutes; MINUTES=3 SEED=7 name others
	@$(PYTHON) -m bench.fuzz --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

docs: dev ## write the documents that are made from the code
	@$(PYTHON) -m tools.docs

reference: dev ## make templates/default/reference.docx
	@$(PYTHON) -m tools.make_reference

pins: dev ## work out requirements/ anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	@$(COMPILE) pyproject.toml --extra articles --extra preview --group build --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml --all-extras --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
	@$(COMPILE) --group bench --constraints requirements/run.txt --output-file requirements/bench.txt

lowest: dev ## the quick tests with the lowest versions that pyproject.toml allows
	@tools/versions lowest $(QUICK)

matrix: dev ## the quick tests on every Python from 3.11 to 3.14 that is here
	@tools/versions matrix $(QUICK)

clean: ## remove what was rendered and every cache (.venv, .tools and node_modules stay)
	@find outputs -mindepth 1 ! -name README.md -delete
	@rm -rf .briefgen dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './.*/*' -not -path './tools/validator/*' -prune -exec rm -rf {} +

help: ## list the targets
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run dev judges:
	@tools/bootstrap $@
