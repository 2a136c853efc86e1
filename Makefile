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

run: all ## clean and summarise a real data set, under limits
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-demo) demo >/dev/null
	sh examples/report/run.sh $(BUILD)/cli/hermetic $(abspath $(CACHE)/venv-demo)

test: all ## all tests (under 40 minutes on two cores)
	$(PYTHON) tools/fetch.py venv $(abspath $(CACHE)/venv-test) test >/dev/null
	$(MESON) test -C $(BUILD) --print-errorlogs

stress: all ## programs in a guest that collects at every allocation, with the fuel that the slow ones need
	$(MESON) compile -C $(BUILD) hermetic-stress
	$(PYTHON) tests/stress/run.py --stress $(BUILD)/tests/stress/hermetic-stress --hermetic $(BUILD)/cli/hermetic \
	    --source "$$($(PYTHON) tools/fetch.py source micropython)" --fuel 2T

bench: all ## measure against the peers; writes docs/performance.md
	$(PYTHON) bench/run.py --build $(BUILD)

install: all ## install library, header, pkg-config file and command
	$(MESON) install -C $(BUILD)

clean: ## remove what was built; keeps what was fetched
	rm -rf $(BUILD)

.PHONY: all help run test stress bench install clean
