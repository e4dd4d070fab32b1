# The front door. `make` builds, `make run` shows it working, `make help` lists the rest.
# Stdout carries only what a target is asked for (`make run | jq` works); a build's progress goes to stderr.

# What a user may set. Such a value is data, never code: it is taken as written, so that make doesn't expand a `$` in it,
# and passed to the scripts in the environment, so that no shell parses it. The scripts check it. This doesn't hold for
# make's own variables, such as MAKE, MAKEFILES, MAKEFLAGS and SHELL, whose purpose is to change what make runs.
override GIVEN := ARCH ARGS ARTIFACTS_DIR BUCKET DESTDIR EVENT EVENTS FUNCTION JOB_DEFINITIONS JOB_QUEUES KEYS ONLY \
  PACKAGE PARAMETERS PREFIX RESPONSES SECONDS SEED SHA256 STACK TABLE TLS TRIES VERSION YES
$(foreach each,$(GIVEN),$(eval export given_$(each) := $$(value $(each))))
export given_MAKEFILE := $(value MAKEFILE_LIST)
# Make expands the variables of its command line when it exports them, and again in a make that it starts.
$(foreach each,$(filter-out SHELL MAKEFLAGS,$(.VARIABLES)),$(if $(filter command,$(origin $(each))),\
  $(eval override export $(each) := $$(value $(each)))))
unexport each
override MAKEOVERRIDES :=
# VPATH would make it look for this folder's files elsewhere.
override VPATH :=

override BUILT      := .build/release/SubmitJobFunction
override COMMAND    := .build/debug/apigw-batch
override OPTIMIZED  := .build/release/apigw-batch
override JSONCHECK  := .build/release/JSONCheck
override REPORTPAGE := .build/debug/ReportPage
# The function's own targets and tests, without the tools and their dependencies; see Package.swift.
override SANITIZED  := APIGW_BATCH_FUNCTION_ONLY=1 APIGW_BATCH_FUNCTION="$$PWD/.build-asan/debug/SubmitJobFunction"
# SwiftPM deletes Package.resolved in a build without dependencies; the next build of the tools needs it.
override KEEP_VERSIONS := cp -p Package.resolved .build-asan && trap 'cp -p .build-asan/Package.resolved .' EXIT;
# Tests that Swift Testing runs at once; see scripts/test.sh.
override SIX_AT_ONCE := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=6
# Folders as well as files, so that a deleted file counts as a change.
override SOURCES    := Package.swift $(shell find Sources Linker)
# What runs a function: the command, and the function that is built unless a FUNCTION is given.
override TO_RUN      = $(if $(given_FUNCTION),,$(BUILT)) $(COMMAND)
override WITH        = $(if $(given_FUNCTION),scripts/with_function.py)
# Says what is being built: $(call announce,the function,1). Targets that build two things say which one it is.
override announce    = echo 'Building $(1)$(if $(TWO), ($(2) of 2)) ...' >&2
override TWO         :=
build install: override TWO := yes
run invoke serve compare: override TWO = $(if $(given_FUNCTION),,yes)
# An option for a script if the variable is set: $(call option,stack,STACK).
override option      = $${given_$(2):+--$(1)="$$given_$(2)"}

.DEFAULT_GOAL := build
.PHONY: build run invoke serve compare test check sanitize races model lint lint-template linkage package image \
  package-test deploy destroy install release airflow-test fuzz fuzz-wire fuzz-owners campaign bench profile start-order \
  format clean libraries help
.NOTPARALLEL:
.SILENT:

build: $(BUILT) $(COMMAND)            ## Build the function (release) and the command (debug)

run: $(TO_RUN)                        ## Submit a job with a sample event, all on this machine; FUNCTION=x.zip runs a ready-made function
	$(WITH) $(COMMAND) invoke events/rest-submit.json

invoke: $(if $(given_EVENT)$(given_ARGS),$(TO_RUN)) ## Run the function with any event: make invoke EVENT=events/x.json ARGS='--timeout 5'
	$(if $(given_EVENT)$(given_ARGS),,echo 'EVENT is not set; run: make invoke EVENT=events/http-submit.json' >&2; exit 64)
	$(WITH) scripts/with-args.sh $(COMMAND) invoke

serve: $(TO_RUN)                      ## Run template.yaml on port 3000; ARGS='--port 0' adds options
	$(WITH) scripts/with-args.sh $(COMMAND) serve

compare: $(if $(given_FUNCTION),,$(BUILT)) $(OPTIMIZED) ## Compare the integrations: make compare ARGS='--rate 30 --html report.html'
	$(WITH) scripts/with-args.sh $(OPTIMIZED) compare

