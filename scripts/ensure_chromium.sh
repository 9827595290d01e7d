#!/bin/sh
# Find a Chromium for the browser tests; install Debian's where that is allowed, else say how.
set -eu

found() { command -v "${GEOCONFLICT_CHROMIUM:-chromium}" >/dev/null 2>&1; }

if found; then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"; else as_root="none"; fi
    fi
    if [ "$as_root" != "none" ]; then
        echo "installing Debian's chromium for the browser tests"
        export DEBIAN_FRONTEND=noninteractive
        $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null || true
    fi
fi
if found; then exit 0; fi
echo "No chromium was found. Install it (Debian, Ubuntu: sudo apt-get install chromium), or set GEOCONFLICT_CHROMIUM to its path." >&2
if [ "${CI:-}" = "true" ]; then exit 1; fi
echo "The browser tests will be skipped." >&2
