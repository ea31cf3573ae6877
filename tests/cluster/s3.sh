#!/bin/bash
# 几台没有共用文件夹的机器，经 S3 分着印：moto（PyPI）作服务，每二十次请求坏一次；片数、重复、缺片、桶里的坏文件。
# 用法：tests/cluster/s3.sh [程序] [家数]；程序要带 S3：cargo build --release --features s3。moto 装不上就说明跳过，以77结束。
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
HONGTOU=$(realpath "${1:-target/release/hongtou}")
count=${2:-60}
on=2024-07-01
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$work"' EXIT
python3 -m venv "$work/python" && "$work/python/bin/pip" install -q 'moto[s3,server]' >/dev/null 2>&1 || { echo "装不上 moto，跳过"; exit 77; }
tree() { (cd "$1/output" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16); }
fresh() { rm -rf "$work/$1"; mkdir "$work/$1"; cp -r "$work/w/data" "$work/$1/"; }
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
up() { for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$1/" && return; sleep 0.2; done; echo "$1 没有起来"; exit 1; }

upstream=$(free)
"$work/python/bin/moto_server" -H 127.0.0.1 -p "$upstream" >/dev/null 2>&1 &
up "$upstream"
curl -s -X PUT "http://127.0.0.1:$upstream/gongwen" >/dev/null
port=$(free)
python3 "$here/flaky.py" "$port" "$upstream" >"$work/flaky" &
flaky=$!
up "$port"
export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_REGION=us-east-1 AWS_ENDPOINT="http://127.0.0.1:$port" AWS_ALLOW_HTTP=true
store=s3://gongwen/2024/夏

"$here/workspace.sh" "$HONGTOU" "$work/w" "$count"
"$HONGTOU" build --root "$work/w" --on $on --no-cache --quiet
whole=$(tree "$work/w")
rm -rf "$work/w/output" "$work/w/.hongtou"

part() { fresh "m$1"; "$HONGTOU" build --root "$work/m$1" --shard "$1/3" --store "$store" --on $on --quiet; }
refused() { if "$HONGTOU" merge --root "$work/all" --store "$store" --on $on >"$work/said" 2>&1; then echo "  $1：没有拒绝"; exit 1; fi
    grep -q "$2" "$work/said" || { echo "  $1：拒绝了，但没有说“$2”"; cat "$work/said"; exit 1; }; echo "  $1：拒绝"; }
fresh all
refused "一片也没有" "没有一片"
part 1 & one=$!
part 2
wait $one
refused "缺一片" "缺3/3片"
part 3
part 2
# What lies in the bucket and is not what its name says is made again, and what is none of ours is let alone.
name=$(cd "$work/m1/.hongtou/store"/* && find contents -type f | head -n 1)
size=$(stat -c %s "$work/m1/.hongtou/store"/*/"$name")
keys=$(curl -s "http://127.0.0.1:$upstream/gongwen?list-type=2&prefix=2024/%E5%A4%8F/" | grep -o '<Key>' | wc -l)
[ "$keys" -gt 2 ] || { echo "  桶里没有按写的前缀放"; exit 1; }
head -c "$size" /dev/zero | curl -s -X PUT --data-binary @- "http://127.0.0.1:$upstream/gongwen/2024/%E5%A4%8F/$name" >/dev/null
[ "$(curl -s "http://127.0.0.1:$upstream/gongwen?list-type=2&prefix=2024/%E5%A4%8F/" | grep -o '<Key>' | wc -l)" = "$keys" ] || { echo "  弄坏的不是桶里有的"; exit 1; }
curl -s -X PUT --data-binary x "http://127.0.0.1:$upstream/gongwen/2024/%E5%A4%8F/contents/evil" >/dev/null
"$HONGTOU" merge --root "$work/all" --store "$store" --on $on --quiet
[ "$(tree "$work/all")" = "$whole" ] || { echo "  合并：不是同一个 output"; exit 1; }
kill -TERM $flaky
wait $flaky || true
echo "  三片经 S3 合并：同一个 output（$whole）；$(cat "$work/flaky")"
