#!/bin/sh
# Find a Chromium for the browser tests; install Debian's where whoever runs this is root, else say how. Nobody is made root.
set -eu

found() { command -v "${GEOCONFLICT_CHROMIUM:-chromium}" >/dev/null 2>&1; }

if found; then exit 0; fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Debian's chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null || true
fi
if found; then exit 0; fi
echo "No chromium was found. Install it (Debian, Ubuntu: sudo apt-get install chromium), or set GEOCONFLICT_CHROMIUM to its path." >&2
if [ "${CI:-}" = "true" ]; then exit 1; fi
echo "The browser tests will be skipped." >&2
