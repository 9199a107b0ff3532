#!/bin/sh
# Finds or installs a Chromium for the browser tests. Prints its path; prints nothing if the tests are to use the copy that
# Playwright installed for itself. What it does and what is missing goes to standard error.
set -u
cd "$(dirname "$0")/.." || exit 3

runs() {
	command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1
}

use_system_browser() {
	for browser in chromium chromium-browser google-chrome google-chrome-stable \
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
		"/Applications/Chromium.app/Contents/MacOS/Chromium"; do
		if runs "$browser"; then
			command -v "$browser"
			exit 0
		fi
	done
}

if [ -n "${CHROMIUM:-}" ]; then
	if runs "$CHROMIUM"; then
		command -v "$CHROMIUM"
		exit 0
	fi
	echo "CHROMIUM=$CHROMIUM is not a browser that starts." >&2
	exit 3
fi

use_system_browser

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing Chromium from the system's packages" >&2
	export DEBIAN_FRONTEND=noninteractive
	if apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; then
		use_system_browser
	fi
fi

own_copy='from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    playwright.chromium.launch().close()'
if [ -x .venv/bin/playwright ]; then
	.venv/bin/python -c "$own_copy" >/dev/null 2>&1 && exit 0
	echo "Installing Chromium for Playwright" >&2
	if .venv/bin/playwright install chromium >/dev/null 2>&1 && .venv/bin/python -c "$own_copy" >/dev/null 2>&1; then
		exit 0
	fi
fi

echo "The browser tests need Chromium, and it could not be installed: install chromium or Google Chrome, or set CHROMIUM=/path/to/it." >&2
exit 3
