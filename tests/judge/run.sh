#!/bin/sh
# PDF 的外部检查：tests/judge/run.sh FOLDER…
# All PDFs below each FOLDER are judged by two programs that know nothing of hongtou: qpdf (whether the file is whole: every object,
# stream and reference) and outloud (PDF/UA-1 by the Matterhorn protocol: tags, headings, tables, alternative texts, embedded fonts and
# what their glyphs mean). What it needs (Debian's qpdf, PyPI's outloud in a folder of its own) it installs, and says so. Ends with 0:
# nothing wrong; 1: something wrong; 77: not done, with the reason, for want of what it needs.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${1:?usage: run.sh FOLDER…}"
cache=${HONGTOU_JUDGE_CACHE:-$here/../../target/judge}
say() { echo "PDF检查：$*" >&2; }
skip() { say "没有做：$*"; exit 77; }

debian() { # what it is, its packages
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || skip "没有$1，又不能安装（要 Debian 和 root）"
    say "没有$1，现在安装（apt-get install $2）"
    # shellcheck disable=SC2086 # several packages
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $2; } >/dev/null 2>&1 ||
        skip "装不上$1（apt-get install $2 没有成功，可能没有网络）"
}

command -v qpdf >/dev/null || debian qpdf qpdf
command -v python3 >/dev/null && python3 -c "import ensurepip" 2>/dev/null || debian python3 "python3 python3-venv"

mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/installed.txt"; then
    say "现在把 outloud 装到 $cache（pip install）"
    rm -rf "$cache/venv"
    { python3 -m venv "$cache/venv" && "$cache/venv/bin/pip" install -q -r "$here/requirements.txt"; } >/dev/null 2>&1 ||
        skip "装不上 outloud（pip install 没有成功，可能没有网络）"
    cp "$here/requirements.txt" "$cache/installed.txt"
fi

list=$cache/list.$$
trap 'rm -f "$list"' EXIT
find "$@" -name '*.pdf' | sort >"$list"
[ -s "$list" ] || { say "$* 里没有 PDF"; exit 1; }

bad=0
while IFS= read -r file; do
    # qpdf ends with 3 where it only warns; a file that we made gives no reason to.
    if ! said=$(qpdf --check "$file" 2>&1); then
        bad=1
        say "qpdf：$said"
    fi
done <"$list"
# One line a file, and each finding where there is one.
# shellcheck disable=SC2046 # names of notices and codes have no spaces
"$cache/venv/bin/outloud" --layer conformance --no-info --fail-on warning $(cat "$list") >"$cache/outloud.txt" 2>&1 || {
    bad=1
    say "outloud："
    cat "$cache/outloud.txt" >&2
}
[ "$bad" = 0 ] && say "$(wc -l <"$list")件，qpdf 和 outloud 都没有问题"
exit "$bad"
