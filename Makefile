# The front door. Meson does the work; `make help` lists what can be asked for.

PYTHON ?= python3
BUILD  ?= build
CACHE  := $(or $(HERMETIC_CACHE),build-cache)
VENV   := $(abspath $(CACHE)/venv)
MESON  := PATH="$(VENV)/bin:$$PATH" $(VENV)/bin/meson
SETUP  :=

all: $(BUILD)/build.ninja ## build the library and the command into build/
	$(MESON) compile -C $(BUILD)

$(BUILD)/build.ninja: pins.toml tools/fetch.py
	tools/setup.sh
	$(PYTHON) tools/fetch.py venv $(VENV) build
	$(MESON) setup $(if $(wildcard $(BUILD)/build.ninja),--reconfigure) $(SETUP) $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

run: all ## clean and summarise a real data set, under limits; then the same inside Datasette's agent (STAY=1: and stay)
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-demo) demo >/dev/null
	sh examples/report/run.sh $(BUILD)/cli/hermetic $(abspath $(CACHE)/venv-demo)
	if $(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-plugins) plugins >/dev/null; then \
	    sh examples/datasette/run.sh $(BUILD) $(abspath $(CACHE)/venv-plugins) $(if $(STAY),--stay); \
	else echo "pins.toml has no Datasette for this Python: the conversation with its agent is left out"; fi

test: all ## all tests (under 25 minutes on two cores)
	tools/setup.sh browser || echo "no browser: the tests of the plugins' pages are skipped"
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-test) test >/dev/null
	$(MESON) test -C $(BUILD) --print-errorlogs

stress: all ## programs in a guest that collects at every allocation, with the fuel that the slow ones need
	$(MESON) compile -C $(BUILD) hermetic-stress
	$(PYTHON) tests/stress/run.py --stress $(BUILD)/tests/stress/hermetic-stress --hermetic $(BUILD)/cli/hermetic \
	    --source "$$($(PYTHON) tools/fetch.py source micropython)" --fuel 2T

cpython-tests: all ## all of CPython's own tests in the guest; writes docs/limitations/cpython-tests.md and the list of failures
	$(PYTHON) tests/cpython/run.py --tests "$$($(PYTHON) tools/fetch.py source cpython-tests)/Lib/test" \
	    --record --table docs/limitations/cpython-tests.md $(BUILD)/cli/hermetic

# Checkers: each in a build directory of its own, with the generated code and the image of the first one. docs/testing.md
# says what each can see.
CLANG   ?= clang-19
LLVM    := $(patsubst clang%,llvm-symbolizer%,$(notdir $(CLANG)))
SYMBOLS := $(shell command -v $(LLVM))
define checked # NAME, options of Meson, options of the test
	tools/setup.sh clang
	$(if $(wildcard $(BUILD)-$(1)/build.ninja),,CC="$(CLANG)" $(MESON) setup -Dgenerated=$(abspath $(BUILD)) \
	    -Doptimization=1 -Ddebug=true -Db_lundef=false $(2) $(BUILD)-$(1))
	ASAN_OPTIONS=detect_stack_use_after_return=0:halt_on_error=1:abort_on_error=1 ASAN_SYMBOLIZER_PATH=$(SYMBOLS) \
	UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1 \
	TSAN_SYMBOLIZER_PATH=$(SYMBOLS) $(MESON) test -C $(BUILD)-$(1) --print-errorlogs $(3)
endef

asan: all ## tests of the library under AddressSanitizer
	$(call checked,asan,-Db_sanitize=address,--no-suite mutants)

ubsan: all ## the same under UndefinedBehaviorSanitizer
	$(call checked,ubsan,-Db_sanitize=undefined,--no-suite mutants)

tsan: all ## the same under ThreadSanitizer
	$(call checked,tsan,-Db_sanitize=thread,--no-suite mutants)

valgrind: all ## the same under Valgrind, with explicit checks only
	tools/setup.sh valgrind
	$(call checked,valgrind,-Dc_args='-DHERMETIC_HAVE_VALGRIND -DHERMETIC_ONLY_BOUNDS',--setup valgrind)

wheel: all ## the wheel of the Python package for this machine, into dist/
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-wheel) wheel >/dev/null
	PATH="$(abspath $(CACHE)/venv-wheel)/bin:$$PATH" $(abspath $(CACHE)/venv-wheel)/bin/python -m pip --disable-pip-version-check wheel . \
		--no-deps --no-build-isolation -w dist \
		-Cbuild-dir=$(BUILD)-wheel -Csetup-args=-Dgenerated=$(abspath $(BUILD))
	$(PYTHON) tools/wheels.py --retag --native "$$(ls -t dist/hermetic-*.whl | head -1)"

