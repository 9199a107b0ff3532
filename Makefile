# Open Plans: every command a person needs. `make` alone lists them. Needs GNU make 3.81 or newer and Python 3.11 or newer.

.DEFAULT_GOAL := help
.PHONY: help site test test-full bench serve check lock clean environment-site environment-test environment-javascript environment-lighthouse

# What the caller's shell has activated or set must not leak into the environment made here.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV CONDA_PREFIX
unexport PIP_REQUIRE_VIRTUALENV PIP_USER PIP_TARGET PIP_PREFIX PIP_CONSTRAINT PIP_REQUIREMENT
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PYTHONUTF8 := 1
# The theme announces its end of life at every start; docs/decisions/0001 says what we do about it.
export NO_MKDOCS_2_WARNING := 1

# An address counts only when it is given with the command: make site BASE_URL=https://plans.example/
ifneq ($(origin BASE_URL),command line)
unexport BASE_URL
endif

help: ## list the commands
	@echo 'Open Plans. Commands:'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'
	@echo 'With any of them: PYTHON=… names a Python, ARGS=… is passed on (make check ARGS=--lang=lv).'

site: environment-site ## check the data and build the site into site/ (BASE_URL=… sets its address)
	@.venv/bin/openplans build $${BASE_URL:+--base-url "$$BASE_URL"} $(ARGS)

test: environment-test environment-javascript ## run all tests, after setting up what they need (a browser too)
	@CHROMIUM="$$(sh tests/install_browser.sh)" || exit 3; \
	if [ -n "$$CHROMIUM" ]; then export CHROMIUM; else unset CHROMIUM; fi; \
	.venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

test-full: environment-test environment-lighthouse ## style and types first, then all tests on every page, and Lighthouse
	@echo 'Checking style'; .venv/bin/ruff check --quiet .
	@echo 'Checking types'; .venv/bin/mypy --no-error-summary
	@OPENPLANS_FULL=1 $(MAKE) --no-print-directory test

bench: environment-test ## measure builds beside other generators (ARGS='--actions 300,1000 --write')
	@.venv/bin/python bench/compare.py $(ARGS)

serve: environment-site ## preview with live reload on http://127.0.0.1:8000
	@.venv/bin/mkdocs serve --dev-addr 127.0.0.1:8000 $(ARGS)

check: environment-site ## list all problems in the data, without building
	@.venv/bin/openplans check $(ARGS)

clean: ## remove all that these commands made: site/, .venv/ and caches
	@rm -rf site tests/javascript/node_modules tests/lighthouse/node_modules .venv .venv-lock .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	@find hooks tests -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	@echo 'Removed site/, .venv/ and caches'

# --- the environment ------------------------------------------------------------------------------------------------

# Sets $python to the first Python that is new enough and can make environments; otherwise says what is missing, in one line.
define find_python
if [ -n "$${PYTHON:-}" ]; then set -- "$$PYTHON"; else set -- python3.13 python3.12 python3.11 python3; fi; \
python=''; incomplete=''; \
for candidate in "$$@"; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	if "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then python=$$candidate; break; fi; \
	incomplete=$${incomplete:-$$candidate}; \
done; \
if [ -z "$$python" ] && [ -n "$$incomplete" ]; then \
	version=$$("$$incomplete" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	echo "$$incomplete cannot make environments: install its venv module (on Debian and Ubuntu: apt install python$$version-venv)." >&2; \
	exit 3; \
elif [ -z "$$python" ]; then \
	echo "Python 3.11 or newer is needed, but none was found (tried: $$*). Install one, or name it: make site PYTHON=/path/to/python3" >&2; \
	exit 3; \
fi
endef

# .venv is made anew when a lock file has changed, when the folder was moved, when its Python is gone or when PYTHON= names
# another one; the project itself is put in again when pyproject.toml has changed. Copies inside .venv remember what it holds.
environment-site: LOCK := requirements.lock
environment-test: LOCK := requirements-test.lock
environment-site environment-test:
	@set -eu; \
	made_from="$$(pwd -P) $$(cat requirements.lock requirements-test.lock | cksum)"; \
	version='import sys; print(sys.version)'; \
	have="$$(.venv/bin/python -c "$$version" 2>/dev/null || true)"; \
	want="$$have"; [ -z "$${PYTHON:-}" ] || want="$$("$$PYTHON" -c "$$version" 2>/dev/null || true)"; \
	if [ -z "$$have" ] || [ "$$have" != "$$want" ] || [ "$$(cat .venv/made-from 2>/dev/null)" != "$$made_from" ]; then \
		$(find_python); \
		echo "Making .venv with $$("$$python" --version 2>&1)"; \
		"$$python" -m venv --clear .venv || { echo "$$python could not make .venv: see the lines above (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 3; }; \
		printf '%s\n' "$$made_from" > .venv/made-from; \
	fi; \
	if ! cmp -s $(LOCK) .venv/$(LOCK); then \
		echo 'Installing the packages of $(LOCK)'; \
		.venv/bin/python -m pip install -qq --require-hashes -r $(LOCK) || { echo 'The packages could not be installed: see the lines above.' >&2; exit 3; }; \
		cp requirements.lock .venv/; cp $(LOCK) .venv/; \
	fi; \
	if ! cmp -s pyproject.toml .venv/pyproject.toml; then \
		.venv/bin/python -m pip install -qq --no-deps --no-build-isolation -e . || { echo 'Open Plans itself could not be installed: see the lines above.' >&2; exit 3; }; \
		cp pyproject.toml .venv/; \
	fi

# Some of the programs that read what we publish in the tests are JavaScript.
environment-javascript: FOLDER := tests/javascript
environment-lighthouse: FOLDER := tests/lighthouse
environment-javascript environment-lighthouse:
	@command -v npm >/dev/null 2>&1 || { echo 'Node.js with npm is needed for the tests, but was not found (on Debian and Ubuntu: apt install nodejs npm).' >&2; exit 3; }; \
	cd $(FOLDER) && { cmp -s package-lock.json node_modules/made-from || { \
		echo 'Installing the packages of $(FOLDER)'; \
		npm ci --silent --ignore-scripts || { echo 'The packages could not be installed: see the lines above.' >&2; exit 3; }; \
		cp package-lock.json node_modules/made-from; }; }

# --- for maintainers ------------------------------------------------------------------------------------------------

# One set of versions for every system and every Python from 3.11.0 on, so that all machines build the same site;
# pymdown-extensions 13 would ask for Python 3.11.5. Versions already locked stay, unless UPGRADE=1 is given.
UV := uv==0.13.9
BUILD_TOOLS := hatchling\neditables\npymdown-extensions<13\n
COMPILE = .venv-lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate pyproject.toml -

lock: ## resolve the packages anew and write both lock files (UPGRADE=1 takes newer versions)
	@set -eu; $(find_python); \
	[ -x .venv-lock/bin/uv ] || { echo 'Installing the resolver'; "$$python" -m venv --clear .venv-lock; .venv-lock/bin/python -m pip install -qq '$(UV)'; }; \
	printf '$(BUILD_TOOLS)' | $(COMPILE) $(if $(UPGRADE),--upgrade) --output-file requirements.lock > /dev/null; \
	printf '$(BUILD_TOOLS)' | $(COMPILE) $(if $(UPGRADE),--upgrade) --extra test --constraint requirements.lock --output-file requirements-test.lock > /dev/null; \
	if grep -nE '://|file:|/' requirements.lock requirements-test.lock; then echo 'A lock file names an address or a path: see the lines above.' >&2; exit 1; fi; \
	echo 'Wrote requirements.lock and requirements-test.lock'