test: build $(JSONCHECK) $(REPORTPAGE) .venv/ready ## Run the Swift tests, then the conformance and release tests in Python
	scripts/install-libraries.sh tests
	scripts/test.sh

# CI runs exactly this, and then `make package-test`.
check: lint lint-template linkage model test sanitize ## Run everything CI runs except package-test

# The linker prints thousands of lines about the sanitizer's own symbols; they are shown only if it fails.
sanitize: test                        ## Run the function's tests again under the address sanitizer
	mkdir -p .build-asan
	echo 'Building the tests with the address sanitizer ...' >&2
	$(KEEP_VERSIONS) $(SANITIZED) swift build --build-tests --sanitize=address --scratch-path .build-asan >.build-asan/log 2>&1 || \
	  { cat .build-asan/log >&2; exit 1; }
	$(KEEP_VERSIONS) $(SANITIZED) $(SIX_AT_ONCE) \
	  swift test --disable-xctest --quiet --skip-build --sanitize=address --scratch-path .build-asan
	$(SANITIZED) .venv/bin/python -m pytest Tests/Conformance -n 2 --dist loadfile --no-loadscope-reorder \
	  -k 'test_function and not memory and not faults and not restores'

races: build                          ## Run the tests of the local servers under the thread sanitizer, in a separate build
	echo 'Building the tests with the thread sanitizer ...' >&2
	$(SIX_AT_ONCE) swift test --disable-xctest --sanitize=thread --scratch-path .build-tsan --filter '^Local'

