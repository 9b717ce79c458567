# One way to do each thing. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DELETE_ON_ERROR:

# The command that ships: everything but libc linked from archives. Tests need the shared Swift runtime (the
# toolchain has no static Testing), and SwiftPM compiles differently for the two; so each has a folder of its own.
SCRATCH := .build
TEST_SCRATCH := .build-shared
ARCHIVES := $(CURDIR)/$(SCRATCH)/archives
# What clang says of C++ by itself, valgrind cannot read.
STATIC := PKG_CONFIG_PATH="$(ARCHIVES)" swift build -c release --scratch-path $(SCRATCH) --static-swift-stdlib -Xcc -gdwarf-4 -Xcxx -gdwarf-4
TESTED := swift test -c release --scratch-path $(TEST_SCRATCH) --disable-testable-imports

export WEIR_COMMAND := $(CURDIR)/$(SCRATCH)/release/weir
# Real logs to check against and to measure with; a folder, or nothing.
export WEIR_LOGS ?= ../shared/logs

.PHONY: help
help: ## Lists what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: bootstrap
bootstrap:
	@scripts/bootstrap

.PHONY: archives
archives: bootstrap
	@scripts/static-archives $(SCRATCH)/archives

.PHONY: build
build: archives ## Builds the command: .build/release/weir
	$(STATIC) --product weir

.PHONY: build-sample
build-sample: build
	$(STATIC) --product sample

.PHONY: build-rulec
build-rulec: build
	$(STATIC) --product rulec

.PHONY: build-corpus
build-corpus: build
	$(STATIC) --product corpus

# Labelled input: SIZE is 500K, 64M or 1G, DENSITY the credentials a byte.
corpus: SIZE = 64M
corpus: DENSITY = 1e-5
corpora-score: SIZE = 32M
corpora-score: DENSITY = 2e-3
SEED = 1
TO = .build-corpus

.PHONY: corpus
corpus: build-corpus ## Makes labelled input: SIZE=1G DENSITY=1e-6 (credentials a byte) SEED=7 TO=folder
	$(SCRATCH)/release/corpus make --size $(SIZE) --density $(DENSITY) --seed $(SEED) --to "$(TO)"

.PHONY: corpora-score
corpora-score: build-corpus ## Precision, recall and exact spans of a scan of such input, by rule and dress
	$(SCRATCH)/release/corpus score --size $(SIZE) --density $(DENSITY) --seed $(SEED) --weir "$(WEIR_COMMAND)" $(SCORE)

.PHONY: library
library: archives ## Builds libweir, shared and static, into .build/library
	$(STATIC) --product WeirABI
	@scripts/library $(SCRATCH)/release $(ARCHIVES) $(SCRATCH)/library

PREFIX = /usr/local

.PHONY: man
man: build ## Writes the pages of man from the help texts: .build/man
	@scripts/manual "$(WEIR_COMMAND)" $(SCRATCH)/man

.PHONY: install
install: build library man ## Installs the command, weir-append and libweir: PREFIX=/usr/local DESTDIR=
	@scripts/install "$(WEIR_COMMAND)" $(SCRATCH)/library "$(DESTDIR)$(PREFIX)"

.PHONY: dist
dist: build library man ## Packs what ships: a tarball, Debian packages, SPDX, sums: .build/dist
	@scripts/bootstrap --dist
	@scripts/dist $(SCRATCH) $(SCRATCH)/dist

.PHONY: test-dist
test-dist: dist build-sample ## Installs the packages into a clean Debian 12, as root, and tries them there
	@scripts/bootstrap --dist-test
	@scripts/check-dist $(SCRATCH) $(SCRATCH)/dist

# What every door to the engine must give the same of; see corpora/vectors.
.PHONY: vectors
vectors: build-corpus
	@$(SCRATCH)/release/corpus vectors corpora/vectors --to $(SCRATCH)/vectors
	@"$(WEIR_COMMAND)" rules compile --quiet --no-built-in Tests/Library/acme.toml --output $(SCRATCH)/acme.weir

.PHONY: test-library
test-library: library vectors ## Tests libweir through C, C++ and dlopen, and under the sanitizers
	@scripts/bootstrap --library
	@scripts/check-abi
	scripts/check-library $(SCRATCH)/library $(SCRATCH)/vectors $(SCRATCH)/acme.weir

.PHONY: wheel
wheel: library ## Builds the wheel for Python, with the library inside: .build/wheel
	@scripts/bootstrap --python
	@scripts/wheel $(SCRATCH)/library $(SCRATCH)/wheel

.PHONY: test-python
test-python: library vectors
	@scripts/bootstrap --python
	@scripts/wheel $(SCRATCH)/library $(SCRATCH)/wheel $(SCRATCH)/vectors $(SCRATCH)/acme.weir

.PHONY: test-go
test-go: library vectors
	@scripts/bootstrap --go
	@WEIR_CATALOGUE=$(abspath $(SCRATCH))/acme.weir scripts/check-go $(SCRATCH)/library $(SCRATCH)/vectors

.PHONY: test-reports
test-reports: build-sample ## Validates reports of hostile inputs: SARIF by its schema, the others by other readers
	@scripts/bootstrap --reports
	@scripts/check-reports "$(WEIR_COMMAND)" $(SCRATCH)/reports-python

