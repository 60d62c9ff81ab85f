# netlab: `make run` to learn, `make test` to prove. `make help` lists the rest.

PREFIX ?= /usr/local
DESTDIR ?=
ARGS ?=

NETLAB := .build/release/netlab
DEBUG_NETLAB := .build/debug/netlab
STAMP := .build/netlab-release.stamp
SOURCES := Package.swift $(wildcard Package.resolved) $(shell find Sources)
# Hundreds of benches side by side would wait for each other, and need more descriptors than select() knows.
FEW_AT_ONCE := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
SWIFT_FILES := Sources Tests Package.swift

BIN := $(DESTDIR)$(PREFIX)/bin
SHARE := $(DESTDIR)$(PREFIX)/share/netlab
MAN := $(DESTDIR)$(PREFIX)/share/man/man1

.DEFAULT_GOAL := help
.SILENT:
.PHONY: help run build test prepare-test check-format check-build check-tests check-lessons check-docs \
	install uninstall certs bench format lint clean always

help: ## Show this list
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(STAMP) ## Install what is missing, build and start (ARGS="run --all" passes arguments)
	$(NETLAB) $(ARGS)

build: $(STAMP) ## Build the release binary

# Where no source is newer than the last build, `make run` starts at once.
$(STAMP): $(SOURCES) $(if $(wildcard $(NETLAB)),,always)
	sh scripts/prepare run
	swift build -c release --product netlab
	touch $@

test: ## Install what the tests need and run everything CI runs
	$(MAKE) --no-print-directory prepare-test
	$(MAKE) --no-print-directory check-format
	$(MAKE) --no-print-directory check-build
	$(MAKE) --no-print-directory check-tests
	$(MAKE) --no-print-directory check-lessons
	$(MAKE) --no-print-directory check-docs
	echo "All checks passed."

# Tests and lessons keep what they make inside the checkout, and warnings are errors.
check-build check-tests check-lessons check-docs: export NETLAB_STRICT := 1
check-build check-tests check-lessons check-docs: export NETLAB_BINARY := $(CURDIR)/$(DEBUG_NETLAB)
check-build check-tests check-lessons check-docs: export NETLAB_DATA := $(CURDIR)
check-build check-tests check-lessons check-docs: export XDG_STATE_HOME := $(CURDIR)/.build/test-state

prepare-test:
	sh scripts/prepare test

check-format:
	echo "== format"
	swift format lint --strict --recursive --parallel $(SWIFT_FILES)

check-build:
	echo "== build, warnings are errors"
	swift build --build-tests
	swift build --product netlab

check-tests:
	echo "== tests without sockets"
	bash scripts/run-tests --skip 'LoopbackTests|LessonTests|InteropTests|TerminalTests'
	echo "== tests on real sockets"
	$(FEW_AT_ONCE) bash scripts/run-tests --filter LoopbackTests
	echo "== every lesson, again and again"
	$(FEW_AT_ONCE) bash scripts/run-tests --filter LessonTests
	echo "== tests with other programs"
	$(FEW_AT_ONCE) bash scripts/run-tests --filter InteropTests
	echo "== tests in a terminal"
	$(FEW_AT_ONCE) bash scripts/run-tests --filter TerminalTests

check-lessons:
	echo "== lessons: lint, then every lesson on real sockets"
	$(DEBUG_NETLAB) lint
	$(DEBUG_NETLAB) run --all

check-docs:
	echo "== the manual agrees with --help"
	bash scripts/check-docs $(DEBUG_NETLAB)

install: $(STAMP) ## Install under PREFIX (default /usr/local; DESTDIR is honoured)
	install -d "$(BIN)" "$(SHARE)/certs" "$(MAN)"
	install -m 755 $(NETLAB) "$(BIN)/netlab"
	rm -rf "$(SHARE)/lessons"
	cp -R lessons "$(SHARE)/lessons"
	install -m 644 certs/pki.yaml certs/README.md "$(SHARE)/certs"
	install -m 644 LICENSE "$(SHARE)/LICENSE"
	install -m 644 docs/netlab.1 "$(MAN)/netlab.1"
	echo "Installed $(BIN)/netlab, $(SHARE) and $(MAN)/netlab.1"

uninstall: ## Remove what `make install` put under PREFIX
	rm -f "$(BIN)/netlab" "$(MAN)/netlab.1"
	rm -rf "$(SHARE)"
	echo "Removed netlab from $(DESTDIR)$(PREFIX). Progress and certificates of your own are left alone."

certs: $(STAMP) ## Make the lab's certificates that are missing, and say where they are
	$(NETLAB) doctor

# Installs nothing: what is not here is skipped, and said so.
bench: ## Measure the release binary beside other servers (QUICK=1 takes two minutes)
	swift build -c release --product netlab
	python3 Benchmarks/bench.py $(if $(QUICK),--quick) $(ARGS)

format: ## Format the sources in place
	swift format --in-place --recursive --parallel $(SWIFT_FILES)

lint: check-format $(STAMP) ## Check formatting, and the lessons for mistakes
	NETLAB_DATA="$(CURDIR)" $(NETLAB) lint

clean: ## Remove everything that was built
	rm -rf .build
