# The front door. `make` builds, `make run` shows it working, `make help` lists the rest.
# Stdout carries only what a target is asked for (`make run | jq` works); a build's progress goes to stderr.

FUNCTION := .build/release/SubmitJobFunction
COMMAND  := .build/debug/apigw-batch
# Folders as well as files, so that a file taken away counts as a change.
SOURCES  := Package.swift $(shell find Sources Linker)

.DEFAULT_GOAL := build
.PHONY: build run invoke test check lint linkage format bench profile clean libraries help
.NOTPARALLEL:
.SILENT:

build: $(FUNCTION) $(COMMAND)         ## Build the function (release) and the command (debug)

run: build                            ## Submit a job by a sample event, all on this machine
	$(COMMAND) invoke events/rest-submit.json

invoke: $(if $(EVENT)$(ARGS),build)   ## The same for any event: make invoke EVENT=events/x.json ARGS='--timeout 5'
	$(if $(EVENT)$(ARGS),,echo 'Which event? Type: make invoke EVENT=events/http-submit.json' >&2; exit 64)
	$(COMMAND) invoke $(ARGS) $(if $(EVENT),'$(EVENT)')

test: build .venv/ready               ## Run all tests: Swift Testing, then the conformance tests in Python
	swift test --disable-xctest
	.venv/bin/python -m pytest Tests/Conformance

check: lint linkage test              ## Everything CI checks: formatting, warnings as errors, linkage, tests

lint: libraries                       ## Check the formatting of the sources
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

linkage: build                        ## Check that the function links no Foundation and few shared objects
	scripts/check-linkage.sh

format:                               ## Format the sources in place
	swift format --in-place --parallel --recursive Sources Tests Package.swift

bench: $(FUNCTION)                    ## Measure the function beside C and Python; see Benchmarks/RESULTS.md
	$(MAKE) --no-print-directory -C Benchmarks >&2
	python3 Benchmarks/bench.py

profile: $(FUNCTION)                  ## List what a warm invocation spends its instructions on
	$(MAKE) --no-print-directory -C Benchmarks >&2
	python3 Benchmarks/top_ten.py

clean:                                ## Remove everything that was built
	rm -rf .build .venv .pytest_cache

libraries:                            ## Install the C libraries a build needs, where they are missing
	scripts/install-libraries.sh build

help:                                 ## List the targets
	sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# SwiftPM decides what to compile; asking it takes seconds, so it's asked only when a source has changed.
$(FUNCTION): $(SOURCES) | libraries
	swift build -c release --product SubmitJobFunction >&2
	touch $@

$(COMMAND): $(SOURCES) | libraries
	swift build --product apigw-batch >&2
	touch $@

# The conformance tests' own Python, made again whenever the pinned versions change.
.venv/ready: Tests/Conformance/requirements.txt
	scripts/install-libraries.sh tests
	python3 -m venv --clear .venv >&2
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $< >&2
	touch $@
