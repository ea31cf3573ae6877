#!/bin/sh
# 开放数据的外部检查：tests/opendata/run.sh SITE
# The data files of a site are read by programs that know nothing of hongtou: jsonschema (every JSON file against the schema that the site
# itself gives), flattentool (the 360Giving table becomes the same grants as the 360Giving JSON), feedparser (Atom), icalendar. With
# HONGTOU_360GIVING=360-giving-package-schema.json (from standard.threesixtygiving.org) the grants are held against that schema as well.
# What it needs (PyPI) it installs in a folder of its own. Ends with 0: nothing wrong; 1: something wrong; 77: not done, with the reason.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${1:?usage: run.sh SITE}"
cache=${HONGTOU_OPENDATA_CACHE:-$here/../../target/opendata}
say() { echo "开放数据检查：$*" >&2; }
command -v python3 >/dev/null || { say "没有做：没有 python3"; exit 77; }
mkdir -p "$cache"
if ! cmp -s "$here/requirements.txt" "$cache/installed.txt"; then
    say "现在把需要的程序装到 $cache（pip install）"
    rm -rf "$cache/venv"
    { python3 -m venv "$cache/venv" && "$cache/venv/bin/pip" install -q -r "$here/requirements.txt"; } >/dev/null 2>&1 ||
        { say "没有做：pip install 没有成功，可能没有网络"; exit 77; }
    cp "$here/requirements.txt" "$cache/installed.txt"
fi
exec "$cache/venv/bin/python" "$here/check.py" "$1"
