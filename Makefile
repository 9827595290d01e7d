# Two commands do everything: `make demo` builds the maps, `make test` runs all that CI runs.
# Nothing but Python 3.11+, make and the package index is needed; for the browser tests, a Chromium: run by root on Debian or
# Ubuntu, `make test` installs it, and for anybody else it says how and leaves those tests out.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/pip --disable-pip-version-check --quiet
JOBS   ?= 2
LOWEST_TESTS ?= tests/unit/events tests/unit/extract tests/unit/fetching tests/unit/interchange tests/unit/parallel tests/unit/places tests/unit/render tests/unit/reports tests/unit/store tests/unit/test_frames.py tests/unit/test_geo.py tests/unit/test_settings.py tests/unit/test_tools.py tests/integration/test_demo.py

.PHONY: demo sample pictures test setup setup-dev chromium lint types js-types contracts docs reference package unit browser notebook test-lowest quality fuzz spoiled kills test-server test-qgis lock sbom audit clean help

help: ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

# ---------------------------------------------------------------- set-up
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("geoconflict needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; run make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The pip of older Pythons fails on extras that two packages spell in two ways, so the locked one comes first.
$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	awk '/^pip==/ { on = 1 } on { print } on && !/\\$$/ { exit }' requirements-dev.lock > $(VENV)/pip.lock
	$(PIP) install --require-hashes -r $(VENV)/pip.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

setup: $(VENV)/.runtime ## install what geoconflict needs
setup-dev: $(VENV)/.dev ## install what its developers need

chromium:
	@BIN=$(BIN) sh scripts/ensure_chromium.sh

# ---------------------------------------------------------------- the main job
demo: setup ## build the maps of the sample reports
	@$(BIN)/geoconflict build --config geoconflict.toml

sample: demo ## renew the map that is kept in the repository
	@$(BIN)/geoconflict map --config geoconflict.toml --out maps/sample.html

pictures: setup-dev chromium ## renew the pictures of the map that is kept in the repository
	$(BIN)/python scripts/pictures.py

# ---------------------------------------------------------------- what CI runs
test: setup-dev chromium lint types js-types contracts docs package unit browser notebook ## everything CI runs

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev
	$(BIN)/mypy

js-types: ## check the types of the page's JavaScript
	@sh scripts/check_js_types.sh

contracts: setup-dev
	$(BIN)/lint-imports --no-cache

unit: setup-dev
	$(BIN)/pytest -n $(JOBS) --dist loadfile -m "not browser and not notebook" -q

browser: setup-dev chromium
	$(BIN)/pytest -n $(JOBS) --dist loadfile -m browser -q

notebook: setup-dev
	$(BIN)/pytest -n $(JOBS) -m notebook -q

docs: setup-dev ## build the documentation into build/site, warnings as errors
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	$(BIN)/python scripts/check_site.py build/site

package: setup-dev ## build wheel and sdist, install the wheel clean, run it without any extra
	$(BIN)/python scripts/check_package.py build/package

reference: setup-dev ## renew the pages of commands, public names and settings from the code
	$(BIN)/python scripts/reference.py --write

quality: setup-dev ## print the figures of score.py on the dev sets beside the checkout
	$(BIN)/python scripts/quality.py

SECONDS ?= 60
fuzz: setup-dev ## fuzz readers, dates, numbers and casualties, SECONDS each (60); not part of CI
	$(PIP) install --editable '.[fuzz]'
	@for target in reports dates numbers casualties; do \
	  $(BIN)/python fuzz/run.py $$target $(SECONDS) build/fuzz || exit 1; \
	done

FILES ?= 100000
spoiled: setup-dev ## ingest FILES spoiled files (100000) in one run, and see that it ends well; not part of CI
	$(BIN)/python fuzz/spoiled_reports.py --files $(FILES)

ROUNDS ?= 200
kills: setup-dev ## kill runs at ROUNDS random moments (200) and compare what the next ones make; not part of CI
	$(BIN)/python scripts/kill_runs.py --rounds $(ROUNDS)

# The newest pip: older ones miss extras that are spelt in two ways.
LOWEST := build/lowest
test-lowest: ## install the lowest versions that pyproject.toml admits, and test the core with them; not part of CI
	$(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/pip --quiet install --upgrade pip
	$(PYTHON) scripts/lowest.py > $(LOWEST)/constraints.txt
	$(LOWEST)/bin/pip --quiet install -c $(LOWEST)/constraints.txt --editable '.[dask,fetch,sources]' dask-geopandas duckdb hypothesis jsonschema psutil pytest pytest-socket pytest-xdist
	$(LOWEST)/bin/pytest -n $(JOBS) --dist loadfile -m "not slow and not browser and not dask and not notebook" -W "ignore:Conversion of an array:DeprecationWarning" -q $(LOWEST_TESTS)

test-server: setup-dev ## geocode and build against a real Nominatim on this machine; not part of CI
	scripts/nominatim_for_tests start --install
	$(BIN)/pytest -m server tests/server -q; status=$$?; scripts/nominatim_for_tests stop; exit $$status

test-qgis: setup-dev ## open an exported GeoPackage in QGIS (apt: python3-qgis) and draw it; not part of CI
	@QT_QPA_PLATFORM=offscreen $${QGIS_PYTHON:-/usr/bin/python3} -c 'import qgis.core' 2>/dev/null || { \
	  echo "QGIS is not here: apt-get install --no-install-recommends python3-qgis, or set QGIS_PYTHON" >&2; exit 1; }
	$(BIN)/pytest -m qgis tests/qgis -q

# ---------------------------------------------------------------- upkeep
lock: setup-dev ## renew the lock files (hashes, no addresses)
	$(BIN)/python scripts/lock.py

sbom: setup-dev ## write what geoconflict is made of (CycloneDX) into build/, from the lock files
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o build/sbom.json requirements.lock
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o build/sbom-dev.json requirements-dev.lock

audit: setup-dev ## look the pinned packages up among known faults; needs the network, so it is no part of test
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.lock
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.lock

# Of the maps, what git is told to ignore: the sample is tracked. Where there is no git, nobody knows which is whose.
clean: ## remove what was built
	@if git rev-parse --is-inside-work-tree > /dev/null 2>&1; then git clean -fqX -- 'maps/*.html' 'maps/*.sqlite*'; fi
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
