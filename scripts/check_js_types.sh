#!/bin/sh
# Check the types of the page's JavaScript with the pinned TypeScript; get Node where that is allowed, else say how.
set -eu

if ! command -v npm >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo"; else as_root="none"; fi
    fi
    if [ "$as_root" != "none" ]; then
        echo "installing Debian's nodejs and npm to check the JavaScript"
        export DEBIAN_FRONTEND=noninteractive
        $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null || true
    fi
fi
if ! command -v npm >/dev/null 2>&1; then
    echo "The types of the JavaScript were not checked: install Node 18 or newer with npm (Debian, Ubuntu: sudo apt-get install nodejs npm)." >&2
    if [ "${CI:-}" = "true" ]; then exit 1; fi
    exit 0
fi
# Installed anew only when what is pinned has changed; no package may run a script of its own.
if ! cmp -s package-lock.json node_modules/.checked-lock; then
    npm ci --ignore-scripts --no-audit --no-fund --silent
    cp package-lock.json node_modules/.checked-lock
fi
exec node node_modules/typescript/bin/tsc -p jsconfig.json