lint: libraries                       ## Check the formatting of the sources and the syntax of the scripts
	for script in bootstrap scripts/*.sh; do sh -n "$$script" || exit 1; done
	swift format lint --strict --parallel --recursive Sources Tests Package.swift

# Works offline, without an account.
lint-template: .venv-sam/ready        ## Check template.yaml and examples/ with linters and tests
	.venv-sam/bin/cfn-lint --region us-east-1 -- template.yaml examples/*.yaml
	for template in template.yaml examples/*.yaml; do SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=us-east-1 \
	  .venv-sam/bin/sam validate --lint --template "$$template" >&2 || exit 1; done
	.venv-sam/bin/python -m pytest Tests/Template

model:                                ## Verify the model of "exactly once" with spin, and refute its mutants
	scripts/install-libraries.sh model
	scripts/check-model.sh

linkage: build                        ## Check that the function links no Foundation and few shared objects
	scripts/check-linkage.sh

image: package                        ## Build dist/apigw-batch-x86_64.oci.tar, a container image; ARCH=arm64, or ARCH=all for both
	scripts/make_image.py "$$given_ARCH"

package:                              ## Build dist/apigw-batch-x86_64.zip for Lambda; ARCH=arm64, or ARCH=all for both
	scripts/package.sh "$$given_ARCH"

deploy:                               ## Deploy template.yaml: make deploy JOB_QUEUES=a,b JOB_DEFINITIONS='c-*'; PACKAGE=x.zip needs no Swift
	scripts/deploy.py $(call option,stack,STACK) $(call option,arch,ARCH) $(call option,job-queues,JOB_QUEUES) \
	  $(call option,job-definitions,JOB_DEFINITIONS) $(call option,parameters,PARAMETERS) \
	  $(call option,bucket,BUCKET) $(call option,package,PACKAGE) $(call option,sha256,SHA256)

destroy:                              ## Delete the deployment (asks first unless YES=1)
	scripts/destroy.py $(call option,stack,STACK) $(call option,yes,YES)

install: $(BUILT) $(OPTIMIZED)        ## Install the command, the function and shell completions: make install PREFIX=/usr/local
	scripts/install.sh $(call option,prefix,PREFIX) $(call option,destdir,DESTDIR)

release:                              ## Check everything that a release needs, then tag it: make release VERSION=0.2.0
	scripts/release.py $(call option,version,VERSION)

package-test: image $(COMMAND) .venv/ready .venv-sam/ready ## Build the package twice, compare, and run it in an empty root; ARCH=arm64 in an emulator, ARCH=all both
	scripts/test-package.sh "$$given_ARCH"

# The target that `sam build` runs, possibly in a copy of the checkout. The package is built next to this file, where its
# cache is.
build-SubmitJobFunction:
	cd "$$(dirname -- "$${given_MAKEFILE# }")" && scripts/package.sh "$$given_ARCH" "$$given_ARTIFACTS_DIR"

airflow-test: build .venv-airflow/ready ## Run Airflow's operator for Batch against the embedded Batch
	.venv-airflow/bin/python -m pytest Tests/Airflow

fuzz: libraries                       ## Fuzz the JSON and event readers under the address sanitizer: make fuzz SECONDS=60
	scripts/fuzz.sh $${given_SECONDS:+"$$given_SECONDS"}

fuzz-wire: $(BUILT) .venv/ready       ## Fuzz both sides of the function's wire: make fuzz-wire EVENTS=200000 RESPONSES=20000 SEED=1
	.venv/bin/python Tests/Conformance/fuzz_wire.py $(call option,events,EVENTS) $(call option,responses,RESPONSES) \
	  $(call option,seed,SEED) $(call option,only,ONLY) $(call option,tls,TLS)

fuzz-owners: $(BUILT) .venv/ready     ## Try to see and to stop other callers' jobs: make fuzz-owners TRIES=100000 SEED=1
	.venv/bin/python Tests/Conformance/fuzz_owners.py $(call option,tries,TRIES) $(call option,seed,SEED)

campaign: build .venv/ready           ## Prove one job per key while everything fails: make campaign KEYS=100000 SEED=1
	.venv/bin/python Tests/Conformance/campaign.py $(call option,keys,KEYS) $(call option,seed,SEED) \
	  $(call option,table,TABLE) $(call option,only,ONLY)

format:                               ## Format the sources in place
	swift format --in-place --parallel --recursive Sources Tests Package.swift

bench: $(BUILT) $(OPTIMIZED) package ## Measure the function, the package and the gateway; see Benchmarks/RESULTS.md
	scripts/install-libraries.sh bench
	$(MAKE) --no-print-directory -C Benchmarks >&2
	python3 Benchmarks/bench.py

profile: $(BUILT)                     ## List what a warm invocation spends its instructions on
	scripts/install-libraries.sh bench
	$(MAKE) --no-print-directory -C Benchmarks >&2
	python3 Benchmarks/top_ten.py

start-order: package                  ## List the functions of a start, which the package then has side by side
	scripts/install-libraries.sh bench
	$(MAKE) --no-print-directory -C Benchmarks >&2
	python3 Benchmarks/start_order.py

clean:                                ## Remove everything that was built
	rm -rf .build .build-asan .build-tsan .venv .venv-airflow .venv-sam Tests/.pytest_cache dist

libraries:                            ## Install the C libraries that a build needs and that are missing
	scripts/install-libraries.sh build

help:                                 ## List the targets
	sed -n 's/^\([a-z-]*\):.*## /\1\t/p' "$${given_MAKEFILE# }" | expand -t 16

# SwiftPM decides what to compile. Asking it takes seconds, so it's asked only if a source has changed.
$(BUILT): $(SOURCES) | libraries
	$(call announce,the function,1)
	swift build -c release --product SubmitJobFunction >&2
	touch $@

$(COMMAND): $(SOURCES) | libraries
	$(call announce,the command apigw-batch,2)
	swift build --product apigw-batch >&2
	touch $@

$(OPTIMIZED): $(SOURCES) | libraries
	$(call announce,the command in release mode,2)
	swift build -c release --product apigw-batch >&2
	touch $@

$(JSONCHECK): $(SOURCES) $(shell find Tests/JSONCheck) | libraries
	echo 'Building JSONCheck, which the tests of the JSON reader run ...' >&2
	swift build -c release --product JSONCheck >&2
	touch $@

$(REPORTPAGE): $(SOURCES) $(shell find Tests/ReportPage) | libraries
	echo 'Building ReportPage, which the tests of the report run ...' >&2
	swift build --product ReportPage >&2
	touch $@

# The conformance tests' own Python, rebuilt when the pinned versions change.
.venv/ready: Tests/Conformance/requirements.txt
	scripts/install-libraries.sh tests
	echo "Installing the tests' Python packages into .venv ..." >&2
	python3 -m venv --clear .venv >&2
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement $< >&2
	touch $@

# SAM pins other versions of what the conformance tests use, so it has its own Python.
.venv-sam/ready: Tests/Template/requirements.txt
	scripts/install-libraries.sh tests
	echo "Installing the SAM CLI and cfn-lint into .venv-sam ..." >&2
	python3 -m venv --clear .venv-sam >&2
	.venv-sam/bin/python -m pip install --quiet --disable-pip-version-check --requirement $< >&2
	touch $@

.venv-airflow/ready: Tests/Airflow/requirements.txt
	scripts/install-libraries.sh tests
	echo "Installing Airflow into .venv-airflow ..." >&2
	python3 -m venv --clear .venv-airflow >&2
	.venv-airflow/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $< >&2
	touch $@
