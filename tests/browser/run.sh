#!/bin/sh
# 网站的浏览器检查：tests/browser/run.sh SITE [ADDRESS [PUBLISHED]]
# SITE is a built site (a folder with index.html); ADDRESS is where `hongtou serve` shows the same one; PUBLISHED is the public site of
# the sample, which is asked the questions of tests/cases/queries.txt. run.sh --story NAME … works in a workbench instead, as NAME.mjs says.
# What it needs (Debian's chromium and nodejs, npm's axe-core) it installs, and says so. Ends with 0: nothing wrong; 1: something wrong; 77: not done,
# with the reason, for want of what it needs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
story=
if [ "${1-}" = --story ]; then
    story=${2:?usage: run.sh --story NAME …}
    shift 2
else
    site=$(cd "${1:?usage: run.sh SITE [ADDRESS [PUBLISHED]]}" && pwd)
    published=${3:+$(cd "$3" && pwd)}
fi
cache=${HONGTOU_BROWSER_CACHE:-$here/../../target/browser}
say() { echo "浏览器检查：$*" >&2; }
skip() { say "没有做：$*"; exit 77; }

debian() { # what it is, its packages
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || skip "没有$1，又不能安装（要 Debian 和 root）"
    say "没有$1，现在安装（apt-get install $2）"
    # shellcheck disable=SC2086 # several packages
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2; } >/dev/null 2>&1 ||
        skip "装不上$1（apt-get install $2 没有成功，可能没有网络）"
}

export CHROMIUM="${CHROMIUM:-/usr/bin/chromium}"
[ -x "$CHROMIUM" ] || debian chromium chromium
command -v node >/dev/null && command -v npm >/dev/null || debian "node 和 npm" "nodejs npm"

mkdir -p "$cache"
cp "$here/package.json" "$here/htmlvalidate.json" "$here"/*.mjs "$here/../cases/search.json" "$here/../cases/queries.txt" "$cache/"
cd "$cache"
if ! cmp -s package.json installed.json; then
    say "现在把 axe-core、html-validate、puppeteer-core 装到 $cache（npm install）"
    npm install --no-audit --no-fund --silent >/dev/null 2>&1 || skip "装不上 axe-core（npm install 没有成功，可能没有网络）"
    cp package.json installed.json
fi
if [ -n "$story" ]; then exec node "$story.mjs" "$@"; fi
if [ -n "$published" ]; then node published.mjs "$published" || exit 1; fi
exec node check.mjs "$site" ${2:+"$2"}
