#!/bin/sh
# 网站的浏览器检查：tests/browser/run.sh SITE
# SITE is a built site (a folder with index.html). Needs node 20, npm and Debian's chromium; installs the rest beside itself.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
site=$(cd "${1:?usage: run.sh SITE}" && pwd)
cd "$here"
[ -d node_modules ] || npm install --no-audit --no-fund --silent
npx --no-install html-validate --config htmlvalidate.json --formatter text "$site/**/*.html"
node check.mjs "$site"