.PHONY: test-ci
test-ci: build-sample ## Runs the steps for GitHub and GitLab, and the hooks for pre-commit, with the real pre-commit
	@scripts/bootstrap --reports
	@scripts/check-ci "$(WEIR_COMMAND)" $(SCRATCH)/ci-python

.PHONY: test-swift
test-swift: bootstrap ## Tests the Swift library from a package outside of the checkout
	@scripts/check-swift .build-swift

.PHONY: test-spark
test-spark: wheel vectors ## Tests weir.spark on a cluster of two workers, of which one is killed: LINES=1000000
	@scripts/bootstrap --spark
	@scripts/check-spark $(SCRATCH)/wheel $(SCRATCH)/vectors $(SCRATCH)/release/corpus $(LINES)

.PHONY: speed-go
speed-go: library vectors
	@scripts/bootstrap --go
	@scripts/check-go $(SCRATCH)/library $(SCRATCH)/vectors -run none -bench . -benchmem

.PHONY: speed-swift
speed-swift: library ## Times records through the Swift library, and beside it through libweir: LOG=file
	@scripts/time-library $(SCRATCH)/library "$(LOG)"
	@scripts/check-swift .build-swift "$(LOG)"

# LINES=1000000 is the whole form.
test-spark: LINES = 300000
test-daemons: LINES = 50000

.PHONY: test-daemons
test-daemons: build-corpus wheel ## Tests Weir in real daemons on loopback: LINES=1000000 DAEMONS="rsyslog apache"
	@scripts/bootstrap --daemons $(DAEMONS)
	@scripts/check-daemons $(DAEMONS) --lines $(LINES)

.PHONY: test-integrations
test-integrations: build-corpus library wheel vectors ## Tests libweir, all bindings and the daemons; gets what they need: LINES=20000
	@scripts/check-integrations

.PHONY: speed-library
speed-library: library ## Times records and lines through libweir: LOG=file
	@scripts/time-library $(SCRATCH)/library "$(LOG)"

.PHONY: rule-pages
rule-pages: build-rulec ## Writes the rule reference, docs/rules, from the rules
	$(SCRATCH)/release/rulec pages rules docs/rules

.PHONY: run
run: build-sample ## Sends a generated sample of logs with planted credentials through `weir redact`
	@scripts/demo

.PHONY: test
test: lint-light build-sample ## Builds, runs all tests and all checks
	$(TESTED)
	@$(MAKE) test-library
	scripts/check-c
	scripts/check-no-foundation $(SCRATCH)/release $(TEST_SCRATCH)/release
	scripts/check-static "$(WEIR_COMMAND)"
	@$(MAKE) man
	scripts/check-logs
	scripts/check-instructions
	scripts/planted-faults --check
	@python3 -B Benchmarks/compare/tests.py

.PHONY: budgets
budgets: bootstrap ## Counts anew what the rules may cost: Benchmarks/budgets.tsv
	WEIR_BUDGETS=write $(TESTED) --filter BudgetTests

.PHONY: instructions
instructions: build-sample ## Counts anew what the command costs: Benchmarks/instructions.tsv
	scripts/check-instructions --record

.PHONY: faults
faults: bootstrap ## Plants faults in the engine, one at a time; the tests must notice each
	scripts/planted-faults $(FAULTS)

# Fuzzing: one target or all in turn, so many seconds each. What is built and kept for it lies in .build-fuzz.
TARGET := all
TIME := 60

.PHONY: fuzz
fuzz: bootstrap ## Fuzzes with libFuzzer: TARGET=stream|shape|rules|twice|tinyrules TIME=60
	scripts/fuzz $(TARGET) $(TIME)

.PHONY: fuzz-short
fuzz-short: bootstrap
	$(TESTED) --filter FuzzTests

.PHONY: coverage
coverage: bootstrap ## Line coverage of WeirCore; fails below 95 %
	scripts/coverage .build-coverage 95

SANITIZER := address

.PHONY: sanitize
sanitize: bootstrap ## Runs the tests under the address sanitizer, or SANITIZER=thread
	nice -n 10 scripts/sanitize $(SANITIZER) .build-$(SANITIZER)

.PHONY: lint
lint: ## Lints Swift and shell
	@scripts/bootstrap --lint
	@scripts/lint

.PHONY: lint-light
lint-light: bootstrap
	@scripts/lint --light

.PHONY: bench
bench: build-rulec ## Measures beside other scanners; BENCH="--save" keeps the page in docs/benchmarks, --quick tries
	@python3 -B Benchmarks/compare $(BENCH)

.PHONY: bench-micro
bench-micro: build-sample ## Measures the parts of the engine, each alone; MICRO="--only records my.log"
	@mkdir -p .build-micro
	@$(SCRATCH)/release/sample --lines 16000 --bytes 4000000 rules > .build-micro/findings
	swift run -c release --package-path Benchmarks --scratch-path .build-micro micro .build-micro/findings $(MICRO)

.PHONY: clean
clean: ## Removes what was built
	rm -rf $(SCRATCH) $(TEST_SCRATCH) .build-fuzz .build-faults .build-coverage .build-address .build-thread .build-corpus .build-micro .build-swift
