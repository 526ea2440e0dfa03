# Thin over dev.py, which does the work and also runs where there is no make: python dev.py run
PYTHON := $(firstword $(foreach name,python3 python,$(shell command -v $(name))))

.PHONY: run test test-long test-package check bench setup package fuzz

run: ## make run ARGS="--demo"
	@$(PYTHON) dev.py run $(ARGS)

test test-long test-package: ## make test ARGS="tests/backend -x"
	@$(PYTHON) dev.py $@ $(ARGS)

check: ## every static check, then the tests; CHECK_ARGS=--no-tests leaves those out
	@$(PYTHON) dev.py check $(CHECK_ARGS)

bench setup package:
	@$(PYTHON) dev.py $@ $(ARGS)

fuzz: setup ## make fuzz ARGS="commands --seconds 60"
	@.venv/bin/python -m tests.backend.fuzz $(ARGS)
