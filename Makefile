# Call Sheet. Everything here asks only for Python 3.11 or newer, pip and make; uv is used where it is found.
#
#   make run                       the model on its real input
#   make run ARGS="--scale 0.1"    with options of `callsheet simulate`
#   make run APP="--port 9000"     with options of `callsheet-app`
#   make env PYTHON=python3.13     with a Python of your choice (after `make clean`, if there is a .venv already)
#   make env UV=                   with pip, although uv is there

SHELL := /bin/sh
# A command that may not keep what it compiles of our modules, and of others, does so again at every start.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON  ?=
UV      ?= $(shell command -v uv 2>/dev/null)
VENV    ?= .venv
OUT     ?= out
DIST    ?= dist
# What `make env` installs: this checkout, editable, or a wheel.
FROM    ?= -e .[app]
TESTED  ?= -e .[test]
# Processes of `make test`.
WORKERS ?= 2
ARGS    ?=
APP     ?=

BIN     := $(VENV)/bin
ENOUGH  := import sys; sys.exit(sys.version_info < (3, 11))

# Both names, since pip and uv each call the pins of a build environment differently. Relative, so that a checkout may
# lie in a folder with a space in its name.
PINNED  := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt UV_BUILD_CONSTRAINT=constraints.txt \
           PIP_DISABLE_PIP_VERSION_CHECK=1
# Speed comes from one thread a market and as many processes as there are cores.
ONE_THREAD := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 NUMBA_NUM_THREADS=1

# Sets $$python to the first Python that is new enough, or stops with a sentence.
define find_python
python=; \
for candidate in $(or $(PYTHON),python3 python python3.14 python3.13 python3.12 python3.11); do \
	if "$$candidate" -c '$(ENOUGH)' >/dev/null 2>&1; then python=$$candidate; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "make: found no Python 3.11 or newer ($(or $(PYTHON),python3)). Name one: make PYTHON=/path/to/python3" >&2; exit 1; \
fi
endef

# Makes $(VENV) unless a working one is there. Some systems ship venv without ensurepip: pip is then put in from outside.
define make_venv
if ! "$(BIN)/python" -c '$(ENOUGH)' >/dev/null 2>&1; then \
	if [ -e "$(VENV)" ] && [ ! -f "$(VENV)/pyvenv.cfg" ] && [ -n "$$(ls -A "$(VENV)")" ]; then \
		echo "make: $(VENV) is in the way and is no virtual environment. Move it, or choose another: make VENV=.venv2" >&2; exit 1; \
	fi; \
	rm -rf "$(VENV)"; \
	if [ -n "$(UV)" ]; then \
		"$(UV)" venv --quiet --python "$(or $(PYTHON),>=3.11)" "$(VENV)"; \
	else \
		$(find_python); \
		echo "making $(VENV) with $$("$$python" --version)"; \
		"$$python" -m venv "$(VENV)" >/dev/null 2>&1 || { \
			rm -rf "$(VENV)"; \
			"$$python" -m venv --without-pip "$(VENV)" && "$$python" -m pip --python "$(BIN)/python" install --quiet pip; \
		}; \
	fi; \
fi
endef

# $(call install,REQUIREMENTS): with the pins of constraints.txt.
define install
if [ -n "$(UV)" ]; then \
	$(PINNED) "$(UV)" pip install --quiet --python "$(BIN)/python" -c constraints.txt $(1); \
else \
	"$(BIN)/python" -m pip --version >/dev/null 2>&1 || "$(BIN)/python" -m ensurepip >/dev/null; \
	$(PINNED) "$(BIN)/python" -m pip install --quiet -c constraints.txt $(1); \
fi
endef

.PHONY: help env run simulate app precompute images test measure release-check lint bench wheel clean

help: ## list what can be made
	@echo "Call Sheet: the Los Angeles screen labor market, one worker and one week at a time."
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-14s %s\n", $$1, $$2 }'

env: $(VENV)/.ready ## make .venv with the command callsheet in it

run: env ## run the model on its real input, print the summary, then serve the pages in the browser
	@"$(BIN)/callsheet" simulate --out "$(OUT)" $(ARGS)
	@"$(BIN)/callsheet-app" $(APP)

simulate: env ## run the model alone; tables and a plot here, a page with charts in out/
	@"$(BIN)/callsheet" simulate --out "$(OUT)" $(ARGS)

app: env ## serve the pages in the browser, without running the model first
	@"$(BIN)/callsheet-app" $(APP)

precompute: env ## compute anew what the pages show at first (half an hour on two cores)
	@$(ONE_THREAD) "$(BIN)/python" -m viz.precompute $(ARGS)

images: $(VENV)/.ready-to-test ## take the pictures of the README anew, at full scale
	@"$(BIN)/python" -m tests.browser.images

test: $(VENV)/.ready-to-test ## run the tests (ten to twenty minutes on two cores)
	@# The model is compiled once, before many processes would all begin to. Tests that share runs stay together.
	@$(ONE_THREAD) "$(BIN)/callsheet" simulate --scenario ai_first --until 2026-06-01 --scale 0.005 --quiet >/dev/null
	@$(ONE_THREAD) "$(BIN)/python" -m pytest -n $(WORKERS) --durations=10 $(ARGS)

measure: $(VENV)/.ready-to-test ## measure what takes long (an hour on two cores); figures go to MEASURED.json
	@$(ONE_THREAD) CALLSHEET_MEASURED=MEASURED.json "$(BIN)/python" -m pytest -m slow -s $(ARGS)

release-check: env ## refuse figures in MEASURED.json that were measured on another model
	@"$(BIN)/python" -m experiments.speed.measured

lint: $(VENV)/.ready-to-test ## check style, docstrings and types on signatures
	@"$(BIN)/ruff" check $(ARGS) .

bench: env ## measure speed and memory, and compare with other ways to do the same
	@$(ONE_THREAD) "$(BIN)/callsheet" bench $(ARGS)

wheel: env ## build the wheel into dist/
	@mkdir -p "$(DIST)"
	@if [ -n "$(UV)" ]; then \
		$(PINNED) "$(UV)" build --quiet --python "$(BIN)/python" --wheel --out-dir "$(DIST)" .; \
	else \
		$(PINNED) "$(BIN)/python" -m pip wheel --quiet --no-deps --wheel-dir "$(DIST)" .; \
	fi
	@ls "$(DIST)"/callsheet-*.whl

clean: ## remove .venv, dist and caches, but never results in out/
	@rm -rf "$(VENV)" "$(DIST)" build .pytest_cache .ruff_cache .hypothesis
	@find model viz experiments seeds tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: a second call does nothing, a changed pin or requirement installs again.
$(VENV)/.ready: pyproject.toml constraints.txt
	@set -e; $(make_venv); echo "installing callsheet and what it needs into $(VENV)"; $(call install,$(FROM))
	@touch "$@"

# All at once: what the tests need comes with what callsheet needs.
$(VENV)/.ready-to-test: pyproject.toml constraints.txt
	@set -e; $(make_venv); echo "installing callsheet and what its tests need into $(VENV)"; $(call install,$(TESTED))
	@touch "$(VENV)/.ready" "$@"
