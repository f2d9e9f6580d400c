# The front door. Each target makes sure that Node and the dependencies are there (scripts/run.sh), then runs.
.DEFAULT_GOAL := help
.PHONY: help demo test bench check format build e2e clean

RUN := ./scripts/run.sh

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## build and start the demo: a CRM behind the gate, a phone to read messages on (no root needed)
	@$(RUN) npm run --silent build
	@$(RUN) node dist/app/main.js demo

test: ## everything a build server runs: types, style, dead code, generated files, build, tests, real browsers
	@./scripts/system-packages.sh
	@$(RUN) node scripts/test.ts

bench: ## the benchmarks, each beside a peer; prints ratios
	@$(RUN) npm run --silent build
	@$(RUN) node bench/main.ts

check: ## the quick part of the tests: types, style, dead code, generated files, unit tests
	@$(RUN) node scripts/test.ts --quick

format: ## format the sources and rewrite the generated files
	@$(RUN) node scripts/generate.ts
	@$(RUN) biome check --write .

build: ## compile the server and the pages into dist/ and web/dist/
	@$(RUN) npm run --silent build

e2e: ## only the tests with real browsers and other real clients
	@./scripts/system-packages.sh
	@$(RUN) node scripts/test.ts build e2e

clean: ## remove what was built, installed and fetched; the demo's data too
	rm -rf dist web/dist node_modules .runtime demo-data coverage test-results screenshots