sdist: wheel ## the source distribution of the Python package, with the generated C, into dist/
	$(VENV)-wheel/bin/meson dist -C $(BUILD)-wheel --no-tests --formats gztar --allow-dirty
	cp $(BUILD)-wheel/meson-dist/*.tar.gz dist/

wheels: wheel ## the wheels for all platforms, cross-compiled, into dist/
	$(PYTHON) tools/wheels.py --build $(BUILD) --native "$$(ls -t dist/hermetic-*-cp*.whl | head -1)" --out dist/wheels

debug-python: all ## tests of the Python package in Debian's debug build of CPython 3.11
	tools/setup.sh debug-python
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-python) python >/dev/null
	PYTHONDONTWRITEBYTECODE=1 HYPOTHESIS_STORAGE_DIRECTORY=$(abspath $(BUILD))/hypothesis \
	PYTHONPATH=$(abspath $(BUILD))/python:$$($(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-python) python) \
	    python3.11-dbg -X dev -m pytest -q -p no:cacheprovider tests/python

asan-python: all ## tests of the Python package under AddressSanitizer, with a look for leaks of the extension
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-python) python >/dev/null
	$(if $(wildcard $(BUILD)-asan-python/build.ninja),,$(MESON) setup -Dwheel=true -Dgenerated=$(abspath $(BUILD)) \
	    -Doptimization=1 -Ddebug=true -Db_lundef=false -Db_sanitize=address $(BUILD)-asan-python)
	$(MESON) compile -C $(BUILD)-asan-python
	$(abspath $(CACHE)/venv-python)/bin/python tests/python/sanitized.py $(BUILD)-asan-python

SOAK ?=
soak: all ## a million runs, and 100,000 sessions with faults of every kind (SOAK='--runs N --sessions N' for fewer)
	PYTHONPATH=$(abspath $(BUILD))/python $(PYTHON) tests/python/soak.py $(SOAK)

check-wheels: ## abi3audit and twine check of what is in dist/
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-audit) audit >/dev/null
	$(abspath $(CACHE)/venv-audit)/bin/abi3audit --strict --verbose dist/*.whl dist/wheels/*.whl
	$(abspath $(CACHE)/venv-audit)/bin/twine check --strict dist/*.whl dist/*.tar.gz dist/wheels/*.whl

compilers: all ## gcc, clang, zig, -O0 to -O3, aarch64: no warning, tests pass, same outcomes and fuel
	tools/setup.sh clang qemu
	$(PYTHON) tests/compilers/build.py --build $(BUILD) --meson $(VENV)/bin/meson \
	    --zig "$$($(PYTHON) tools/fetch.py venv $(VENV) build)/ziglang/zig" \
	    --source "$$($(PYTHON) tools/fetch.py source micropython)"

DIFFERENTIAL_SECONDS ?= 60
differential: all ## random programs in the guest and in CPython 3.11 for DIFFERENTIAL_SECONDS
	PYTHONPATH=$(abspath $(BUILD))/python $(abspath $(CACHE))/venv-python/bin/python tests/differential/run.py \
	    --seconds $(DIFFERENTIAL_SECONDS) --seed $$(date +%s)

FUZZ_SECONDS ?= 60
FUZZ_TARGETS := cbor options snapshot guest
fuzz: all ## each libFuzzer target for FUZZ_SECONDS, from the seeds in tests/fuzz; what it finds is in build-fuzz/
	tools/setup.sh clang
	$(if $(wildcard $(BUILD)-fuzz/build.ninja),,CC="$(CLANG)" $(MESON) setup -Dgenerated=$(abspath $(BUILD)) \
	    -Dlibfuzzer=true -Doptimization=1 -Ddebug=true -Db_lundef=false -Db_sanitize=address $(BUILD)-fuzz)
	$(MESON) compile -C $(BUILD)-fuzz $(FUZZ_TARGETS:%=fuzz_%)
	set -e; cd $(BUILD)-fuzz; for target in $(FUZZ_TARGETS); do \
	    mkdir -p corpus/$$target found; \
	    $(abspath $(BUILD))/tests/fuzz/fuzz_$$target -w corpus/$$target; \
	    ASAN_OPTIONS=detect_stack_use_after_return=0 ASAN_SYMBOLIZER_PATH=$(SYMBOLS) \
	    tests/fuzz/fuzz_$$target -max_total_time=$(FUZZ_SECONDS) -max_len=65536 -timeout=60 -print_final_stats=1 \
	        -artifact_prefix=found/$$target- corpus/$$target $(abspath tests/fuzz/seeds)/$$target 2>&1 | tail -12; \
	done

bench: all ## measure against the peers; writes docs/performance.md
	$(PYTHON) bench/run.py --build $(BUILD)

bench-plugins: all ## 200 conversations at once with Datasette's agent, beside datasette-agent-micropython
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-bench-plugins) plugins bench-plugins >/dev/null
	$(PYTHON) tests/plugins/metadata.py $(BUILD)/plugins-metadata
	PYTHONPATH=$(abspath $(BUILD))/python:$(abspath $(BUILD))/plugins-metadata:plugins/datasette-agent-hermetic:plugins/llm-tools-hermetic \
	    $(abspath $(CACHE))/venv-bench-plugins/bin/python bench/bench_plugins.py --turns 2

bench-python: all ## measure the Python package beside its peers; writes docs/python/performance.md
	$(PYTHON) tools/fetch.py venv $(abspath $(BUILD))/bench-venv bench >/dev/null
	PYTHONPATH=$(abspath $(BUILD))/python $(PYTHON) bench/bench_python.py --peers $(BUILD)/bench-venv/bin/python \
	    --write docs/python/performance.md $(if $(QUICK),--quick)

docs: ## the documentation as web pages, in build/docs/; a warning is an error
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-docs) docs >/dev/null
	$(abspath $(CACHE)/venv-docs)/bin/sphinx-build -q -W --keep-going -E -b html docs $(BUILD)/docs

install: all ## install library, header, pkg-config file and command
	$(MESON) install -C $(BUILD)

clean: ## remove what was built; keeps what was fetched
	rm -rf $(BUILD)

.PHONY: all help run test stress asan ubsan tsan valgrind debug-python asan-python soak compilers differential fuzz wheel sdist wheels check-wheels bench bench-python bench-plugins docs install clean
